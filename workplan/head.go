package workplan

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

var (
	numberMark = regexp.MustCompile(`^[一-龥]{2,14}[〔\[(]20\d\d[〕\])]第?\d{1,4}号$`)
	dateMark   = regexp.MustCompile(`(20\d\d)年(\d{1,2})月(\d{1,2})日`)
	titleMark  = regexp.MustCompile(`(?:要点|方案|计划|安排|进展|分工|清单|任务分解表|意见|报告)(?:\(.{1,12}\))?$`)
	issuerMark = regexp.MustCompile(`^.{2,30}(?:人民政府|办公室|办公厅|委员会|领导小组|局|厅|部)$`)
	redHead    = regexp.MustCompile(`^(.{4,30})文件$`)
	noticeOf   = regexp.MustCompile(`^([^《》()〔〕、,:]{4,30}?)关于印发`)
	reported   = regexp.MustCompile(`现将(.{4,60}?)(?:汇报|报告|通报)如下`)
	titleYear  = regexp.MustCompile(`(20\d\d)年`)
)

// readHead reads number, title, issuer, date of issue and year. Nothing is
// made up: what the paper does not print stays empty.
func readHead(p *govsweep.Plan, o *paperOutline) {
	for _, s := range o.head {
		key := fold(s)
		switch m := dateMark.FindStringSubmatch(key); {
		case p.Number == "" && numberMark.MatchString(key):
			p.Number = s
		case p.Issued == "" && m != nil && len([]rune(key)) <= len([]rune(m[0]))+2:
			p.Issued = day(m[1], m[2], m[3])
		case titleMark.MatchString(key) && len([]rune(key)) <= 60 && !strings.Contains(key, "。"):
			p.Title = strings.Trim(s, "《》")
		}
		if p.Issuer == "" {
			p.Issuer = issuerOf(s, key)
		}
	}
	if p.Title == "" {
		p.Title = reportedTitle(o.head)
	}
	if p.Title == "" {
		p.Title = bareName(p.Source)
	}
	if p.Year == 0 {
		p.Year = yearOf(fold(p.Title), p.Issued)
	}
}

func issuerOf(s, key string) string {
	if m := redHead.FindStringSubmatch(key); m != nil {
		return strings.TrimSuffix(s, "文件")
	}
	if m := noticeOf.FindStringSubmatch(key); m != nil {
		_, at := foldAt(s)
		return s[:at[runes(m[1])]]
	}
	if issuerMark.MatchString(key) && !strings.ContainsAny(key, ",、:;") {
		return s
	}
	return ""
}

// reportedTitle finds the title a report names in its first sentence: 现将……汇报如下.
func reportedTitle(head []string) string {
	for _, s := range head {
		folded, at := foldAt(s)
		key := string(folded)
		if m := reported.FindStringSubmatchIndex(key); m != nil {
			from, to := len([]rune(key[:m[2]])), len([]rune(key[:m[3]]))
			return s[at[from]:at[to]]
		}
	}
	return ""
}

func bareName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

func yearOf(title, issued string) int {
	if m := titleYear.FindStringSubmatch(title); m != nil {
		y, _ := strconv.Atoi(m[1]) // four digits
		return y
	}
	if len(issued) >= 4 {
		y, _ := strconv.Atoi(issued[:4]) // four digits
		return y
	}
	return 0
}

// head makes the entry of the paper itself: it is to be published with its
// number, date and mark.
func (b *builder) head(o *paperOutline) {
	lines := append([]string(nil), o.head...)
	lines = append(lines, o.tail...)
	var said []string
	for _, s := range lines {
		key := fold(s)
		switch {
		case numberMark.MatchString(key), redHead.MatchString(key), titleMark.MatchString(key) && len([]rune(key)) <= 60,
			dateMark.MatchString(key) && len([]rune(key)) < 30, strings.Contains(key, "此件"), strings.HasPrefix(key, "信息来源"), issuerMark.MatchString(key):
			said = append(said, s)
		}
	}
	t := govsweep.Task{ID: b.id("0.0", 1), Item: "文件本身", Text: strings.Join(said, "；"), Demands: headDemands(b.plan, said)}
	if t.Text == "" {
		t.Text = b.plan.Title
	}
	b.plan.Tasks = append(b.plan.Tasks, t)
}
