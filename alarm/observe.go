package alarm

import "github.com/govsweep/govsweep"

// State is what a look showed.
type State int

// The states of a condition. Unknown neither raises nor clears an alarm.
const (
	Unknown State = iota
	Fine
	Bad
)

// Observation is what one look showed of one condition.
type Observation struct {
	Kind    govsweep.AlarmKind
	Host    string // "" for what concerns all machines
	Subject string // schedule, sweep or channel; "" when there is only one
	State   State
	Say     string // Chinese sentence, for Bad: what is wrong and what to do
	Sure    bool   // Bad will not pass by itself: it is told at once
}

// Key is the key of the alarm it moves.
func (o Observation) Key() string {
	key := string(o.Kind)
	if o.Subject != "" {
		key += ":" + o.Subject
	}
	if o.Host != "" {
		key += "@" + o.Host
	}
	return key
}

// explained are the faults that explain others: while the first is there, the
// others say nothing of their own, so that one cause is one message.
var explained = map[govsweep.AlarmKind][]govsweep.AlarmKind{
	govsweep.DatabaseGone:     {govsweep.SchedulerStopped, govsweep.SweepMissed, govsweep.SweepSuspect},
	govsweep.SchedulerStopped: {govsweep.SweepMissed},
	govsweep.DiskFull:         {govsweep.SchedulerStopped, govsweep.SweepMissed},
	govsweep.UplinkGone:       {govsweep.SweepSuspect, govsweep.ChannelDead},
}

// explain makes unknown what another observation of the same look explains.
func explain(obs []Observation) {
	quiet := map[govsweep.AlarmKind]bool{}
	for _, o := range obs {
		if o.State == Bad {
			for _, k := range explained[o.Kind] {
				quiet[k] = true
			}
		}
	}
	for i := range obs {
		if quiet[obs[i].Kind] {
			obs[i].State = Unknown
		}
	}
}
