package schedule

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

const (
	// expected is how many new items a column should have gained, by what was
	// observed, before it is worth another look: with 1.6 the chance that
	// there is at least one is four in five.
	expected = 1.6
	// longestGap lies between two looks at a column of which no law asks anything.
	longestGap = 90 * 24 * time.Hour
	// unreadGap and faultGap lie before a second look at a column that could
	// not be read, and at one that was found blank or stale.
	unreadGap = 24 * time.Hour
	faultGap  = 7 * 24 * time.Hour
	// homeGap: a home page must show an update every two weeks, so it is seen
	// at least twice in them.
	homeGap = 7 * 24 * time.Hour
	day     = 24 * time.Hour
)

// Looks says of every column of an inspected site when it is to be looked at
// next: as often as it used to change, at least twice in its legal cycle, and
// on the first day on which it would be overdue. The earliest comes first.
func Looks(d *facts.Dossier, b *rules.Rulebook) []govsweep.ColumnLook {
	var out []govsweep.ColumnLook
	for _, c := range rules.Dues(d, b) {
		out = append(out, look(d.AsOf, &c))
	}
	slices.SortStableFunc(out, func(x, y govsweep.ColumnLook) int { return x.Next.Compare(y.Next) })
	return out
}

func look(last time.Time, c *rules.ColumnDue) govsweep.ColumnLook {
	l := govsweep.ColumnLook{Column: c.Name, URL: c.URL, Class: c.Class, State: c.Verdict, Limit: c.Limit, Clause: c.Clause,
		Last: last, Newest: c.Newest, PerWeek: perWeek(c.Weeks)}
	if !c.Fresh.IsZero() {
		l.Deadline = startOf(c.Fresh)
	}
	switch c.Verdict {
	case govsweep.ColumnUnread:
		set(&l, last.Add(unreadGap), "上次未能读取，次日再看。")
	case govsweep.ColumnBlank, govsweep.ColumnStale:
		set(&l, last.Add(faultGap), "上次查看已空白或超期，7日后再看是否更新。")
	case govsweep.ColumnExempt:
		set(&l, last.Add(longestGap), "已豁免，90日后再看。")
		if until, err := govsweep.ParseDate(c.ExemptUntil); err == nil {
			sooner(&l, until.AddDate(0, 0, 1), "豁免至"+govsweep.ChineseDate(until)+"，期满次日再看。")
		}
	default:
		byRate(&l, c)
	}
	l.Next = startOf(l.Next)
	if !l.Next.After(last) {
		l.Next = startOf(last).Add(day)
	}
	return l
}

func set(l *govsweep.ColumnLook, next time.Time, why string) { l.Next, l.Why = next, why }

func sooner(l *govsweep.ColumnLook, next time.Time, why string) {
	if next.Before(l.Next) {
		set(l, next, why)
	}
}

// byRate plans a column that is as it should be.
func byRate(l *govsweep.ColumnLook, c *rules.ColumnDue) {
	gap, bound := longestGap, longestGap
	if c.Days > 0 {
		bound = max(time.Duration(c.Days)*day/2, day)
		bound = min(bound, longestGap)
	}
	if l.PerWeek > 0 {
		gap = time.Duration(expected / l.PerWeek * 7 * float64(day))
	}
	switch {
	case l.PerWeek > 0 && gap < bound:
		set(l, l.Last.Add(max(gap, day)), fmt.Sprintf("近一年平均每周更新%s条，预计%d日后有新内容。", figure(l.PerWeek), int(math.Ceil(max(gap, day).Hours()/24))))
	case c.Days > 0:
		set(l, l.Last.Add(bound), fmt.Sprintf("更新较少，按更新周期%s的一半且不超过90日查看。", c.Limit))
	default:
		set(l, l.Last.Add(bound), "没有规定更新周期，更新较少，每90日查看一次。")
	}
	if !l.Deadline.IsZero() {
		sooner(l, l.Deadline.Add(day), fmt.Sprintf("没有新内容的，%s更新期满，次日即为超期，当日必须查看。", govsweep.ChineseDate(l.Deadline)))
	}
}

// SiteNext gives when a site is to be looked at next: the earliest of its
// columns, and at the latest when its home page is.
func SiteNext(target govsweep.TargetID, last time.Time, looks []govsweep.ColumnLook) govsweep.SiteLook {
	s := govsweep.SiteLook{Target: target, Last: last, Next: startOf(last.Add(homeGap)), Column: "首页", Why: "首页须在两周内更新，每7日查看一次。"}
	for _, l := range looks {
		if l.Next.Before(s.Next) {
			s.Next, s.Column, s.Why = l.Next, l.Column, l.Why
		}
	}
	return s
}

// perWeek is the observed rate. The last quarter counts double, so that a
// column that has woken up or fallen asleep is followed.
func perWeek(weeks [52]int) float64 {
	sum, lately := 0, 0
	for i, n := range weeks {
		sum += n
		if i < 13 {
			lately += n
		}
	}
	return (float64(sum) + float64(lately)) / (52 + 13)
}

func figure(perWeek float64) string {
	if perWeek >= 10 {
		return fmt.Sprintf("%.0f", perWeek)
	}
	return fmt.Sprintf("%.1f", perWeek)
}

func startOf(t time.Time) time.Time {
	t = t.In(govsweep.Shanghai)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, govsweep.Shanghai)
}
