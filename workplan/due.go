package workplan

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"time"

	"github.com/govsweep/govsweep"
)

// when turns printed time limits into dates, with the year of the plan and
// its day of issue (YYYY-MM-DD, "" when not printed).
type when struct {
	year   int
	issued string
}

var (
	openLimit     = regexp.MustCompile(`^(?:并|按要求)?(?:持续|长期|常态|全年|贯穿|始终|动态|即时|随时|日常|按需)`)
	periodicLimit = regexp.MustCompile(`每(?:个)?(?:年|月|季度?|半年|周|日|天|旬)|按(?:年度?|月|季度?|半年|周)|(?:半年|季度|月度|年度)一次`)

	fullDay    = regexp.MustCompile(`(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日`)
	monthPart  = regexp.MustCompile(`(?:(20\d\d)年)?(\d{1,2})月(底|末|上旬|中旬|下旬|份|初)?(?:之)?(前)?`)
	yearEnd    = regexp.MustCompile(`(?:(20\d\d)年|当年|本年|今年|年)(?:度)?(?:年)?(?:底|末|内)(?:之?前)?`)
	wholeYear  = regexp.MustCompile(`^(20\d\d)年(?:度)?$`)
	quarter    = regexp.MustCompile(`(?:(20\d\d)年)?(?:第)?([一二三四1234])季度(?:底|末|内)?`)
	half       = regexp.MustCompile(`(?:(20\d\d)年)?(上|下)半年(?:底|末|内)?`)
	afterIssue = regexp.MustCompile(`(?:印发|下发|发布|公布|发文)(?:之日起?|之后|后)?(?:起)?(\d{1,3}|[一二三四五六七八九十]{1,3}|半)(?:个)?(工作日|月|日|天|周|星期|年)(?:之)?内`)
)

// stated reads a printed 完成时限.
func (w when) stated(printed string) govsweep.Due {
	key := fold(printed)
	due := govsweep.Due{Text: printed}
	if d, ok := w.date(key); ok {
		due.Kind, due.Date = govsweep.DueDate, d
		if d == "" {
			due.Kind = govsweep.DueNone
		}
		if periodicLimit.MatchString(key) {
			due.Kind, due.Date = govsweep.DuePeriodic, ""
		}
		return due
	}
	switch {
	case periodicLimit.MatchString(key):
		due.Kind = govsweep.DuePeriodic
	case openLimit.MatchString(key):
		due.Kind = govsweep.DueOpen
	}
	return due
}

// date reads the date of a limit; ok without a date means that it is known
// for a limit that needs what the plan does not print, or working days.
func (w when) date(key string) (string, bool) {
	if m := fullDay.FindStringSubmatch(key); m != nil {
		return w.on(m[1], m[2], m[3]), true
	}
	if m := afterIssue.FindStringSubmatch(key); m != nil {
		return w.after(m[1], m[2]), true
	}
	if m := yearEnd.FindStringSubmatch(key); m != nil {
		return w.on(m[1], "12", "31"), true
	}
	if m := wholeYear.FindStringSubmatch(key); m != nil {
		return w.on(m[1], "12", "31"), true
	}
	if m := quarter.FindStringSubmatch(key); m != nil {
		n := chineseNumber(m[2]) + leadingNumber(m[2])
		return w.endOf(m[1], n*3), true
	}
	if m := half.FindStringSubmatch(key); m != nil {
		n := 6
		if m[2] == "下" {
			n = 12
		}
		return w.endOf(m[1], n), true
	}
	if m := monthPart.FindStringSubmatch(key); m != nil {
		return w.inMonth(m), true
	}
	return "", false
}

// inMonth reads 11月底, 9月, 3月上旬, 10月前. The day before a month begins is
// what 10月前 means; 10月底前 and 10月 mean its last day.
func (w when) inMonth(m []string) string {
	month, _ := strconv.Atoi(m[2]) // digits
	switch {
	case m[3] == "上旬":
		return w.on(m[1], m[2], "10")
	case m[3] == "中旬":
		return w.on(m[1], m[2], "20")
	case m[3] == "初":
		return w.on(m[1], m[2], "5")
	case m[3] == "" && m[4] == "前":
		if month <= 1 {
			return ""
		}
		return w.endOf(m[1], month-1)
	}
	return w.endOf(m[1], month)
}

func (w when) yearOf(printed string) int {
	if printed == "" {
		return w.year
	}
	y, _ := strconv.Atoi(printed) // four digits
	return y
}

func (w when) on(year, month, d string) string {
	if w.yearOf(year) == 0 {
		return ""
	}
	return day(strconv.Itoa(w.yearOf(year)), month, d)
}

func (w when) endOf(year string, month int) string {
	y := w.yearOf(year)
	if y == 0 || month < 1 || month > 12 {
		return ""
	}
	return time.Date(y, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
}

// after counts from the day of issue: a month later is the same day of the
// next month, or its last one. Working days need a calendar and stay open.
func (w when) after(count, unit string) string {
	from, err := time.Parse("2006-01-02", w.issued)
	n, _ := strconv.Atoi(count) // "" and words give 0
	if n == 0 {
		n = chineseNumber(count)
	}
	if err != nil || unit == "工作日" {
		return ""
	}
	switch {
	case count == "半" && unit == "月":
		return from.AddDate(0, 0, 15).Format("2006-01-02")
	case n == 0:
		return ""
	case unit == "月":
		first := time.Date(from.Year(), from.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return first.AddDate(0, 0, min(from.Day(), last)-1).Format("2006-01-02")
	case unit == "周" || unit == "星期":
		return from.AddDate(0, 0, 7*n).Format("2006-01-02")
	case unit == "年":
		return from.AddDate(n, 0, 0).Format("2006-01-02")
	}
	return from.AddDate(0, 0, n).Format("2006-01-02")
}

// day gives YYYY-MM-DD for a day that exists, else "".
func day(year, month, d string) string {
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	n, err3 := strconv.Atoi(d)
	t := time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC)
	if err1 != nil || err2 != nil || err3 != nil || int(t.Month()) != m || t.Day() != n {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, n)
}

// limits are the ways a sentence sets a time limit.
var limits = []*regexp.Regexp{
	regexp.MustCompile(`(?:(?:20\d\d)年)?\d{1,2}月(?:底|末|\d{1,2}日|上旬|中旬|下旬)?(?:之)?前`),
	regexp.MustCompile(`(?:(?:20\d\d)年|当年|本年|今年|年)(?:年)?(?:底|末)(?:之)?前`),
	regexp.MustCompile(`(?:20\d\d年|当年|本年|今年|年)内(?:要|应|须|完成|全部|建|实现|基本|力争)`),
	afterIssue,
	regexp.MustCompile(`(?:20\d\d年)?(?:第)?[一二三四1234]季度(?:底|末|内|前)`),
	regexp.MustCompile(`每月\d{1,2}日前(?:\(节假日顺延\))?`),
	regexp.MustCompile(`每(?:年|季度?|半年|月|周)[^。;,]{0,16}?(?:不少于|至少|不低于)\d{1,3}(?:次|期|篇|场)`),
	regexp.MustCompile(`每(?:年|季度?|半年|月|周)(?:至少)?[^。;,]{0,6}(?:\d{1,3}|一)次`),
	regexp.MustCompile(`(?:按月|按季度?|按年度?|每月|每季度|每半年|每周)(?:公开|公布|发布|报送|报备|通报|更新|上报|开展)`),
}

// within finds the time limits said in the sentences of a task, in the order
// of the text.
func (w when) within(text string) []govsweep.Due {
	folded, at := foldAt(text)
	key := string(folded)
	type found struct {
		from, to int
		due      govsweep.Due
	}
	var all []found
	for _, re := range limits {
		for _, m := range re.FindAllStringIndex(key, -1) {
			from, to := len([]rune(key[:m[0]])), len([]rune(key[:m[1]]))
			all = append(all, found{from, to, w.stated(text[at[from]:at[to]])})
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].from < all[j].from })
	var out []govsweep.Due
	end := -1
	for _, f := range all {
		if f.from < end {
			continue // a longer reading of the same words came first
		}
		end = f.to
		out = append(out, f.due)
	}
	return out
}
