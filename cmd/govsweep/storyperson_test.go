package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// official works with the program as a person at a desk does.
type official struct {
	t         *testing.T
	dir, dsn  string
	out, errs string // of the last command
}

// onBothDatabases tells a story on SQLite and on PostgreSQL.
func onBothDatabases(t *testing.T, story func(t *testing.T, o *official)) {
	t.Run("on SQLite", func(t *testing.T) {
		dir := t.TempDir()
		story(t, &official{t: t, dir: dir, dsn: "sqlite:" + filepath.Join(dir, "govsweep.db")})
	})
	t.Run("on PostgreSQL", func(t *testing.T) {
		story(t, &official{t: t, dir: t.TempDir(), dsn: server.DSN(t)})
	})
}

// does runs one command, which must end with the code given.
func (o *official) does(code int, args ...string) string {
	o.t.Helper()
	return o.types("", code, args...)
}

// types runs one command with keys typed into it.
func (o *official) types(keys string, code int, args ...string) string {
	o.t.Helper()
	var out, errs strings.Builder
	all := append([]string{"--data", o.dir, "--db", o.dsn, "--allow-net", "127.0.0.0/8"}, args...)
	got := runWith(context.Background(), all, func(string) string { return "" }, strings.NewReader(keys), &out, &errs)
	o.out, o.errs = out.String(), errs.String()
	if got != code {
		o.t.Fatalf("govsweep %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, o.out, o.errs)
	}
	return o.out
}

// hears fails unless the last command said all of these.
func (o *official) hears(words ...string) {
	o.t.Helper()
	for _, w := range words {
		if !strings.Contains(o.out+o.errs, w) {
			o.t.Errorf("nothing was said of %q:\n%s%s", w, o.out, o.errs)
		}
	}
}

// sweep inspects every registered site.
func (o *official) sweep(args ...string) {
	o.t.Helper()
	o.does(exitDone, append([]string{"sweep", "run", "--rate", "-1", "--fail-on", "none"}, args...)...)
}

// finding gives the finding of a site and an indicator as the last sweep saw it.
func (o *official) finding(s *townSite, indicator string) govsweep.Finding {
	o.t.Helper()
	for line := range strings.Lines(o.does(exitDone, "findings", "--indicator", indicator, "--format", "jsonl")) {
		var f govsweep.Finding
		must(o.t, json.Unmarshal([]byte(line), &f))
		if f.Target.Code == s.code {
			return f
		}
	}
	o.t.Fatalf("no finding of %s about %s", indicator, s.name)
	return govsweep.Finding{}
}

// The two faults of a town site.
const (
	staleHome   = "home-stale-veto"
	staleColumn = "column-stale"
)

// confirms reviews both faults of a site, the veto by two persons.
func (o *official) confirms(s *townSite, indicators ...string) {
	o.t.Helper()
	for _, indicator := range indicators {
		o.types("y", exitDone, "finding", "review", "--by", "张三", "--site", s.code, "--indicator", indicator)
		if indicator != staleHome {
			continue
		}
		o.hears("已初核", "第二名检查人员")
		o.types("y", exitDone, "finding", "review", "--by", "张三", "--site", s.code, "--indicator", indicator)
		o.hears("等待第二人复核")
		o.types("y", exitDone, "finding", "review", "--by", "李四", "--site", s.code, "--indicator", indicator)
	}
}

// status is where a finding stands.
func (o *official) status(id string) govsweep.FindingStatus {
	o.t.Helper()
	var f govsweep.Finding
	must(o.t, json.Unmarshal([]byte(o.does(exitDone, "finding", "show", id)), &f))
	return f.Status
}

// notice reads a paper back.
func (o *official) notice(id string) govsweep.Notice {
	o.t.Helper()
	return o.read(o.does(exitDone, "notice", "show", id, "--format", "jsonl"))
}

func (o *official) read(line string) govsweep.Notice {
	o.t.Helper()
	var n govsweep.Notice
	if err := json.Unmarshal([]byte(line), &n); err != nil {
		o.t.Fatalf("%v: %s%s", err, line, o.errs)
	}
	return n
}

// drafts writes a notice about all that is confirmed of a site.
func (o *official) drafts(s *townSite, args ...string) govsweep.Notice {
	o.t.Helper()
	return o.read(o.does(exitDone, append([]string{"notice", "draft", "--site", s.code, "--by", "张三", "--format", "jsonl"}, args...)...))
}

// issues numbers a draft and looks at what was written.
func (o *official) issues(id string, args ...string) govsweep.Notice {
	o.t.Helper()
	dir := o.t.TempDir()
	n := o.read(o.does(exitDone, append([]string{"notice", "issue", id, "--by", "王五", "--out", dir, "--format", "jsonl"}, args...)...))
	o.holds(dir, o.endings()...)
	return n
}

// endings are the files a paper has; the PDF only where there is a browser.
func (o *official) endings() []string {
	out := []string{".docx", ".html", ".xlsx", ".json"}
	if !strings.Contains(o.errs, "PDF需要Chromium") {
		out = append(out, ".pdf")
	}
	return out
}

// holds fails unless a folder holds a file of every ending.
func (o *official) holds(dir string, ends ...string) {
	o.t.Helper()
	for _, end := range ends {
		found, err := filepath.Glob(filepath.Join(dir, "*"+end))
		must(o.t, err)
		if len(found) == 0 {
			o.t.Errorf("no %s was written", end)
			continue
		}
		if info, err := os.Stat(found[0]); err != nil || info.Size() == 0 {
			o.t.Errorf("%s is empty: %v", found[0], err)
		}
	}
}

// daysAgo names a day in Shanghai.
func daysAgo(n int) string { return govsweep.DateOf(time.Now().AddDate(0, 0, -n)) }
