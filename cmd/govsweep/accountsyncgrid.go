package main

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

func syncGrid(list string, all []compared) reports.Grid {
	switch list {
	case "pairs":
		return pairGrid(all)
	case "single":
		return singleGrid(all)
	}
	return syncMonthGrid(all)
}

// syncMonthGrid has a row for every account and month, and one for the whole.
func syncMonthGrid(all []compared) reports.Grid {
	g := reports.Grid{Name: "网站与账号信息同步情况", Cols: []reports.Col{
		{Title: "平台", Width: 10}, {Title: "账号名称", Width: 20}, {Title: "网站", Width: 24, Wide: true}, {Title: "月份", Width: 9, Keep: true},
		{Title: "网站信息", Width: 9, Right: true}, {Title: "账号信息", Width: 9, Right: true}, {Title: "两处均有", Width: 9, Right: true},
		{Title: "当日", Width: 6, Right: true, Wide: true}, {Title: "网站先发", Width: 9, Right: true, Wide: true}, {Title: "账号先发", Width: 9, Right: true, Wide: true},
		{Title: "账号未发", Width: 9, Right: true}, {Title: "网站未发", Width: 9, Right: true},
		{Title: "账号侧不明", Width: 11, Right: true}, {Title: "网站侧不明", Width: 11, Right: true}, {Title: "日期不明", Width: 9, Right: true, Wide: true},
		{Title: "说明", Width: 44, Tell: true}, {Title: "账号代码", Width: 24, Wide: true}, {Title: "网站标识码", Width: 14, Wide: true},
	}}
	for i := range all {
		c := &all[i]
		months := append([]govsweep.OriginCount{}, c.Months...)
		whole := c.Total
		whole.Month = "合计"
		for _, m := range append(months, whole) {
			row := []reports.Cell{shownText(register.MediaWord(mediaOf(c))), shownText(c.Account.Name), shownText(c.Site.Name), shownText(m.Month)}
			for _, n := range []int{m.Articles, m.Posts, m.PairedPosts, m.SameDay, m.SiteFirst, m.AccountFirst, m.ArticlesOnly, m.PostsOnly, m.ArticlesOpen, m.PostsOpen, m.Undated} {
				if c.Why != "" {
					row = append(row, shownText("—"))
					continue
				}
				row = append(row, counted(n))
			}
			g.Rows = append(g.Rows, append(row, shownText(c.Why), shownText(c.Account.Code), shownText(c.Site.Code)))
		}
	}
	return g
}

func mediaOf(c *compared) govsweep.MediaKind {
	media, _, _ := strings.Cut(c.Account.Code, ":")
	return govsweep.MediaKind(media)
}

// pairGrid shows the evidence behind every pair, so that a person can check it.
func pairGrid(all []compared) reports.Grid {
	g := reports.Grid{Name: "同一信息对照表", Cols: []reports.Col{
		{Title: "账号名称", Width: 18, Wide: true}, {Title: "网站标题", Width: 44, Tell: true}, {Title: "网站时间", Width: 17}, {Title: "账号标题", Width: 44, Tell: true}, {Title: "账号时间", Width: 17},
		{Title: "先后", Width: 10}, {Title: "相差天数", Width: 9, Right: true}, {Title: "依据", Width: 12}, {Title: "标题相似度", Width: 11, Right: true, Spare: true},
		{Title: "正文相似度", Width: 11, Right: true, Spare: true}, {Title: "网站地址", Width: 50, Wide: true}, {Title: "账号地址", Width: 50, Wide: true}, {Title: "网站其他地址", Width: 40, Wide: true},
		{Title: "账号代码", Width: 24, Wide: true},
	}}
	for i := range all {
		for j := range all[i].Pairs {
			p := &all[i].Pairs[j]
			apart := shownText("—")
			if p.Order != govsweep.OrderUnknown {
				apart = counted(p.Days)
			}
			g.Rows = append(g.Rows, []reports.Cell{
				shownText(all[i].Account.Name), shownText(p.Article.Title), shownText(momentOf(&p.Article)), shownText(p.Post.Title), shownText(momentOf(&p.Post)),
				shownText(orderWords[p.Order]), apart, shownText(groundWords[p.Ground]), percent(p.Similarity), textLikeness(p.Distance),
				shownText(p.Article.URL), shownText(p.Post.URL), shownText(strings.Join(p.Article.Also, " ")), shownText(all[i].Account.Code),
			})
		}
	}
	return g
}

// singleGrid lists what has no partner, the certain apart from the open.
func singleGrid(all []compared) reports.Grid {
	g := reports.Grid{Name: "只在一方发布的信息", Cols: []reports.Col{
		{Title: "账号名称", Width: 18}, {Title: "情况", Width: 14}, {Title: "标题", Width: 50, Tell: true}, {Title: "时间", Width: 17}, {Title: "地址", Width: 50, Wide: true},
		{Title: "说明", Width: 50, Tell: true}, {Title: "账号代码", Width: 24, Wide: true},
	}}
	for i := range all {
		c := &all[i]
		add := func(state string, p *govsweep.Published, why string) {
			g.Rows = append(g.Rows, []reports.Cell{shownText(c.Account.Name), shownText(state), shownText(p.Title), shownText(momentOf(p)), shownText(p.URL),
				shownText(why), shownText(c.Account.Code)})
		}
		for j := range c.ArticlesOnly {
			add("账号未发布", &c.ArticlesOnly[j], "")
		}
		for j := range c.PostsOnly {
			add("网站未发布", &c.PostsOnly[j], "")
		}
		for j := range c.ArticlesOpen {
			add("账号侧不明", &c.ArticlesOpen[j].Published, c.ArticlesOpen[j].Why)
		}
		for j := range c.PostsOpen {
			add("网站侧不明", &c.PostsOpen[j].Published, c.PostsOpen[j].Why)
		}
	}
	return g
}

var orderWords = map[govsweep.PairOrder]string{govsweep.SameDay: "当日", govsweep.SiteFirst: "网站先发", govsweep.AccountFirst: "账号先发", govsweep.OrderUnknown: "不明"}

var groundWords = map[govsweep.PairGround]string{govsweep.ByAddress: "同一地址", govsweep.ByTitle: "标题相同", govsweep.ByText: "正文相近", govsweep.ByNearTitle: "标题相近"}

func momentOf(p *govsweep.Published) string {
	switch {
	case p.At.IsZero():
		return "不明"
	case p.DayOnly:
		return govsweep.DateOf(p.At)
	}
	return p.At.In(govsweep.Shanghai).Format("2006-01-02 15:04")
}

func percent(share float64) reports.Cell { return shownText(fmt.Sprintf("%.0f%%", 100*share)) }

// textLikeness prints the distance of two texts as people read it: of 64 bits
// those that agree, and nothing where a text is not known.
func textLikeness(distance int) reports.Cell {
	if distance < 0 {
		return shownText("未取得正文")
	}
	return percent(float64(64-distance) / 64)
}
