package reports

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

// rule is a period as a form writes it.
type rule struct {
	n    int
	unit string // 个工作日, 日, 个月
	hour string // 12时, 17时30分; "" = the whole last day
}

var rulePattern = regexp.MustCompile(`^(\d{1,3}) ?(workdays?|days?|months?|个工作日|日|天|个月)(?: ?by (\d{1,2}):(\d{2}))?$`)

func parseRule(s string) (rule, error) {
	m := rulePattern.FindStringSubmatch(s)
	if m == nil {
		return rule{}, fmt.Errorf("期限“%s”应写作 10 workdays（10个工作日）、5 days（5日）或 1 month（1个月），可加 by 12:00。", clean(cut(s, 40)))
	}
	r := rule{unit: "日"}
	r.n, _ = strconv.Atoi(m[1]) // at most three digits
	switch m[2] {
	case "workday", "workdays", "个工作日":
		r.unit = "个工作日"
	case "month", "months", "个月":
		r.unit = "个月"
	}
	if most := map[string]int{"个工作日": 250, "日": 366, "个月": 12}[r.unit]; r.n < 1 || r.n > most {
		return rule{}, fmt.Errorf("期限“%s”应在1至%d%s之间。", clean(s), most, r.unit)
	}
	return r, r.setHour(m[3], m[4])
}

func (r *rule) setHour(hour, minute string) error {
	if hour == "" {
		return nil
	}
	h, _ := strconv.Atoi(hour)   // at most two digits
	m, _ := strconv.Atoi(minute) // two digits
	if h > 23 || m > 59 {
		return fmt.Errorf("截止时刻“%s:%s”应在0:00至23:59之间。", hour, minute)
	}
	r.hour = fmt.Sprintf("%d时", h)
	if m > 0 {
		r.hour += fmt.Sprintf("%d分", m)
	}
	return nil
}

// last gives the last day of the period. The first day does not count. A
// period in days or months that ends on a day off ends on the next working
// day (民法典第二百零三条).
func (r rule) last(cal *workday.Calendar, from time.Time) (time.Time, string) {
	y, m, d := from.In(govsweep.Shanghai).Date()
	from = time.Date(y, m, d, 0, 0, 0, 0, govsweep.Shanghai)
	if r.unit == "个工作日" {
		return cal.AddWorkdays(from, r.n)
	}
	end := from.AddDate(0, 0, r.n)
	if r.unit == "个月" {
		end = monthsAfter(from, r.n)
	}
	return cal.OnOrAfter(end)
}

// monthsAfter goes n calendar months on and stays in the month it reaches.
func monthsAfter(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, govsweep.Shanghai)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// lastHour is what stands before the hour of the last day.
const lastHour = "截止当日"

// printed is the rule as the paper says it: 自印发之日起10个工作日内.
func (r rule) printed(from string) string {
	start := "自印发之日起"
	if from == "receipt" {
		start = "自收到之日起"
	}
	s := start + strconv.Itoa(r.n) + r.unit + "内"
	if r.hour != "" {
		s += "，" + lastHour + r.hour + "前"
	}
	return s
}

// rulesFor are the rules of the classes among items, each once, by class.
func (d *FormDeadline) rulesFor(items []govsweep.NoticeItem) []rule {
	own := map[govsweep.Class]string{govsweep.Veto: d.Veto, govsweep.Deduction: d.Deduction, govsweep.Norm: d.Norm}
	if len(items) == 0 {
		items = []govsweep.NoticeItem{{}} // no class: the rule of all
		own = nil
	}
	var out []rule
	seen := map[string]bool{}
	for _, class := range classOrder {
		for i := range items {
			words := own[class]
			if words == "" {
				words = d.Default
			}
			if knownClass(items[i].Class) != class || seen[words] {
				continue
			}
			seen[words] = true
			if r, err := parseRule(words); err == nil { // checked when the form was loaded
				out = append(out, r)
			}
		}
	}
	return out
}

// deadline is the earliest last day of the classes among items.
func (d *FormDeadline) deadline(cal *workday.Calendar, from time.Time, items []govsweep.NoticeItem) (last time.Time, by rule, warning string) {
	for i, r := range d.rulesFor(items) {
		if end, warn := r.last(cal, from); i == 0 || end.Before(last) || end.Equal(last) && by.hour == "" && r.hour != "" {
			last, by, warning = end, r, warn
		}
	}
	return last, by, warning
}
