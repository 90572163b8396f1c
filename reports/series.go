package reports

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// seriesView is one series of visits as the site report shows it.
type seriesView struct {
	Title, Line string
	Chart       seriesChart
	Stages      []stageView
	Missed      []missedView
	MoreMissed  int
	Cert        []fact
	CertNote    string
	CertBad     bool
}

type stageView struct{ Name, N, P50, P90, P95, Max string }

// missedView is one visit that is not counted as opened.
type missedView struct{ At, Word, Why string }

// seriesChart is the strip chart: a row a day, a mark a visit at its time of
// day. Marks of one sign are one path, each of a shape of its own, so that
// they are told apart without colour.
type seriesChart struct {
	Title  string
	Height int
	Bottom int
	Hours  []hourLine
	Rows   []chartRow
	Marks  []markPath
	Legend []legendItem
}

type hourLine struct {
	X     int
	Label string
}

type chartRow struct {
	Y, Text      int
	Label, Count string
}

type markPath struct{ Class, Path string }

type legendItem struct {
	Class, Path, Word string
	X, Y              int
}

const (
	plotLeft  = 92
	plotWidth = 480
	plotTop   = 24
	rowStep   = 26
	slowVisit = 5 * time.Second
	mostMiss  = 60
)

// marks are the signs in the order of the legend. A mark is drawn around 0,0.
var marks = []struct{ class, word, shape string }{
	{"vo", "打开", "m-2.5-8h5v16h-5z"},
	{"vs", "5秒以上打开", "m-2.5-8h5v16h-5z"},
	{"vf", "未打开", "m-5.5-5.5l11 11m0-11l-11 11"},
	{"vd", "存疑", "m0-7l7 13h-14zm0 5v4"},
	{"vx", "公告维护", "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"},
	{"vu", "未测，不计入", "m-5.5 0h11"},
	{"vc", "间隔过短，不计入", "m0-2v8m-3-3l3 3l3-3"},
}

func markOf(v *govsweep.SeriesVisit) int {
	switch v.Sign {
	case govsweep.SignFailed:
		return 2
	case govsweep.SignDoubtful:
		return 3
	case govsweep.SignExcused:
		return 4
	case govsweep.SignUnmeasured:
		return 5
	case govsweep.SignTooClose:
		return 6
	}
	if v.Total >= slowVisit {
		return 1
	}
	return 0
}

func seriesViews(in *govsweep.Inspection) []seriesView {
	var out []seriesView
	for i := range in.Series {
		s := &in.Series[i]
		v := seriesView{Line: seriesLine(s), Chart: newSeriesChart(s), Stages: stageViews(s), CertBad: s.Cert != nil && s.Cert.Fault != "" && s.Cert.Fault != govsweep.CertExpiring}
		if s.Vantage != "" {
			v.Title = "监测点：" + clean(s.Vantage)
		}
		v.missed(s)
		v.Cert, v.CertNote = certFacts(s, in.Sweep.AsOf)
		out = append(out, v)
	}
	return out
}

// seriesLine says in words what the chart shows.
func seriesLine(s *govsweep.Series) string {
	first, last := chineseDay(s.Days[0].Day), chineseDay(s.Days[len(s.Days)-1].Day)
	if first != last {
		first += "至" + last
	}
	line := fmt.Sprintf("%s共计入%d次访问，打开%d次，未打开%d次", first, s.Visits, s.Opened, s.Failed)
	if s.Failed > 0 {
		line += "（占" + share(s.Failed, s.Visits) + "）"
	}
	for _, p := range []struct {
		n    int
		form string
	}{
		{s.Doubtful, "，存疑%d次"}, {s.Excused, "，事先公告的维护时段内未打开%d次"},
		{s.Unmeasured, "；另有%d次未能测量，不计入"}, {s.TooClose, "；另有%d次间隔过短，不计入"},
	} {
		if p.n > 0 {
			line += fmt.Sprintf(p.form, p.n)
		}
	}
	return line + "。" + clean(s.State) + "。"
}

func newSeriesChart(s *govsweep.Series) seriesChart {
	bottom := plotTop + len(s.Days)*rowStep
	c := seriesChart{Bottom: bottom, Title: "逐日逐次访问情况，横轴为一日中的时刻（北京时间），每个记号为一次访问"}
	for h := 0; h <= 24; h += 6 {
		c.Hours = append(c.Hours, hourLine{plotLeft + h*plotWidth/24, fmt.Sprintf("%d时", h)})
	}
	var paths [7]strings.Builder
	for i := range s.Days {
		d := &s.Days[i]
		y := plotTop + i*rowStep + rowStep/2
		c.Rows = append(c.Rows, chartRow{y, y + 4, shortDay(d.Day), dayCount(d)})
		for j := range d.Visits {
			v := &d.Visits[j]
			fmt.Fprintf(&paths[markOf(v)], "M%d %d%s", plotLeft+plotWidth*minuteOf(v.At)/(24*60), y, marks[markOf(v)].shape)
		}
	}
	for i, m := range marks {
		if paths[i].Len() > 0 {
			c.Marks = append(c.Marks, markPath{m.class, paths[i].String()})
		}
		x, y := plotLeft+(i%4)*160, bottom+26+(i/4)*24
		c.Legend = append(c.Legend, legendItem{m.class, fmt.Sprintf("M%d %d%s", x, y, m.shape), m.word, x + 14, y + 4})
	}
	c.Height = bottom + 26 + 24 + 16
	return c
}

func minuteOf(t time.Time) int {
	t = t.In(govsweep.Shanghai)
	return t.Hour()*60 + t.Minute()
}

// shortDay is a day without its year: 3月2日.
func shortDay(day string) string {
	_, rest, ok := strings.Cut(chineseDay(day), "年")
	if !ok {
		return clean(day)
	}
	return rest
}

func dayCount(d *govsweep.SeriesDay) string {
	s := fmt.Sprintf("计入%d次", d.ProbeCount.Visits)
	if d.Failed > 0 {
		s += fmt.Sprintf("，未打开%d", d.Failed)
	}
	if d.Lacks {
		s += "（不足）"
	}
	return s
}

func stageViews(s *govsweep.Series) []stageView {
	var out []stageView
	for _, t := range s.Stages {
		if t.N == 0 {
			out = append(out, stageView{clean(t.Stage), "0", unknown, unknown, unknown, unknown})
			continue
		}
		out = append(out, stageView{clean(t.Stage), number(t.N), millis(t.P50), millis(t.P90), millis(t.P95), millis(t.Max)})
	}
	return out
}

// millis prints seconds to the millisecond: most stages last less than a tenth.
func millis(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }

func (v *seriesView) missed(s *govsweep.Series) {
	for _, d := range s.Days {
		for i := range d.Visits {
			x := &d.Visits[i]
			if x.Sign == govsweep.SignOpened || x.Sign == govsweep.SignTooClose {
				continue
			}
			if len(v.Missed) == mostMiss {
				v.MoreMissed++
				continue
			}
			v.Missed = append(v.Missed, missedView{moment(x.At), marks[markOf(x)].word, clean(x.Cause)})
		}
	}
}

// certFacts describes the certificate seen last.
func certFacts(s *govsweep.Series, asOf time.Time) ([]fact, string) {
	c := s.Cert
	switch {
	case c == nil && s.Opened == 0:
		return nil, "各次访问均未打开，没有取得证书。"
	case c == nil:
		return nil, "各次访问中首页均未使用HTTPS，没有证书。"
	}
	return []fact{
		{Label: "证书主体", Value: orUnknown(clean(c.Subject))}, {Label: "颁发者", Value: orUnknown(clean(c.Issuer))},
		{Label: "适用域名", Value: orUnknown(clean(strings.Join(c.Names, "、")))}, {Label: "证书数量", Value: fmt.Sprintf("%d张", c.Sent)},
		{Label: "生效时间", Value: moment(c.NotBefore)}, {Label: "到期时间", Value: moment(c.NotAfter)},
	}, fmt.Sprintf("%s（%s访问时所见）。", CertNote(c, asOf), moment(s.CertAt))
}

// seriesGrids are the sheets of a workbook: days, stages and every visit.
func seriesGrids(list []govsweep.Series) []Grid {
	if len(list) == 0 {
		return nil
	}
	days := Grid{Name: "可用性逐日", Cols: []Col{{Title: "监测点", Width: 12}, {Title: "日期", Width: 14}, {Title: "计入次数", Width: 9, Right: true},
		{Title: "打开", Width: 7, Right: true}, {Title: "未打开", Width: 7, Right: true}, {Title: "占比", Width: 8, Right: true}, {Title: "存疑", Width: 7, Right: true},
		{Title: "公告维护", Width: 9, Right: true}, {Title: "未测", Width: 7, Right: true}, {Title: "间隔过短", Width: 9, Right: true}, {Title: "各次访问", Width: 60}}}
	times := Grid{Name: "可用性耗时", Cols: []Col{{Title: "监测点", Width: 12}, {Title: "阶段", Width: 12}, {Title: "次数", Width: 8, Right: true},
		{Title: "中位数（秒）", Width: 12, Right: true}, {Title: "90%（秒）", Width: 12, Right: true}, {Title: "95%（秒）", Width: 12, Right: true}, {Title: "最长（秒）", Width: 12, Right: true}}}
	visits := Grid{Name: "访问记录", Cols: append([]Col{{Title: "监测点", Width: 12}, {Title: "计为", Width: 16}}, ProbeVisitGrid(nil).Cols...)}
	for i := range list {
		s := &list[i]
		for j := range s.Days {
			d := &s.Days[j]
			days.Rows = append(days.Rows, []Cell{text(s.Vantage), text(chineseDay(d.Day)), count(d.ProbeCount.Visits), count(d.Opened), count(d.Failed),
				text(share(d.Failed, d.ProbeCount.Visits)), count(d.Doubtful), count(d.Excused), count(d.Unmeasured), count(d.TooClose), text(signsOf(d))})
			for k := range d.Visits {
				v := &d.Visits[k]
				row := []Cell{text(s.Vantage), text(marks[markOf(v)].word)}
				visits.Rows = append(visits.Rows, append(row, ProbeVisitGrid([]govsweep.ProbeVisit{v.ProbeVisit}).Rows[0]...))
			}
		}
		for _, t := range stageViews(s) {
			times.Rows = append(times.Rows, []Cell{text(s.Vantage), text(t.Name), text(t.N), text(t.P50), text(t.P90), text(t.P95), text(t.Max)})
		}
	}
	return []Grid{days, times, visits}
}

// signsOf prints the visits of a day, a sign each, in order of time.
func signsOf(d *govsweep.SeriesDay) string {
	var b strings.Builder
	for i := range d.Visits {
		b.WriteString(VisitSignOf(&d.Visits[i]))
	}
	return b.String()
}
