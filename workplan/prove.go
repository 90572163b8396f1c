package workplan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// measured holds the last inspections by site, so that many tasks can ask.
type measured struct {
	in    StatusInput
	sites []govsweep.Site
	last  map[govsweep.TargetID]*govsweep.Inspection
}

func newMeasured(in StatusInput) *measured {
	m := &measured{in: in, last: map[govsweep.TargetID]*govsweep.Inspection{}}
	for _, s := range in.Sites {
		if s.State != govsweep.Closed && s.State != govsweep.Moved {
			m.sites = append(m.sites, s)
		}
	}
	for _, i := range in.Inspections {
		if i != nil {
			m.last[i.Site.ID] = i
		}
	}
	return m
}

// prove fills in what the last inspections say of the indicators of a task.
func (m *measured) prove(s *TaskStatus) {
	sites, why := m.scope(&s.Task)
	s.Sites, s.Scope = len(sites), why
	s.Proof = ByHand
	for _, id := range idsOfTask(&s.Task) {
		p := m.indicator(id, sites)
		s.Results = append(s.Results, p)
		s.Proof = worse(s.Proof, p, len(sites))
	}
}

// worse joins the proof of one more indicator: a fault stays a fault, and
// what was not measured is never proven.
func worse(so Proof, p IndicatorProof, sites int) Proof {
	switch {
	case so == Faulty || p.Found > 0:
		return Faulty
	case so == Unproven || p.Unchecked || p.NotMeasured > 0 || sites == 0 || p.Passed+p.Settled+p.NotApplicable < sites:
		return Unproven
	case p.Passed+p.Settled == 0:
		return Unproven // applicable nowhere: nothing was shown
	}
	return Proven
}

func idsOfTask(t *govsweep.Task) []string {
	var out []string
	for _, d := range t.Demands {
		for _, id := range d.Indicators {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

func (m *measured) indicator(id string, sites []govsweep.Site) IndicatorProof {
	p := IndicatorProof{Indicator: id, Title: m.in.Titles[id], Unchecked: !m.in.Checked[id]}
	if p.Unchecked {
		return p
	}
	for _, s := range sites {
		m.one(&p, m.last[s.ID])
	}
	return p
}

// one adds the outcome on one site. A site without an inspection, or an
// inspection that does not hold the indicator, was not measured.
func (m *measured) one(p *IndicatorProof, in *govsweep.Inspection) {
	if in == nil {
		p.NotMeasured++
		return
	}
	i := slices.IndexFunc(in.Outcomes, func(o govsweep.Outcome) bool { return o.BookID == p.Indicator })
	if i < 0 {
		p.NotMeasured++
		return
	}
	switch o := &in.Outcomes[i]; o.Status {
	case govsweep.Passed:
		if in.Coverage.Suspect || o.Review != "" {
			p.NotMeasured++
			return
		}
		p.Passed++
	case govsweep.Found:
		standing, settled := standingOf(in, p.Indicator)
		if len(standing) == 0 && settled > 0 {
			p.Settled++
			return
		}
		p.Found++
		p.Findings = append(p.Findings, standing...)
	case govsweep.NotApplicable, govsweep.NotInForce:
		p.NotApplicable++
	default:
		p.NotMeasured++
	}
}

// standingOf gives the findings of an indicator that stand, and how many were
// rejected, exempted or put right.
func standingOf(in *govsweep.Inspection, id string) (ids []string, settled int) {
	for i := range in.Findings {
		f := &in.Findings[i]
		if f.BookID != id {
			continue
		}
		switch f.Status {
		case govsweep.Rejected, govsweep.Exempted, govsweep.Fixed:
			settled++
		default:
			ids = append(ids, f.ID)
		}
	}
	return ids, settled
}

// scope finds the sites a task is looked at on: those of its bodies; all
// where bodies are named as a group, or none is named; the portals where no
// body has a site of its own.
func (m *measured) scope(t *govsweep.Task) ([]govsweep.Site, string) {
	if len(m.sites) == 0 {
		return nil, "名录中没有网站"
	}
	if len(t.Bodies) == 0 {
		return m.sites, fmt.Sprintf("没有写明责任单位，核对名录中全部%d个网站", len(m.sites))
	}
	var own []govsweep.Site
	for _, b := range t.Bodies {
		if group(b) {
			return m.sites, fmt.Sprintf("责任单位含“%s”，核对名录中全部%d个网站", b, len(m.sites))
		}
		for _, s := range m.sites {
			if owns(b, &s) && !slices.ContainsFunc(own, func(o govsweep.Site) bool { return o.ID == s.ID }) {
				own = append(own, s)
			}
		}
	}
	if len(own) > 0 {
		return own, fmt.Sprintf("核对责任单位的%d个网站", len(own))
	}
	for _, s := range m.sites {
		if s.Kind == govsweep.Portal {
			own = append(own, s)
		}
	}
	if len(own) > 0 {
		return own, fmt.Sprintf("责任单位没有登记网站，核对%d个门户网站", len(own))
	}
	return m.sites, fmt.Sprintf("责任单位没有登记网站，核对名录中全部%d个网站", len(m.sites))
}

// group says that a body stands for several: 各镇人民政府、县直有关单位、甲局等.
func group(body string) bool {
	return strings.HasPrefix(body, "各") || strings.HasSuffix(body, "等") || strings.Contains(body, "有关") ||
		strings.Contains(body, "各单位") || strings.Contains(body, "各部门") || strings.Contains(body, "相关")
}

// owns says that a body runs a site: it is its 主办、承办 or 主管单位, written
// out or in the usual short form.
func owns(body string, s *govsweep.Site) bool {
	b := bare(body)
	if b == "" {
		return false
	}
	for _, unit := range []string{s.Host, s.Operator} {
		if u := bare(unit); u == b || min(runes(u), runes(b)) >= 5 && (strings.HasSuffix(u, b) || strings.HasSuffix(b, u)) {
			return true
		}
	}
	return false
}

// bare writes the name of a unit out and drops what stands in front of it:
// 县政府办, 旌德县人民政府办公室 → 人民政府办公室.
func bare(unit string) string {
	u := fold(unit)
	for _, short := range shortForms {
		if strings.HasSuffix(u, short[0]) && !strings.HasSuffix(u, short[1]) {
			u = strings.TrimSuffix(u, short[0]) + short[1]
			break
		}
	}
	if i := strings.LastIndexAny(u, "省市县区旗州盟"); i >= 0 && i < len(u)-6 {
		_, rest, _ := strings.Cut(u[i:], string([]rune(u[i:])[0]))
		u = rest
	}
	return u
}

// shortForms are the usual short names of units.
var shortForms = [][2]string{
	{"政府办", "人民政府办公室"}, {"发改委", "发展和改革委员会"}, {"发改局", "发展和改革局"}, {"卫健委", "卫生健康委员会"}, {"卫健局", "卫生健康局"},
	{"人社局", "人力资源和社会保障局"}, {"文旅局", "文化和旅游局"}, {"教体局", "教育体育局"}, {"住建局", "住房和城乡建设局"}, {"自规局", "自然资源和规划局"},
	{"自然资源规划局", "自然资源和规划局"}, {"农业农村水利局", "农业农村水利局"}, {"数据资源局", "数据资源管理局"}, {"市场监管局", "市场监督管理局"},
	{"金融监管局", "地方金融监督管理局"}, {"医保局", "医疗保障局"}, {"应急局", "应急管理局"}, {"交通局", "交通运输局"}, {"环保局", "生态环境局"},
}
