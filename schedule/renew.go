package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// Renew makes given what is kept in place of a schedule of the same name, and
// names what differs, one clause each; none: kept stays as it stands. A paused
// one stays paused, whatever given says: only a person resumes it. Due times
// that wait for their run go on waiting unless the time itself is another.
func Renew(kept, given *govsweep.Schedule) []string {
	given.Paused, given.Note = given.Paused || kept.Paused, cmp.Or(given.Note, kept.Note)
	changes := slices.DeleteFunc([]string{
		differs("事项", kept.Kind.Word(), given.Kind.Word()), differs("时间", kept.When, given.When), differsList("范围", kept.Scope, given.Scope, "全部"),
		differs("抽取", kept.Sample, given.Sample), differs("时段", cmp.Or(kept.Window, "全天"), cmp.Or(given.Window, "全天")),
		differsList("停用日", kept.Blackout, given.Blackout, "无"), differs("优先级", strconv.Itoa(kept.Priority), strconv.Itoa(given.Priority)),
		differs("同时检查", strconv.Itoa(orDefault(kept.Parallel, 8)), strconv.Itoa(orDefault(given.Parallel, 8))),
		differs("每个网站页面数", pagesText(kept.MaxPages), pagesText(given.MaxPages)), differsList("对照网站", kept.Control, given.Control, "无"),
		differs("状态", stateText(kept.Paused), stateText(given.Paused)), differs("说明", kept.Note, given.Note),
	}, func(s string) bool { return s == "" })
	if len(changes) == 0 {
		*given = *kept
		return nil
	}
	given.By = cmp.Or(given.By, kept.By)
	if kept.When == given.When {
		given.Since = kept.Since
	}
	return changes
}

// RenewHours is Renew for the hours of a scope; none: they are alike.
func RenewHours(kept, given *govsweep.SiteHours) []string {
	return slices.DeleteFunc([]string{
		differs("时段", cmp.Or(kept.Window, "全天"), cmp.Or(given.Window, "全天")), differsList("停用日", kept.Blackout, given.Blackout, "无"), differs("原因", kept.Why, given.Why),
	}, func(s string) bool { return s == "" })
}

func differs(what, kept, given string) string {
	if kept == given {
		return ""
	}
	return fmt.Sprintf("%s由“%s”改为“%s”", what, cmp.Or(kept, "无"), cmp.Or(given, "无"))
}

func differsList(what string, kept, given []string, none string) string {
	return differs(what, cmp.Or(strings.Join(kept, "、"), none), cmp.Or(strings.Join(given, "、"), none))
}

func stateText(paused bool) string {
	if paused {
		return "暂停"
	}
	return "执行"
}

func pagesText(n int) string {
	switch n {
	case 0:
		return "默认"
	case -1:
		return "不限"
	}
	return strconv.Itoa(n)
}
