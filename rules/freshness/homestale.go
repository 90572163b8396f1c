package freshness

import (
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 单项否决“首页不更新”: 监测2周，首页栏目无信息更新的；首页仅为网站
// 栏目导航入口的，所有二级页面栏目均无信息更新的。 国办发〔2015〕15号: 未注明发布时间的
// 视为不更新。
var homeStaleVeto = &rules.Indicator{
	Code:   "home-stale-veto",
	Title:  "首页不更新",
	Doc:    "No dated item of the home page lies within the window; where the home page only leads on, none of any second-level page.",
	Needs:  []facts.FactKind{facts.KindHome},
	Params: func() any { return new(homeParams) },
	Check:  checkHome,
}

type homeParams struct {
	WindowDays int    `yaml:"window_days"`
	Undated    string `yaml:"undated"` // not-updated: an item without a date is no update; review: a person looks
}

// Validate refuses what cannot be a window, and words nobody knows.
func (h homeParams) Validate() error {
	if h.WindowDays < 1 {
		return errors.New("window_days 应不小于1")
	}
	if h.Undated != "not-updated" && h.Undated != "review" {
		return errors.New("undated 应为 not-updated 或 review")
	}
	return nil
}

func checkHome(p *rules.Pass) error {
	params, err := rules.Params[homeParams](p)
	if err != nil {
		return err
	}
	if !p.Home.Reached {
		p.NotMeasured("首页未能打开，无法判断是否更新")
		return nil
	}
	newest, title, dated := newestHome(p)
	switch {
	case dated && !rules.OverDays(newest, p.AsOf, params.WindowDays):
	case p.Home.Unread != "":
		p.NotMeasured("首页部分内容未能读取：" + p.Home.Unread)
	case p.Home.NavOnly && unreadSecondLevel(p) > 0:
		p.NotMeasured(fmt.Sprintf("首页仅为导航入口，有%d个栏目未能读取，无法判断二级页面是否更新", unreadSecondLevel(p)))
	case dated:
		p.Report(homeFinding(p, params, fmt.Sprintf("最近一条信息%s发布于%s，距监测时间点已超过%d天。",
			rules.Quote(title), govsweep.ChineseDate(newest), params.WindowDays)))
	case p.Home.NavOnly, p.Home.Items == 0:
		p.AskInspector("首页没有读到带日期的信息，是否更新须人工核对")
	case params.Undated == "review" || !p.Coverage.Complete:
		p.AskInspector(fmt.Sprintf("首页%d条信息均未读到发布日期，是否更新须人工核对", p.Home.Items))
	default:
		f := homeFinding(p, params, fmt.Sprintf("首页%d条信息均未标明发布日期，按规定视为未更新。", p.Home.Items))
		f.NeedsReview = true
		p.Report(f)
	}
	return nil
}

// newestHome is the newest item of the home page; where it only leads on, of
// the columns too.
func newestHome(p *rules.Pass) (newest time.Time, title string, dated bool) {
	if t, err := govsweep.ParseDate(p.Home.Newest); err == nil {
		newest, title, dated = t, p.Home.NewestTitle, true
	}
	if !p.Home.NavOnly {
		return newest, title, dated
	}
	for i := range p.Dossier.Columns {
		c := &p.Dossier.Columns[i]
		if t, err := govsweep.ParseDate(c.Newest); err == nil && t.After(newest) {
			newest, title, dated = t, c.NewestTitle, true
		}
	}
	return newest, title, dated
}

func unreadSecondLevel(p *rules.Pass) int {
	n := 0
	for i := range p.Dossier.Columns {
		if p.Dossier.Columns[i].Unread != "" {
			n++
		}
	}
	return n
}

func homeFinding(p *rules.Pass, params homeParams, fact string) govsweep.Finding {
	subject := "首页"
	if p.Home.NavOnly {
		subject = "首页为导航入口，所有二级页面"
	}
	return govsweep.Finding{
		URL: p.Home.URL, Locator: "home",
		Summary: fmt.Sprintf("%s在%s前%d天内没有信息更新：%s", subject, govsweep.ChineseDate(p.AsOf), params.WindowDays, fact),
		Detail: []string{
			"首页信息：" + items(p.Home.Items, p.Home.Undated),
			"最近日期：" + orNone(p.Home.Newest),
		},
		Evidence:    rules.Capture("page", p.Home.URL, p.Home.Digest),
		NeedsReview: p.Home.Undated > 0,
	}
}

func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return govsweep.ChineseDay(s)
}
