package schedule

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// DefaultPriority is that of a schedule that names none; a re-test has 1.
const DefaultPriority = 3

// Validate lists every fault of a schedule, one sentence each, and fills what
// was left out. scope reads the conditions of the schedule's kind.
func Validate(s *govsweep.Schedule, days *workday.Calendar, scope func(s *govsweep.Schedule) error) []string {
	var faults []string
	fault := func(bad bool, say string) {
		if bad {
			faults = append(faults, say)
		}
	}
	failed := func(err error) {
		if err != nil {
			faults = append(faults, sayOf(err))
		}
	}
	s.Name = strings.TrimSpace(s.Name)
	s.Priority = orDefault(s.Priority, DefaultPriority)
	fault(s.Name == "", "没有写明计划名称")
	fault(utf8.RuneCountInString(s.Name) > 40 || strings.ContainsFunc(s.Name, unicode.IsControl), "计划名称应在40字以内，不含换行等控制字符")
	if !slices.Contains(govsweep.ScheduleKinds(), s.Kind) {
		fault(true, "事项“"+string(s.Kind)+"”不认识，可用 "+kindsText())
	} else {
		failed(scope(s))
	}
	_, err := Parse(s.When, days)
	failed(err)
	_, err = ParseHours(s.Window, s.Blackout)
	failed(err)
	fault(s.Priority < 1 || s.Priority > 4, "优先级应在1（最先）至4（最后）之间")
	fault(s.Parallel < 0 || s.Parallel > 256, "同时检查的数量应在1至256之间")
	fault(s.MaxPages < -1, "每个网站的页面数应为正数，-1为不限")
	fault((s.Kind == govsweep.SampleSchedule) != (s.Sample != ""), "抽查比例（sample，如 30%）只用于随机抽查，随机抽查必须写明")
	fault(s.Kind == govsweep.AvailabilitySchedule && s.Window != "", "可用性监测须全天访问，不能设时段")
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
	if e, ok := err.(*govsweep.Error); ok {
		return strings.TrimSuffix(e.Say, "。")
	}
	return err.Error()
}
