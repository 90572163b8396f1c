package schedule

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// DefaultPriority is that of a schedule that names none; a re-test has 1.
const DefaultPriority = 3

// Fault is one thing that is wrong with a schedule.
type Fault struct {
	Key string // of the field, as a file of schedules names it
	Say string // one sentence without a full stop
}

// Validate lists every fault of a schedule and fills what was left out. scope
// reads the conditions and the sample of the schedule's kind.
func Validate(s *govsweep.Schedule, days *workday.Calendar, scope func(s *govsweep.Schedule) []Fault) []Fault {
	var faults []Fault
	fault := func(key string, bad bool, say string) {
		if bad {
			faults = append(faults, Fault{key, say})
		}
	}
	failed := func(key string, err error) { fault(key, err != nil, sayOf(err)) }
	s.Name = strings.TrimSpace(s.Name)
	s.Priority = orDefault(s.Priority, DefaultPriority)
	fault("name", s.Name == "", "没有写明计划名称")
	fault("name", utf8.RuneCountInString(s.Name) > mostName || strings.ContainsFunc(s.Name, unicode.IsControl), "计划名称应在40字以内，不含换行等控制字符")
	fault("kind", s.Kind == "", "没有写明事项（kind），可用 "+kindsText())
	fault("kind", s.Kind != "" && !slices.Contains(govsweep.ScheduleKinds(), s.Kind), "事项“"+string(s.Kind)+"”不认识，可用 "+kindsText())
	faults = append(faults, scope(s)...)
	fault("when", s.When == "", "没有写明时间（when），应如 每日 02:00")
	if s.When != "" {
		_, err := Parse(s.When, days)
		failed("when", err)
	}
	faults = append(faults, CheckHours(s.Window, s.Blackout)...)
	fault("priority", s.Priority < 1 || s.Priority > 4, "优先级应在1（最先）至4（最后）之间")
	fault("parallel", s.Parallel < 0 || s.Parallel > 256, "同时检查的数量应在1至256之间")
	fault("max_pages", s.MaxPages < -1, "每个网站的页面数应为正数，-1为不限")
	fault("sample", (s.Kind == govsweep.SampleSchedule) != (s.Sample != ""), "抽查比例（sample，如 30%）只用于随机抽查，随机抽查必须写明")
	fault("window", s.Kind == govsweep.AvailabilitySchedule && s.Window != "", "可用性监测须全天访问，不能设时段")
	fault("max_pages", s.MaxPages != 0 && readsNoPages(s.Kind), s.Kind.Word()+"不逐页读取网站，不能设每个网站的页面数（max_pages）")
	return faults
}

// Read reads the times and the hours of a schedule as they are kept. What an
// earlier version kept may be none any more: that is a Wrong with its words.
func Read(s *govsweep.Schedule, days *workday.Calendar) (*Timetable, *Hours, error) {
	if s.Unread != "" {
		return nil, nil, wrong("%s", s.Unread)
	}
	t, err := Parse(s.When, days)
	if err != nil {
		return nil, nil, err
	}
	h, err := ParseHours(s.Window, s.Blackout)
	return t, h, err
}

// NextRun gives when a schedule runs next: its due time, or when its hours
// begin; the zero time while it is paused. One that this version cannot read
// is an error, also while it is paused.
func NextRun(s *govsweep.Schedule, days *workday.Calendar, after time.Time) (time.Time, error) {
	t, h, err := Read(s, days)
	if err != nil || s.Paused {
		return time.Time{}, err
	}
	return h.Next(t.Next(after)), nil
}

const mostName = 40

// ShortName is the name of a schedule as a message gives it, cut where it is
// longer than a name may be.
func ShortName(name string) string {
	if r := []rune(name); len(r) > mostName {
		return string(r[:mostName]) + "…"
	}
	return name
}

func readsNoPages(k govsweep.ScheduleKind) bool {
	return k == govsweep.AvailabilitySchedule || k == govsweep.AccountsSchedule || k == govsweep.NoticesSchedule
}

// CheckHours lists the faults of hours as a person writes them down: those of
// ParseHours, and a window that ends when it begins, which is read as the
// whole day and meant by nobody.
func CheckHours(window string, blackout []string) []Fault {
	var faults []Fault
	if h, err := ParseHours(window, nil); err != nil {
		faults = append(faults, Fault{"window", sayOf(err)})
	} else if window != "" && h.from == h.to && !strings.HasSuffix(strings.TrimSpace(window), "24:00") {
		faults = append(faults, Fault{"window", "时段“" + window + "”的起止相同，应如 22:00-06:00；全天的不写时段"})
	}
	if _, err := ParseHours("", blackout); err != nil {
		faults = append(faults, Fault{"blackout", sayOf(err)})
	}
	return faults
}

func orDefault(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}

func kindsText() string {
	var words []string
	for _, k := range govsweep.ScheduleKinds() {
		words = append(words, string(k)+"（"+k.Word()+"）")
	}
	return strings.Join(words, "、")
}

func sayOf(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := err.(*govsweep.Error); ok {
		return strings.TrimSuffix(e.Say, "。")
	}
	return err.Error()
}
