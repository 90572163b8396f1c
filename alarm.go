package govsweep

import "time"

// AlarmKind names what an alarm is about.
type AlarmKind string

// The kinds of alarm. Which of them are severe says AlarmKind.Severe.
const (
	SweepMissed      AlarmKind = "sweep-missed"      // 到期的检查没有执行，或者执行失败
	SchedulerStopped AlarmKind = "scheduler-stopped" // nobody looks at the timetable
	DatabaseGone     AlarmKind = "database-gone"
	UplinkGone       AlarmKind = "uplink-gone" // our own line, not the sites, is down
	SweepSuspect     AlarmKind = "sweep-suspect"
	DiskFull         AlarmKind = "disk-full"
	BrowserDead      AlarmKind = "browser-dead"
	ChannelDead      AlarmKind = "channel-dead" // a mail server or another way to tell is down
)

// AlarmKinds lists every kind, in the order of help.
func AlarmKinds() []AlarmKind {
	return []AlarmKind{SweepMissed, SchedulerStopped, DatabaseGone, UplinkGone, SweepSuspect, DiskFull, BrowserDead, ChannelDead}
}

// Severe says whether an alarm of this kind breaks the quiet hours: work
// stands still until a person does something.
func (k AlarmKind) Severe() bool {
	return k == SchedulerStopped || k == DatabaseGone || k == DiskFull
}

// AlarmChange is what a message tells of an alarm.
type AlarmChange string

// The changes that are told.
const (
	AlarmRaised   AlarmChange = "raised"
	AlarmReminded AlarmChange = "reminded"
	AlarmCleared  AlarmChange = "cleared"
	AlarmTested   AlarmChange = "tested" // a person tries the channels
	AlarmDigested AlarmChange = "digest" // several messages as one
)

// Alarm 报警 is one condition that is, was or may become a fault. Its key is
// its kind and what it is about, so that one condition is one alarm.
type Alarm struct {
	Key     string    `json:"key"`
	Kind    AlarmKind `json:"kind"`
	Host    string    `json:"host,omitempty"` // the machine it is about; "" when it is about all
	Subject string    `json:"subject,omitempty"`
	Say     string    `json:"say"`                // Chinese sentence: what is wrong and what to do
	Bad     time.Time `json:"bad"`                // since when it has been bad without a break
	Good    time.Time `json:"good,omitzero"`      // since when it has been good again; zero while bad
	Raised  time.Time `json:"raised,omitzero"`    // zero: not long enough to be told
	Told    time.Time `json:"told,omitzero"`      // last message
	Times   int       `json:"reminded,omitempty"` // reminders sent
	Flaps   int       `json:"flaps,omitempty"`    // how often it came back soon after it was cleared
	Cleared time.Time `json:"cleared,omitzero"`   // zero while it stands
}

// Standing says whether the alarm was raised and has not been cleared.
func (a *Alarm) Standing() bool { return !a.Raised.IsZero() && a.Cleared.IsZero() }

// AlarmMessage is one thing to be told over one channel. Its ID stays the
// same over all tries: who gets it twice knows it for one.
type AlarmMessage struct {
	ID      string      `json:"id"`
	Key     string      `json:"key"` // of its alarm
	Kind    AlarmKind   `json:"kind,omitempty"`
	Change  AlarmChange `json:"change"`
	Channel string      `json:"channel"`
	Title   string      `json:"title"`
	Text    string      `json:"text"`
	At      time.Time   `json:"at"`
	Next    time.Time   `json:"next"`              // not before; quiet hours and back-off move it
	Tries   int         `json:"tries,omitempty"`   // tries that failed
	Fault   string      `json:"fault,omitempty"`   // why the last try failed
	Sender  string      `json:"sender,omitempty"`  // who is sending it
	Claimed time.Time   `json:"claimed,omitzero"`  // until when nobody else may send it
	Sent    time.Time   `json:"sent,omitzero"`     // zero while it waits
	GivenUp bool        `json:"given_up,omitzero"` // too old to be of use
}

// AlarmBook is everything one place keeps about alarms: the database for what
// concerns all machines, a small file for what concerns one of them.
type AlarmBook struct {
	Name    string         `json:"name"` // "" of the database, else the machine
	Alarms  []Alarm        `json:"alarms,omitempty"`
	Outbox  []AlarmMessage `json:"outbox,omitempty"`
	History []AlarmMessage `json:"history,omitempty"` // sent, the newest last, at most AlarmHistory
	Saved   time.Time      `json:"saved,omitzero"`
}

// AlarmHistory is how many sent messages a book keeps.
const AlarmHistory = 500
