package reports

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// StatisticsInput is everything the statistics of a unit are made of: plain
// data, counted by nobody yet.
type StatisticsInput struct {
	Unit     string
	From     time.Time // first day of the first month
	To       time.Time // a moment of the last month; at most 24 months
	AsOf     time.Time // what lies after it is not known
	Accounts []StatisticsAccount
	Sites    []StatisticsSite
	Given    *GivenStatistics // nil = the unit filled in nothing
}

// StatisticsAccount is one account of the unit with what it published by
// month. A month that is not listed, or not Whole, is not known whole.
type StatisticsAccount struct {
	Account govsweep.Account
	Months  []govsweep.AccountMonth
}

// StatisticsSite is one site of the unit as its newest inspection read it.
type StatisticsSite struct {
	Site     govsweep.Site
	AsOf     time.Time            // check point of that inspection; zero = never inspected
	Articles []govsweep.Published // each address once
	Since    string               // day down to which the lists were read whole; "" = to their end
	// Columns gives by address the day down to which a column was read whole;
	// "" = to its end. For a column that is not listed Since counts.
	Columns map[string]string
	Why     string // why it was not read whole, a Chinese sentence; "" = it was
	// Inspections tell of columns of a class; older ones help with older months.
	Inspections []AnnexInspection
}

// StatisticsState says how sure a number is.
type StatisticsState string

// The states of a number.
const (
	StatisticsExact   StatisticsState = "exact"
	StatisticsAtLeast StatisticsState = "at-least" // so many are proven; more are possible
	StatisticsUnknown StatisticsState = "unknown"  // printed as —, never as 0
)

// StatisticsLine is one number of the statistics of a unit.
type StatisticsLine struct {
	Group string          `json:"group"`           // 网站发布信息
	Item  string          `json:"item"`            // 发布信息
	Of    string          `json:"of"`              // platform or site; 合计
	Month string          `json:"month,omitempty"` // 2026-03; "" = the whole period
	State StatisticsState `json:"state"`
	Value *int            `json:"value"` // nil when it is not known
	Unit  string          `json:"unit"`  // 条
	// Source is where the number comes from: 名录, 检查, 填报; "" when unknown.
	Source string `json:"source,omitempty"`
	Note   string `json:"note,omitempty"` // why it is not exact, or what is to be known of it
	Seen   int    `json:"seen,omitempty"` // items that were read in a month that was not read whole
}

// Where numbers come from.
const (
	fromRegister   = "名录"
	fromInspection = "检查"
	fromUnit       = "填报"
)

// statisticsTotal names the line that adds up the others of its group.
const statisticsTotal = "合计"

// UnitStatistics are the numbers a unit reports in its progress report.
type UnitStatistics struct {
	Unit  string
	AsOf  time.Time
	Lines []StatisticsLine // in the order they are printed

	in     *StatisticsInput
	months []annexMonth
}

// NewUnitStatistics counts what a unit reports. What nobody read is unknown
// with its reason; what the unit filled in stands only where nothing was
// counted whole.
func NewUnitStatistics(in StatisticsInput) (*UnitStatistics, error) {
	u := &UnitStatistics{Unit: clean(in.Unit), AsOf: in.AsOf, in: &in, months: monthsOf(in.From, in.To)}
	if len(u.months) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "统计期间不正确，应为1至24个整月，第一个月不晚于最后一个月"}
	}
	if err := in.Given.fits(u.months, in.Accounts); err != nil {
		return nil, err
	}
	u.accounts()
	u.sites()
	u.posts()
	u.ofClass("政策解读", "政策解读", "篇", govsweep.InterpretationColumn, in.Given.readings())
	u.gazette()
	u.ofClass("网民留言答复", "网站公开的留言答复", "件", govsweep.LettersColumn, nil)
	u.letters()
	return u, nil
}

// tallied is a number on its way into a line.
type tallied struct {
	n      int
	state  StatisticsState
	source string
	note   string
	seen   int
}

func nobodyKnows(note string) tallied { return tallied{state: StatisticsUnknown, note: note} }

func (u *UnitStatistics) add(group, item, of, month, unit string, f tallied) {
	l := StatisticsLine{Group: group, Item: item, Of: name(of), Month: month, State: f.state, Unit: unit, Note: clean(f.note), Seen: f.seen}
	if f.state != StatisticsUnknown {
		l.Value, l.Source = &f.n, f.source
	}
	u.Lines = append(u.Lines, l)
}

// together adds figures up. A sum of which a part is not known is a lower
// bound, and nothing at all when nothing else was counted.
func together(all []tallied) tallied {
	out, gaps := tallied{state: StatisticsExact}, false
	for _, f := range all {
		gaps = gaps || f.state != StatisticsExact
		out.seen += f.seen
		if f.state != StatisticsUnknown {
			out.n += f.n
			out.source = joinOnce(out.source, f.source)
		}
	}
	switch {
	case len(all) == 0 || gaps && out.n == 0:
		out.state = StatisticsUnknown
	case gaps:
		out.state = StatisticsAtLeast
	}
	if gaps {
		out.note = partUnknown
	}
	return out
}

func joinOnce(list, word string) string {
	if word == "" || strings.Contains(list, word) {
		return list
	}
	return strings.TrimPrefix(list+"、"+word, "、")
}

// or puts what the unit filled in where nothing was counted whole, and says
// so where both are known and differ.
func (f tallied) or(given *int) tallied {
	switch {
	case given == nil:
		return f
	case f.state == StatisticsExact:
		if f.n != *given {
			f.note += "单位填报为" + number(*given) + "，与检查统计不一致，请核对。"
		}
		return f
	case f.state == StatisticsAtLeast && f.n > *given:
		f.note += "单位填报为" + number(*given) + "，少于检查已见的数量，未采用。"
		return f
	case f.seen > *given:
		f.note += "单位填报为" + number(*given) + "，少于检查已见的" + number(f.seen) + "条，未采用。"
		return f
	}
	note := "单位填报。"
	if f.note != "" {
		note = "单位填报；检查未能完整统计：" + f.note
	}
	return tallied{n: *given, state: StatisticsExact, source: fromUnit, note: note}
}

func (m annexMonth) key() string { return m.from.Format("2006-01") }

// partUnknown is the note of a sum of which a part is not known.
const partUnknown = "其中有未能完整统计的部分。"
