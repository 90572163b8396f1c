package alarm

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

var start = time.Date(2026, 3, 2, 10, 0, 0, 0, govsweep.Shanghai)

// play moves a book minute by minute; bad says when the condition is bad.
func play(b *govsweep.AlarmBook, kind govsweep.AlarmKind, p Policy, from time.Time, minutes int, bad func(minute int) State) {
	for i := range minutes {
		Note(b, []Observation{{Kind: kind, Host: "甲机", State: bad(i), Say: "坏了。"}}, nil, p, from.Add(time.Duration(i)*time.Minute))
	}
}

func changes(b *govsweep.AlarmBook) string {
	var out []string
	for _, m := range b.Outbox {
		out = append(out, fmt.Sprintf("%s %s", m.Change, m.At.Sub(start)))
	}
	return strings.Join(out, ", ")
}

func TestAFaultIsOneMessageAndOneWhenItIsOver(t *testing.T) {
	one := Policy{Channels: []Route{{Name: "文件"}}}
	for _, c := range []struct {
		name string
		kind govsweep.AlarmKind
		bad  func(int) State
		want string
	}{
		{"a blip is no alarm", govsweep.UplinkGone, func(i int) State { return If(i < 4) }, ""},
		{"a fault of 40 minutes", govsweep.UplinkGone, func(i int) State { return If(i < 40) }, "raised 5m0s, cleared 42m0s"},
		{"a short recovery is none", govsweep.UplinkGone, func(i int) State { return If(i < 40 && i != 20) }, "raised 5m0s, cleared 42m0s"},
		{"what is not known changes nothing", govsweep.UplinkGone, func(i int) State {
			if i > 10 && i < 300 {
				return Unknown
			}
			return If(i <= 10)
		}, "raised 5m0s, cleared 5h2m0s"},
		{"a severe one is told again after 1, 4 and 12 hours", govsweep.DiskFull, func(int) State { return Bad }, "raised 0s, reminded 1h0m0s, reminded 5h0m0s, reminded 17h0m0s"},
		{"another one after 4 hours and a day", govsweep.BrowserDead, func(int) State { return Bad }, "raised 5m0s, reminded 4h5m0s"},
	} {
		b := &govsweep.AlarmBook{}
		play(b, c.kind, one, start, 24*60, c.bad)
		if got := changes(b); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func If(bad bool) State {
	if bad {
		return Bad
	}
	return Fine
}

func TestAConditionThatComesAndGoesIsNoStorm(t *testing.T) {
	b := &govsweep.AlarmBook{}
	play(b, govsweep.DiskFull, Policy{Channels: []Route{{Name: "文件"}}}, start, 24*60, func(i int) State { return If(i%10 < 5) })
	if n := len(b.Outbox); n < 2 || n > 10 {
		t.Errorf("%d messages of 144 changes: %s", n, changes(b))
	}
}

func TestQuietHoursHoldWhatIsNotSevereAndEndInADigest(t *testing.T) {
	quiet, err := ParseQuiet("22:00-07:00")
	if err != nil {
		t.Fatal(err)
	}
	night := time.Date(2026, 3, 2, 23, 0, 0, 0, govsweep.Shanghai)
	p := Policy{Channels: []Route{{Name: "文件"}, {Name: "短信", SevereOnly: true}}, Quiet: quiet}
	b := &govsweep.AlarmBook{}
	for _, subject := range []string{"甲", "乙", "丙"} {
		o := []Observation{{Kind: govsweep.SweepSuspect, Subject: subject, State: Bad, Say: "坏了。"}}
		Note(b, o, nil, p, night)
	}
	Note(b, []Observation{{Kind: govsweep.DiskFull, Host: "甲机", State: Bad, Say: "满了。"}}, nil, p, night)
	if due := claimAll(b, "一", night); len(due) != 2 || due[0].Kind != govsweep.DiskFull || due[1].Channel != "短信" {
		t.Errorf("told at night: %+v", due)
	}
	if due := claimAll(b, "一", night.Add(7*time.Hour)); len(due) != 2 {
		t.Errorf("told before morning: %+v", due) // the two whose sender never came back
	}
	morning := time.Date(2026, 3, 3, 7, 0, 0, 0, govsweep.Shanghai)
	due := claimAll(b, "二", morning)
	if len(due) != 3 || due[2].Change != govsweep.AlarmDigested || strings.Count(due[2].Text, "检查结果存疑") != 3 {
		t.Errorf("told in the morning: %+v", due)
	}
	for s, want := range map[string]string{"2026-03-02T21:59": "21:59", "2026-03-02T22:00": "07:00", "2026-03-03T06:59": "07:00", "2026-03-03T07:00": "07:00"} {
		at, err := time.ParseInLocation("2006-01-02T15:04", s, govsweep.Shanghai)
		if got := quiet.Until(at).Format("15:04"); err != nil || got != want {
			t.Errorf("%s: %s %v", s, got, err)
		}
	}
	for _, wrong := range []string{"22", "22:00-22:00", "25:00-07:00", "a-b"} {
		if _, err := ParseQuiet(wrong); err == nil {
			t.Errorf("%s taken", wrong)
		}
	}
}

// claimAll claims one message after the other.
func claimAll(b *govsweep.AlarmBook, sender string, now time.Time) (out []govsweep.AlarmMessage) {
	for {
		m, ok := Claim(b, sender, now, nil)
		if !ok {
			return out
		}
		out = append(out, m)
	}
}

func TestOneCauseIsOneMessage(t *testing.T) {
	obs := []Observation{{Kind: govsweep.DiskFull, State: Bad}, {Kind: govsweep.SchedulerStopped, State: Bad}, {Kind: govsweep.SweepMissed, State: Bad}, {Kind: govsweep.ChannelDead, State: Bad}}
	explain(obs)
	if obs[0].State != Bad || obs[1].State != Unknown || obs[2].State != Unknown || obs[3].State != Bad {
		t.Errorf("%+v", obs)
	}
}

func TestAnAlarmWhoseSubjectIsGoneIsCleared(t *testing.T) {
	b, p := &govsweep.AlarmBook{}, Policy{Channels: []Route{{Name: "文件"}}}
	Note(b, []Observation{{Kind: govsweep.SweepSuspect, Subject: "甲", State: Bad}}, nil, p, start)
	for i := range 4 {
		Note(b, nil, []govsweep.AlarmKind{govsweep.SweepSuspect}, p, start.Add(time.Duration(i)*time.Minute))
	}
	if got := changes(b); got != "raised 0s, cleared 2m0s" {
		t.Error(got)
	}
	Note(b, nil, nil, p, start.AddDate(0, 2, 0))
	if len(b.Alarms) != 0 {
		t.Error("an alarm is never forgotten")
	}
}

func TestAClockThatWasWrongHoldsNothingUp(t *testing.T) {
	b, p := &govsweep.AlarmBook{}, Policy{Channels: []Route{{Name: "文件"}}}
	play(b, govsweep.UplinkGone, p, start.AddDate(10, 0, 0), 2, func(int) State { return Bad })
	play(b, govsweep.UplinkGone, p, start, 10, func(int) State { return Bad })
	if got := changes(b); got != "raised 5m0s" {
		t.Error(got)
	}
}
