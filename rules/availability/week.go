package availability

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// judge answers from whole weeks, one a vantage. The veto needs every
// vantage: what one place alone sees is reported apart.
func judge(p *rules.Pass, weeks []facts.ProbeWeek, set params) {
	var over []facts.ProbeWeek
	for _, w := range weeks {
		if facts.Reaches(w.Failed, w.Visits, set.Percent) {
			over = append(over, w)
		}
	}
	switch {
	case len(over) == len(weeks):
		p.Report(finding(p, weeks))
	case len(over) > 0:
		p.AskInspector(fmt.Sprintf("监测点“%s”打不开的次数达到%d%%，其他监测点未达到，可能是监测点网络的问题，须人工核对", over[0].Vantage, set.Percent))
	}
	if len(over) == len(weeks) {
		return
	}
	for _, w := range weeks {
		if facts.Reaches(w.Failed+w.Doubtful, w.Visits, set.Percent) && !facts.Reaches(w.Failed, w.Visits, set.Percent) {
			p.AskInspector(fmt.Sprintf("%s，另有%d次能连通但返回的不像是首页，计入后达到%d%%，须人工核对", counted(w), w.Doubtful, set.Percent))
		}
		if w.Excused > 0 && !facts.Reaches(w.Failed, w.Visits, set.Percent) && facts.Reaches(w.Failed, w.Visits-w.Excused, set.Percent) {
			p.AskInspector(fmt.Sprintf("%s，如从总次数中除去公告维护时段的%d次则达到%d%%，须人工核对", counted(w), w.Excused, set.Percent))
		}
	}
}

func finding(p *rules.Pass, weeks []facts.ProbeWeek) govsweep.Finding {
	w := weeks[0]
	first, last := w.Days[0].Day, w.Days[len(w.Days)-1].Day
	f := govsweep.Finding{URL: p.Site.URL, Locator: "availability",
		Summary: fmt.Sprintf("%s至%s每日间隔访问网站首页，共%d次，其中%d次在15秒内未能打开，占%s。",
			govsweep.ChineseDay(first), govsweep.ChineseDay(last), w.Visits, w.Failed, percent(w.Failed, w.Visits))}
	for _, w := range weeks {
		f.Detail = append(f.Detail, place(w)+counted(w)+"。")
		f.NeedsReview = f.NeedsReview || w.Unchecked > 0
	}
	f.Detail = append(f.Detail, failures(p.Probes, w)...)
	return f
}

// counted says what the ratio was taken of, with everything left out of it.
func counted(w facts.ProbeWeek) string {
	parts := []string{fmt.Sprintf("共访问%d次，打开%d次，未打开%d次（%s）", w.Visits, w.Opened, w.Failed, percent(w.Failed, w.Visits))}
	add := func(n int, form string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(form, n))
		}
	}
	add(w.Excused, "总次数中有%d次在事先公告的维护时段内未打开，不计为打不开")
	add(w.Doubtful, "总次数中有%d次返回的不像是首页，不计为打不开")
	add(w.Unchecked, "未打开的有%d次没有对照网站可以排除监测端网络问题，须人工核对")
	add(w.Unmeasured, "另有%d次因监测端网络或防护系统拦截未能测量，不计入")
	add(w.TooClose, "另有%d次间隔过短，不计入")
	return strings.Join(parts, "；")
}

const mostTimes = 60

// failures lists the time of every visit that did not open, with its cause.
func failures(l *facts.ProbeLog, w facts.ProbeWeek) []string {
	var out []string
	for _, d := range w.Days {
		for _, m := range d.Marks {
			if m.Result != govsweep.ProbeFailed || l.Excused(m) {
				continue
			}
			if len(out) == mostTimes {
				return append(out, fmt.Sprintf("仅列前%d次。", mostTimes))
			}
			out = append(out, rules.Moment(m.At)+" "+rules.Clip(m.Cause, 60))
		}
	}
	return out
}

func place(w facts.ProbeWeek) string {
	if w.Vantage == "" {
		return ""
	}
	return "监测点“" + w.Vantage + "”："
}

// percent prints n of all in percent, cut, not rounded, to two places: just
// under the line never reads as the line.
func percent(n, all int) string {
	if all == 0 {
		return "0%"
	}
	h := n * 10000 / all
	s := fmt.Sprintf("%d.%02d", h/100, h%100)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + "%"
}
