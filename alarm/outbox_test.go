package alarm

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestAMessageIsOneSendersAtATimeAndIsTriedUntilItIsTaken(t *testing.T) {
	b := &govsweep.AlarmBook{Outbox: []govsweep.AlarmMessage{{ID: "一", Channel: "邮箱", At: start, Next: start}}}
	if due, ok := Claim(b, "甲", start, nil); !ok {
		t.Fatalf("%+v", due)
	}
	if due, ok := Claim(b, "乙", start.Add(time.Minute), nil); ok {
		t.Errorf("sent by two: %+v", due)
	}
	if _, ok := Claim(b, "乙", start.Add(claimFor), nil); !ok {
		t.Error("lost with its sender")
	}
	var tries []time.Duration
	for now := start; len(b.Outbox) > 0; now = now.Add(30 * time.Second) {
		if _, ok := Claim(b, "乙", now, nil); !ok {
			continue
		}
		tries = append(tries, now.Sub(start))
		var came error
		if now.Sub(start) < 4*time.Hour {
			came = failed("服务器没有应答", errors.New("secret"))
		}
		Settle(b, map[string]error{"一": came, "二": nil}, now)
	}
	if len(tries) < 9 || len(tries) > 16 || tries[1]-tries[0] > time.Minute*3 {
		t.Errorf("tried at %v", tries)
	}
	if len(b.History) != 1 || b.History[0].Sent.IsZero() || b.History[0].GivenUp || b.History[0].Fault != "" {
		t.Errorf("%+v", b.History)
	}
}

func TestAMessageIsGivenUpAfterAWeekAndKeptAsSuch(t *testing.T) {
	b := &govsweep.AlarmBook{Outbox: []govsweep.AlarmMessage{{ID: "一", At: start, Next: start}}}
	Settle(b, map[string]error{"一": failed("没有应答", nil)}, start.Add(8*24*time.Hour))
	if len(b.Outbox) != 0 || len(b.History) != 1 || !b.History[0].GivenUp || b.History[0].Fault != "没有应答" {
		t.Errorf("%+v", b)
	}
}

func TestABookInAFileIsChangedInOneStepByAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "alarms.json")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { // as other processes: each with a FileBook of its own
			if err := (&FileBook{Path: path}).UpdateAlarms(t.Context(), "甲机", func(b *govsweep.AlarmBook) bool {
				b.Outbox = append(b.Outbox, govsweep.AlarmMessage{ID: "一"})
				return true
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	b, err := (&FileBook{Path: path}).Read()
	if err != nil || len(b.Outbox) != 8 || b.Name != "甲机" {
		t.Errorf("%+v %v", b, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".tmp-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestADamagedBookIsSetAsideAndOneThatCannotBeWrittenIsHeld(t *testing.T) {
	dir := t.TempDir()
	f := &FileBook{Path: filepath.Join(dir, "a", "alarms.json")}
	add := func(b *govsweep.AlarmBook) bool { b.Alarms = append(b.Alarms, govsweep.Alarm{}); return true }
	if err := f.UpdateAlarms(t.Context(), "", add); err == nil || !strings.Contains(said(err), "暂存在内存中") {
		t.Error(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := f.UpdateAlarms(t.Context(), "", add); err != nil {
		t.Error(err)
	}
	if b, err := f.Read(); err != nil || len(b.Alarms) != 2 {
		t.Errorf("%+v %v", b, err)
	}
	if err := os.WriteFile(f.Path, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.UpdateAlarms(t.Context(), "", add); err == nil || !strings.Contains(said(err), "已损坏") {
		t.Error(err)
	}
	if b, err := f.Read(); err != nil || len(b.Alarms) != 1 {
		t.Errorf("%+v %v", b, err)
	}
}

func TestABookThatCannotBeReadStaysAsItIs(t *testing.T) {
	dir := t.TempDir()
	loop, folder := filepath.Join(dir, "loop"), filepath.Join(dir, "folder")
	if err := errors.Join(os.Symlink("loop", loop), os.Mkdir(folder, 0o755)); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]os.FileMode{loop: os.ModeSymlink, folder: os.ModeDir} { // one fails on opening, one on reading
		f := &FileBook{Path: path}
		if err := f.UpdateAlarms(t.Context(), "", func(*govsweep.AlarmBook) bool { t.Error("changed from nothing"); return true }); err == nil || !strings.Contains(said(err), "无法读取") {
			t.Error(err)
		}
		if b, err := f.Read(); err == nil || b == nil {
			t.Errorf("%v %v", b, err)
		}
		if at, err := os.Lstat(path); err != nil || at.Mode().Type() != kind {
			t.Errorf("%s was replaced: %v %v", path, at, err)
		}
	}
}
