package disclosure

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 通辽市2020年政务公开工作要点（一）: 开设专题专栏的，公布咨询、监督电话。
var topicPhone = &rules.Indicator{
	Code:  "topic-phone",
	Title: "专题专栏未公布咨询、监督电话",
	Doc:   "One finding for each topic column whose page prints no phone; a column that only gathers topics is none itself.",
	Needs: []facts.FactKind{facts.KindColumns, facts.KindListings},
	Check: func(p *rules.Pass) error {
		seen, unread := 0, 0
		states := p.Columns()
		for i := range states {
			c := &states[i]
			switch {
			case c.Class != govsweep.TopicColumn, c.OutsideOnly, gathers(c),
				c.Verdict == govsweep.ColumnExempt, c.Notice != "":
				continue
			case len(c.Phones) > 0:
			case c.Unread != "":
				unread++
			default:
				p.Report(phoneFinding(p, c))
			}
			seen++
		}
		if seen == 0 {
			p.NotApplicable("未发现专题专栏")
		}
		if unread > 0 {
			p.AskInspector(fmt.Sprintf("%d个专题专栏未能读取", unread))
		}
		return nil
	},
}

// gathers says that a column only leads to the topics.
func gathers(c *rules.ColumnState) bool {
	return len(c.Children) > 0 || slices.Contains([]string{"专题", "专栏", "专题专栏", "热点专题", "专题集锦", "专题列表", "往期专题"}, c.Name)
}

func phoneFinding(p *rules.Pass, c *rules.ColumnState) govsweep.Finding {
	return govsweep.Finding{
		Column: c.Ref(), URL: c.Page(), Pages: []string{c.URL},
		Summary:  fmt.Sprintf("专题专栏%s没有公布咨询、监督电话。", rules.Quote(c.Name)),
		Evidence: c.Evidence(),
		Unproven: rules.UnsureClass(p, c),
	}
}
