package alarm

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A Policy says when what is told over which channel.
type Policy struct {
	Channels []Route
	Quiet    Quiet
}

// A Route is a channel as far as the book knows it.
type Route struct {
	Name       string
	SevereOnly bool
}

// patience is how long a condition is bad before it is told. What the look
// itself waits for comes on top: together at most 10 minutes.
func patience(k govsweep.AlarmKind) time.Duration {
	switch k {
	case govsweep.DiskFull, govsweep.SweepSuspect:
		return 0
	case govsweep.DatabaseGone:
		return 2 * time.Minute
	case govsweep.SchedulerStopped: // the look waits for 5 minutes without a tick
		return 3 * time.Minute
	case govsweep.SweepMissed:
		return 10 * time.Minute
	}
	return 5 * time.Minute
}

// settle is how long a condition is fine again before that is told; longer
// for one that keeps coming back, so that it does not become a storm.
func settle(flaps int) time.Duration {
	return min(2*time.Minute<<min(flaps, 10), 2*time.Hour)
}

// flapping is how soon after it was cleared an alarm that comes back is the same one.
const flapping = 6 * time.Hour

// remind is the distance from the message before to the next reminder.
func remind(k govsweep.AlarmKind, times int) time.Duration {
	steps := []time.Duration{4 * time.Hour, 24 * time.Hour, 72 * time.Hour}
	if k.Severe() {
		steps = []time.Duration{time.Hour, 4 * time.Hour, 12 * time.Hour, 24 * time.Hour}
	}
	return steps[min(times, len(steps)-1)]
}

// Quiet are hours of the day in which only severe alarms are told; the rest
// waits until they end. The zero value is none.
type Quiet struct{ from, to time.Duration }

// ParseQuiet reads hours like 22:00-07:00; "" is none.
func ParseQuiet(s string) (Quiet, error) {
	if s == "" {
		return Quiet{}, nil
	}
	from, to, ok := strings.Cut(s, "-")
	a, err1 := time.Parse("15:04", strings.TrimSpace(from))
	b, err2 := time.Parse("15:04", strings.TrimSpace(to))
	if !ok || err1 != nil || err2 != nil || a.Equal(b) {
		return Quiet{}, &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("免打扰时段“%s”不正确，应如 22:00-07:00", s)}
	}
	midnight := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	return Quiet{from: a.Sub(midnight), to: b.Sub(midnight)}, nil
}

// Until gives when something that comes at now may be told: now itself, or
// the end of the quiet hours.
func (q Quiet) Until(now time.Time) time.Time {
	if q.from == q.to {
		return now
	}
	day := govsweep.EndOfDay(now).Add(time.Second - 24*time.Hour)
	for _, start := range []time.Time{day.Add(q.from - 24*time.Hour), day.Add(q.from)} {
		end := start.Add((q.to - q.from + 24*time.Hour) % (24 * time.Hour))
		if !now.Before(start) && now.Before(end) {
			return end
		}
	}
	return now
}
