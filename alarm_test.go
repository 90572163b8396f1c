package govsweep

import (
	"testing"
	"time"
)

func TestEveryKindOfAlarmHasItsWord(t *testing.T) {
	for _, k := range AlarmKinds() {
		if k.Word() == string(k) {
			t.Errorf("%s has no Chinese word", k)
		}
	}
}

func TestAnAlarmStandsFromRaisedToCleared(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		a    Alarm
		want bool
	}{{Alarm{}, false}, {Alarm{Bad: now}, false}, {Alarm{Raised: now}, true}, {Alarm{Raised: now, Cleared: now}, false}} {
		if c.a.Standing() != c.want {
			t.Errorf("%+v stands: %v", c.a, !c.want)
		}
	}
}
