package reports

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

// listSample lists what was drawn, and stratum by stratum what it says of
// the whole.
func (c *Circular) listSample() {
	d := c.in.Sample
	if d == nil {
		return
	}
	sites := map[govsweep.TargetID]*siteResult{}
	for i := range c.sites {
		sites[c.sites[i].Site.ID] = &c.sites[i]
	}
	strata := c.newList("抽样分层结果", Col{Title: "层级", Width: 12}, Col{Title: "平台", Width: 22}, Col{Title: "总体网站", Width: 9, Right: true}, Col{Title: "抽取网站", Width: 9, Right: true},
		Col{Title: "已作结论", Width: 9, Right: true}, Col{Title: "合格", Width: 8, Right: true}, Col{Title: "合格率", Width: 9, Right: true}, Col{Title: "95%置信区间", Width: 18})
	names := c.newList("抽样名单", Col{Title: "层级", Width: 12}, Col{Title: "平台", Width: 22}, Col{Title: "编号", Width: 16}, Col{Title: "网站名称", Width: 30}, Col{Title: "结论", Width: 9})
	c.tables.strata, c.tables.drawn = strata, names
	for _, st := range d.Strata {
		good, decided := 0, 0
		for _, id := range st.Drawn {
			name, word := unknown, "未列入检查"
			if s := sites[govsweep.TargetID(id)]; s != nil {
				name, word = s.Site.Name, s.Result.String()
				switch s.Result {
				case siteQualified:
					good, decided = good+1, decided+1
				case siteUnqualified:
					decided++
				}
			}
			names.add(text(notedOr(st.Level, "未注明")), text(notedOr(st.Platform, "未注明")), text(id), text(orUnknown(name)), text(word))
		}
		rate, interval := rateAndInterval(good, decided)
		strata.add(text(notedOr(st.Level, "未注明")), text(notedOr(st.Platform, "未注明")), count(st.Size), count(len(st.Drawn)), count(decided), count(good), text(rate), text(interval))
	}
}

func rateAndInterval(good, decided int) (rate, interval string) {
	if decided == 0 {
		return unknown, unknown
	}
	low, high := sampling.Wilson(good, decided)
	return percentText(float64(good), float64(decided)), fmt.Sprintf("%.2f%%至%.2f%%", 100*low, 100*high)
}

// sampleMethod says how the sample was drawn, so that anyone can draw it again.
func (c *Circular) sampleMethod() []string {
	d := c.in.Sample
	return []string{
		fmt.Sprintf("抽样比例%s%%，种子“%s”，总体共%d个网站，分%d层，抽取%d个；总体摘要%s。", orUnknown(clean(d.Percent)), orUnknown(clean(d.Seed)), d.Frame, len(d.Strata), len(d.IDs), orUnknown(clean(d.Digest))),
		clean(d.Rule),
		"合格率和置信区间按已作出合格、不合格结论的网站计算，未按层加权。",
	}
}

// countSample gives the interval in which the pass rate of the whole frame
// lies, as far as a sample can say.
func (c *Circular) countSample() {
	l := c.tables.drawn
	if l == nil {
		return
	}
	c.sum("sample.frame", "抽样总体网站", "个", c.tables.strata, "总体网站", c.tables.strata.all())
	c.rows("sample.drawn", "抽取网站", "个", l, l.all())
	t := c.tables.targets
	good, decided := c.where(resultIs(siteQualified)), c.where(resultIs(siteQualified, siteUnqualified))
	low, high := sampling.Wilson(len(good), len(decided))
	for _, end := range []struct {
		key, label string
		value      float64
	}{{"sample.low", "合格率95%置信区间下限", low}, {"sample.top", "合格率95%置信区间上限", high}} {
		if len(decided) == 0 {
			c.missing(end.key, end.label, "%", "没有已作出合格、不合格结论的网站", t)
			continue
		}
		n := c.number(end.key, end.label, "%", t)
		n.Rows, n.Of, n.Percent, n.Value = good, decided, true, 100*end.value
		n.Text = fmt.Sprintf("%.2f%%", n.Value)
		n.Method = fmt.Sprintf("按%d个已作结论的网站中%d个合格计算的威尔逊95%%置信区间", len(decided), len(good))
	}
}
