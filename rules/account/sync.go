package account

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 通辽市2020年政务公开工作要点（八）: 网站与政务新媒体数据同源、信息同步.
var siteSync = &rules.Indicator{
	Code:    "account-site-sync",
	Title:   "政府网站与政务新媒体信息不同步（数据同源、信息同步）",
	For:     govsweep.AccountTarget,
	Doc:     "Finds accounts that have hardly an item in common with the site of their unit, either way. No paper prints a line: a person decides.",
	Params:  func() any { return new(syncParams) },
	Applies: posting,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[syncParams](p)
		if err != nil {
			return err
		}
		s := p.Account.Sync
		switch {
		case s == nil:
			p.NotMeasured("本次检查没有与网站信息比对")
			return nil
		case s.Why != "":
			p.NotMeasured(strings.TrimSuffix(s.Why, "。"))
			return nil
		}
		articles, posts := s.Total.Paired+s.Total.ArticlesOnly, s.Total.PairedPosts+s.Total.PostsOnly
		onAccount, onSite := below(s.Total.Paired, articles, params), below(s.Total.PairedPosts, posts, params)
		switch {
		case articles >= params.ItemsMin && !onAccount || posts >= params.ItemsMin && !onSite:
			return nil // one way is proof enough of a common origin
		case articles < params.ItemsMin || posts < params.ItemsMin:
			p.NotMeasured(fmt.Sprintf("%s至%s能够确定是否同步的信息，网站%d条、账号%d条，不足%d条%s", govsweep.ChineseDay(s.From), govsweep.ChineseDay(s.To), articles, posts, params.ItemsMin, whyOpen(s)))
		default:
			p.Report(syncFinding(p, s, articles, posts))
		}
		return nil
	},
}

// below says whether too few of the items are on the other side.
func below(paired, items int, params syncParams) bool {
	return items > 0 && 100*paired < params.SharePercentMin*items
}

func syncFinding(p *rules.Pass, s *facts.AccountSync, articles, posts int) govsweep.Finding {
	detail := []string{
		fmt.Sprintf("网站%s，检查编号%d", s.Site.Name, s.Sweep),
		fmt.Sprintf("同一信息：当日发布%d条，网站先发布%d条，账号先发布%d条", s.Total.SameDay, s.Total.SiteFirst, s.Total.AccountFirst),
	}
	for _, a := range s.ArticlesOnly {
		detail = append(detail, fmt.Sprintf("网站已发布、账号未发布：%s%s %s", govsweep.ChineseDate(a.At), rules.Quote(a.Title), a.URL))
	}
	for _, a := range s.PostsOnly {
		detail = append(detail, fmt.Sprintf("账号已发布、网站未发布：%s%s %s", govsweep.ChineseDate(a.At), rules.Quote(a.Title), a.URL))
	}
	f := finding(p, fmt.Sprintf("%s与网站%s在%s至%s期间信息不同步：网站发布的%d条信息中账号发布了%d条，账号发布的%d条信息中网站发布了%d条。",
		named(p), rules.Quote(s.Site.Name), govsweep.ChineseDay(s.From), govsweep.ChineseDay(s.To), articles, s.Total.Paired, posts, s.Total.PairedPosts), detail...)
	f.NeedsReview = true
	return f
}

// whyOpen names the commonest reason why items are open.
func whyOpen(s *facts.AccountSync) string {
	most, why := 0, ""
	for _, w := range slices.Sorted(maps.Keys(s.Open)) {
		if s.Open[w] > most {
			most, why = s.Open[w], w
		}
	}
	if most == 0 {
		return ""
	}
	return fmt.Sprintf("；另有%d条：%s", most, strings.TrimSuffix(why, "。"))
}

type syncParams struct {
	ItemsMin        int `yaml:"items_min"`
	SharePercentMin int `yaml:"share_percent_min"`
}

// Validate asks for a number of items and a share.
func (s syncParams) Validate() error {
	if s.ItemsMin < 1 || s.SharePercentMin < 1 || s.SharePercentMin > 100 {
		return errors.New("items_min 应不小于1，share_percent_min 应在1至100之间")
	}
	return nil
}
