package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// A ProbeLine is one site's series as a list prints it.
type ProbeLine struct {
	Target     govsweep.Target       `json:"target"`
	Vantage    string                `json:"vantage,omitempty"`
	From       string                `json:"from"` // first and last day
	To         string                `json:"to"`
	Enough     int                   `json:"days_enough"` // days with enough visits
	Visits     int                   `json:"visits"`      // the denominator
	Opened     int                   `json:"opened"`
	Failed     int                   `json:"failed"`
	Excused    int                   `json:"excused"`    // of visits: not open within announced maintenance
	Doubtful   int                   `json:"doubtful"`   // of visits: something that may not be the home page
	Unmeasured int                   `json:"unmeasured"` // not of visits
	TooClose   int                   `json:"too_close"`  // not of visits
	P50        float64               `json:"p50_seconds"`
	P90        float64               `json:"p90_seconds"`
	P95        float64               `json:"p95_seconds"`
	P99        float64               `json:"p99_seconds"`
	State      string                `json:"state"` // Chinese: what the week says so far
	Brief      string                `json:"-"`     // the same in a few words
	Cert       *govsweep.Certificate `json:"cert,omitempty"`
	CertNote   string                `json:"cert_note,omitempty"`
}

// ProbeGrid lists series, one site a row.
func ProbeGrid(list []ProbeLine) Grid {
	g := Grid{Name: "可用性监测", Cols: []Col{
		{Title: "网站标识码", Width: 13, Keep: true}, {Title: "网站名称", Width: 24}, {Title: "监测点", Width: 12, Wide: true}, {Title: "起", Width: 11, Wide: true}, {Title: "止", Width: 11, Wide: true},
		{Title: "达标日", Width: 7, Right: true, Wide: true}, {Title: "次数", Width: 6, Right: true}, {Title: "未打开", Width: 7, Right: true},
		{Title: "占比", Width: 8, Right: true}, {Title: "维护", Width: 6, Right: true, Wide: true}, {Title: "存疑", Width: 6, Right: true, Wide: true},
		{Title: "未测", Width: 6, Right: true, Wide: true}, {Title: "间隔过短", Width: 8, Right: true, Wide: true},
		{Title: "中位秒", Width: 8, Right: true, Spare: true}, {Title: "P90秒", Width: 8, Right: true, Wide: true}, {Title: "P95秒", Width: 8, Right: true, Wide: true}, {Title: "P99秒", Width: 8, Right: true, Wide: true},
		{Title: "结论", Width: 14, Tell: true}, {Title: "说明", Width: 36, Wide: true}, {Title: "证书", Width: 30, Wide: true},
	}}
	for i := range list {
		l := &list[i]
		if l.Doubtful > 0 {
			g.Cols[10].Wide = false // a person has to look
		}
		g.Rows = append(g.Rows, []Cell{
			text(orUnknown(l.Target.Code)), text(l.Target.Name), text(l.Vantage), text(l.From), text(l.To), count(l.Enough), count(l.Visits), count(l.Failed),
			text(share(l.Failed, l.Visits)), count(l.Excused), count(l.Doubtful), count(l.Unmeasured), count(l.TooClose),
			text(seconds(l.P50)), text(seconds(l.P90)), text(seconds(l.P95)), text(seconds(l.P99)), text(l.Brief), text(l.State), text(l.CertNote),
		})
	}
	return g
}

// ProbeStrip is one day of a series: a sign for every visit, in order.
type ProbeStrip struct {
	Day     string  `json:"day"`
	Vantage string  `json:"vantage,omitempty"`
	Signs   string  `json:"signs"` // see ProbeSigns
	Visits  int     `json:"visits"`
	Failed  int     `json:"failed"`
	P50     float64 `json:"p50_seconds"`
	P90     float64 `json:"p90_seconds"`
	Worst   float64 `json:"worst_seconds"`
}

// ProbeSigns explains the signs of a strip.
const ProbeSigns = "▮打开 ▯5秒以上打开 ×未打开 ○公告维护时段内未打开 ！返回的不像是首页 ？未能测量 ·间隔过短（后两种不计入）"

// VisitSignOf is the sign of one visit.
func VisitSignOf(v *govsweep.SeriesVisit) string {
	return [...]string{"▮", "▯", "×", "！", "○", "？", "·"}[markOf(v)]
}

// ProbeStrips gives a strip for every day of a series.
func ProbeStrips(s *govsweep.Series) []ProbeStrip {
	var out []ProbeStrip
	for i := range s.Days {
		d := &s.Days[i]
		strip := ProbeStrip{Day: d.Day, Vantage: s.Vantage, Signs: signsOf(d), Visits: d.ProbeCount.Visits, Failed: d.Failed}
		if times := openedSeconds(s.Days[i : i+1]); len(times) > 0 {
			strip.P50, strip.P90, strip.Worst = nearest(times, 50), nearest(times, 90), times[len(times)-1]
		}
		out = append(out, strip)
	}
	return out
}

// LineOfSeries gives the line of a series.
func LineOfSeries(t govsweep.Target, s *govsweep.Series, asOf time.Time) ProbeLine {
	times := openedSeconds(s.Days)
	return ProbeLine{
		Target: t, Vantage: s.Vantage, From: s.Days[0].Day, To: s.Days[len(s.Days)-1].Day, Enough: s.Enough,
		Visits: s.Visits, Opened: s.Opened, Failed: s.Failed, Excused: s.Excused, Doubtful: s.Doubtful, Unmeasured: s.Unmeasured, TooClose: s.TooClose,
		P50: nearest(times, 50), P90: nearest(times, 90), P95: nearest(times, 95), P99: nearest(times, 99),
		State: s.State, Brief: s.Brief, Cert: s.Cert, CertNote: CertNote(s.Cert, asOf),
	}
}

// openedSeconds gives the seconds of the visits that opened, in order of length.
func openedSeconds(days []govsweep.SeriesDay) []float64 {
	var out []float64
	for _, d := range days {
		for i := range d.Visits {
			if d.Visits[i].Sign == govsweep.SignOpened {
				out = append(out, d.Visits[i].Total.Seconds())
			}
		}
	}
	slices.Sort(out)
	return out
}

// nearest gives the percentile by nearest rank; 0 for none.
func nearest(sorted []float64, p int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, (p*len(sorted)+99)/100-1)]
}

// ProbeStripGrid lists the days of a series.
func ProbeStripGrid(list []ProbeStrip) Grid {
	g := Grid{Name: "逐日访问", Cols: []Col{
		{Title: "日期", Width: 11}, {Title: "监测点", Width: 12, Wide: true}, {Title: "各次访问", Width: 50, Keep: true}, {Title: "次数", Width: 6, Right: true}, {Title: "未打开", Width: 7, Right: true},
		{Title: "中位秒", Width: 8, Right: true}, {Title: "P90秒", Width: 8, Right: true, Wide: true}, {Title: "最长秒", Width: 8, Right: true},
	}}
	for _, d := range list {
		g.Rows = append(g.Rows, []Cell{text(d.Day), text(d.Vantage), text(d.Signs), count(d.Visits), count(d.Failed), text(seconds(d.P50)), text(seconds(d.P90)), text(seconds(d.Worst))})
	}
	return g
}

// ProbeVisitGrid lists single visits.
func ProbeVisitGrid(visits []govsweep.ProbeVisit) Grid {
	g := Grid{Name: "访问记录", Cols: []Col{
		{Title: "时间", Width: 20, Keep: true}, {Title: "网址", Width: 32, Tell: true}, {Title: "结果", Width: 8}, {Title: "地址族", Width: 7, Spare: true}, {Title: "状态", Width: 6, Right: true},
		{Title: "解析秒", Width: 8, Right: true, Wide: true}, {Title: "连接秒", Width: 8, Right: true, Wide: true}, {Title: "握手秒", Width: 8, Right: true, Wide: true},
		{Title: "首包秒", Width: 8, Right: true, Spare: true}, {Title: "合计秒", Width: 8, Right: true}, {Title: "字节", Width: 9, Right: true, Wide: true}, {Title: "访问的地址", Width: 24, Wide: true}, {Title: "最终地址", Width: 32, Wide: true},
		{Title: "说明", Width: 40, Tell: true}, {Title: "证书", Width: 30, Wide: true},
	}}
	for i := range visits {
		v := &visits[i]
		g.Rows = append(g.Rows, []Cell{
			text(stamp(v.At)), text(v.URL), text(resultWords[v.Result]), text(familyWord(v.Family)), statusCell(v.Status),
			took(v.DNS), took(v.Connect), took(v.TLS), took(v.FirstByte), took(v.Total), count(int(v.Bytes)), text(v.Address), text(v.FinalURL),
			text(v.Cause), text(CertNote(v.Cert, v.At)),
		})
	}
	return g
}

// ProbeVisitLines writes visits, one object a line.
func ProbeVisitLines(w io.Writer, visits []govsweep.ProbeVisit) error {
	return lines(w, visits, func(v govsweep.ProbeVisit) any {
		v.At = inShanghai(v.At)
		return v
	})
}

// MaintenanceGrid lists announced windows.
func MaintenanceGrid(list []govsweep.Maintenance) Grid {
	g := Grid{Name: "维护公告", Cols: []Col{
		{Title: "网站", Width: 14}, {Title: "起", Width: 20}, {Title: "止", Width: 20}, {Title: "公告时间", Width: 20}, {Title: "出处", Width: 40}, {Title: "说明", Width: 24},
	}}
	for _, m := range list {
		note := ""
		if m.Announced.After(m.From) {
			note = "公告晚于开始时间，不予扣除"
		}
		g.Rows = append(g.Rows, []Cell{text(string(m.Target)), text(stamp(m.From)), text(stamp(m.To)), text(stamp(m.Announced)), text(m.Source), text(note)})
	}
	return g
}

// MaintenanceLines writes windows, one object a line.
func MaintenanceLines(w io.Writer, list []govsweep.Maintenance) error { return JSONLines(w, list) }

// CertNote says in a few words what is to be known of a certificate at a
// time: all its faults, when it ends, and how many days are left.
func CertNote(c *govsweep.Certificate, at time.Time) string {
	if c == nil {
		return ""
	}
	var words []string
	for _, f := range c.Every() {
		if f != govsweep.CertExpiring {
			words = append(words, certWords[f])
		}
	}
	left := govsweep.DaysBetween(at, c.NotAfter)
	switch {
	case len(words) > 0:
		return strings.Join(words, "；") + "（有效期至" + govsweep.ChineseDate(c.NotAfter) + "，" + daysLeft(c, at) + "）"
	case left <= govsweep.ExpiringDays:
		return fmt.Sprintf("证书将于%d日后到期（%s）", left, govsweep.ChineseDate(c.NotAfter))
	}
	return "有效期至" + govsweep.ChineseDate(c.NotAfter) + "，" + daysLeft(c, at)
}

var certWords = map[govsweep.CertFault]string{
	govsweep.CertExpired: "证书已过期", govsweep.CertNotYet: "证书尚未生效", govsweep.CertName: "证书与域名不符", govsweep.CertSelf: "证书为自行签发",
	govsweep.CertChain: "证书链不完整，缺少中间证书", govsweep.CertAuthority: "证书的颁发者不受信任",
	govsweep.CertExpiring: "证书将在30日内到期",
}

var resultWords = map[govsweep.ProbeResult]string{
	govsweep.ProbeOpened: "打开", govsweep.ProbeFailed: "未打开", govsweep.ProbeDoubtful: "存疑", govsweep.ProbeUnmeasured: "未测",
}

func familyWord(f int) string {
	if f == 0 {
		return ""
	}
	return fmt.Sprintf("IPv%d", f)
}

func statusCell(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return count(n)
}

func seconds(s float64) string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", s)
}

func took(d time.Duration) Cell { return text(seconds(d.Seconds())) }

// share prints n of all in percent, cut to two places: what lies under a
// line never reads as the line.
func share(n, all int) string {
	if all == 0 {
		return ""
	}
	h := n * 10000 / all
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", h/100, h%100), "0"), ".") + "%"
}
