package govsweep

import "time"

// ScheduleKind says what a schedule does when its time comes.
type ScheduleKind string

// The kinds of schedule.
const (
	AvailabilitySchedule ScheduleKind = "availability" // 可用性监测: the visits of one day
	ColumnsSchedule      ScheduleKind = "columns"      // 栏目更新检查: sites that have a column to be looked at
	FullSchedule         ScheduleKind = "full"         // 全面检查: every site of the scope
	SampleSchedule       ScheduleKind = "sample"       // 随机抽查: a share of the scope, drawn anew each time
	AccountsSchedule     ScheduleKind = "accounts"     // 政务新媒体检查
	NoticesSchedule      ScheduleKind = "notices"      // 文书到期办理: re-tests, 催办, 逾期, 督办
)

// ScheduleKinds lists every kind, in the order of help.
func ScheduleKinds() []ScheduleKind {
	return []ScheduleKind{AvailabilitySchedule, ColumnsSchedule, FullSchedule, SampleSchedule, AccountsSchedule, NoticesSchedule}
}

// Schedule 计划 is one standing order: what runs by itself, when, and over
// which targets.
type Schedule struct {
	Name     string       `json:"name"` // the key, as a person gave it
	Kind     ScheduleKind `json:"kind"`
	When     string       `json:"when"`               // calendar form (每周一 02:00) or cron with five fields, in Asia/Shanghai
	Scope    []string     `json:"scope,omitempty"`    // conditions as of a sweep; none = everything registered
	Sample   string       `json:"sample,omitempty"`   // share of a sample, as 30%
	Window   string       `json:"window,omitempty"`   // hours of the day in which it works, as 22:00-06:00; "" = always
	Blackout []string     `json:"blackout,omitempty"` // days on which it does not: 2026-10-01, 2026-10-01..2026-10-07, 10-01..10-07, 周六
	Priority int          `json:"priority"`           // 1 goes first, 4 last
	Parallel int          `json:"parallel,omitempty"` // targets at the same time over all processes; 0 = 8
	MaxPages int          `json:"max_pages,omitempty"`
	Control  []string     `json:"control,omitempty"` // home pages known to work
	Paused   bool         `json:"paused"`
	Note     string       `json:"note,omitempty"` // why it was paused
	By       string       `json:"by,omitempty"`   // who set it
	Since    time.Time    `json:"since"`          // times before are none of its business: when it was added or resumed
	Unread   string       `json:"-"`              // Chinese sentence: why what is kept of it cannot be read by this version; "" = it can
}

// ScheduleRunState is where one run of a schedule stands.
type ScheduleRunState string

// The states of a run.
const (
	RunRunning   ScheduleRunState = "running"
	RunDone      ScheduleRunState = "done"
	RunFailed    ScheduleRunState = "failed"
	RunSkipped   ScheduleRunState = "skipped"   // the run before was not over, or there was nothing to do
	RunCancelled ScheduleRunState = "cancelled" // by a person
)

// ScheduleRun is one due time of a schedule and what came of it. Schedule and
// due time are its key: a due time runs once, whatever the clock does.
type ScheduleRun struct {
	Schedule string           `json:"schedule"`
	Due      time.Time        `json:"due"`
	State    ScheduleRunState `json:"state"`
	Sweep    int64            `json:"sweep,omitempty"`  // 0 when it makes none
	Missed   int              `json:"missed,omitempty"` // due times before that passed while nothing ran, and were merged into this one
	Cursor   string           `json:"-"`                // how far a run without a sweep has come
	Note     string           `json:"note,omitempty"`   // Chinese sentence: why it was skipped, late or failed
	Started  time.Time        `json:"started"`
	Ended    time.Time        `json:"ended,omitzero"`
}

// SiteHours 采集时段 says when the sites of a scope may be asked at all,
// whatever schedule asks them.
type SiteHours struct {
	Scope    string   `json:"scope"` // region=…, platform=…, level=…, tag=…, id=…; "" = every site
	Window   string   `json:"window,omitempty"`
	Blackout []string `json:"blackout,omitempty"`
	Why      string   `json:"why,omitempty"`
}

// ColumnLook is when one column of a site is to be looked at next, and why.
type ColumnLook struct {
	Column   string      `json:"column"` // name
	URL      string      `json:"url"`
	Class    ColumnClass `json:"class"`
	State    ColumnState `json:"state"`           // at the last look
	Limit    string      `json:"limit,omitempty"` // legal cycle: 14天, 6个月; "" when none applies
	Clause   string      `json:"clause,omitempty"`
	Last     time.Time   `json:"last"`             // the last look
	Newest   string      `json:"newest,omitempty"` // newest item, YYYY-MM-DD
	PerWeek  float64     `json:"per_week"`         // observed items a week over the last 52 weeks
	Deadline time.Time   `json:"deadline,omitzero"`
	Next     time.Time   `json:"next"`
	Why      string      `json:"why"` // one sentence
}

// SiteLook is when a site is to be looked at next: the earliest of its columns.
type SiteLook struct {
	Target TargetID  `json:"target"`
	Last   time.Time `json:"last"`
	Next   time.Time `json:"next"`
	Column string    `json:"column,omitempty"` // whose look it is
	Why    string    `json:"why,omitempty"`
}
