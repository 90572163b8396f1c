package headtags

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办发〔2017〕47号 页面标签: 标签值应与页面显示的标题、时间、来源一致。
var valueMismatch = &rules.Indicator{
	Code:  "tag-value-mismatch",
	Title: "标签值与页面显示不一致",
	Doc:   "ArticleTitle, PubDate and ContentSource against what the body prints; one finding for each.",
	Needs: []facts.FactKind{facts.KindHeadTags, facts.KindArticles},
	Check: func(p *rules.Pass) error {
		seen := 0
		for _, key := range []string{"title", "time", "source"} {
			t := p.Tags.Mismatch[key]
			if t == nil {
				continue
			}
			if seen += t.Pages; len(t.Lacking) == 0 {
				continue
			}
			f := rules.Grouped(t.Lacking, key)
			f.Summary = fmt.Sprintf("%d个内容页的%s标签值与页面显示的%s不一致，例如：%s。",
				t.Lacks(), mismatchTag[key], mismatchName[key], t.Lacking[0].URL)
			f.Detail = rules.Quotes(t.Lacking)
			p.Report(f)
		}
		if seen == 0 {
			p.NotApplicable("本次没有读到同时带有标签值和页面显示值的内容页")
		}
		return nil
	},
}

var (
	mismatchTag  = map[string]string{"title": "ArticleTitle", "time": "PubDate", "source": "ContentSource"}
	mismatchName = map[string]string{"title": "标题", "time": "时间", "source": "来源"}
)

// 国办发〔2017〕47号: SiteIDCode 标签填写政府网站标识码，与网站底部功能区标注的标识码、“我为
// 政府网站找错”监督举报平台入口和备案系统登记的标识码应为同一编码。
var siteIDMismatch = &rules.Indicator{
	Code:  "site-id-mismatch",
	Title: "SiteIDCode标签与底部标识码、“找错”sitecode、备案系统标识码不一致",
	Doc:   "All the places that carry the site code say the same well-formed one.",
	Needs: needs,
	Check: checkSiteID,
}

// place is one place a site code was read at.
type place struct {
	name  string
	value string
	pages []facts.PageRef // some of the pages it stands on
	on    int             // how many those are
}

func checkSiteID(p *rules.Pass) error {
	places := codePlaces(p.Dossier)
	values := map[string]bool{}
	var bad []string
	for _, pl := range places {
		values[strings.ToLower(pl.value)] = true
		if !govsweep.ValidSiteIDCode(strings.ToLower(pl.value)) {
			bad = append(bad, pl.name)
		}
	}
	switch {
	case len(places) == 0:
		p.NotApplicable("登记信息和已读页面中都没有网站标识码，无从比对")
	case len(values) > 1:
		p.Report(siteIDFinding(p, places, "各处的网站标识码不一致："+said(places)+"。"))
	case len(bad) > 0:
		p.Report(siteIDFinding(p, places, "网站标识码"+rules.Quote(places[0].value)+"不是10位数字或bm加8位数字。"))
	case len(places) == 1:
		p.NotApplicable("只在" + places[0].name + "读到网站标识码，无从比对")
	}
	return nil
}

func codePlaces(d *facts.Dossier) []place {
	var out []place
	if d.Site.Code != "" {
		out = append(out, place{"登记信息", d.Site.Code, nil, 0})
	}
	marks := []facts.PageRef{d.Marks.Page}
	if d.Marks.SiteIDCode != "" {
		out = append(out, place{"网站底部", d.Marks.SiteIDCode, marks, 1})
	}
	if d.Marks.ReportCode != "" {
		out = append(out, place{"“找错”入口", d.Marks.ReportCode, marks, 1})
	}
	values := make([]string, 0, len(d.Tags.IDCodes))
	for v := range d.Tags.IDCodes {
		values = append(values, v)
	}
	slices.Sort(values)
	for _, v := range values {
		if t := d.Tags.IDCodes[v]; t != nil && strings.TrimSpace(v) != "" {
			out = append(out, place{"SiteIDCode标签", strings.TrimSpace(v), t.Lacking, max(t.Pages, t.Lacks())})
		}
	}
	return out
}

func said(places []place) string {
	var parts []string
	for i, pl := range places {
		if i == 6 {
			return strings.Join(parts, "，") + "等"
		}
		parts = append(parts, pl.name+"为"+rules.Quote(pl.value))
	}
	return strings.Join(parts, "，")
}

// siteIDFinding covers the pages whose code differs from the register's, or
// all of them when the register has none.
func siteIDFinding(p *rules.Pass, places []place, summary string) govsweep.Finding {
	var refs []facts.PageRef
	right := strings.ToLower(p.Site.Code)
	var detail []string
	for _, pl := range places {
		line := pl.name + "：" + rules.Clip(pl.value, 40)
		if pl.on > 1 {
			line += fmt.Sprintf("（%d个页面）", pl.on)
		}
		detail = append(detail, line)
		if strings.ToLower(pl.value) != right || !govsweep.ValidSiteIDCode(right) {
			refs = append(refs, pl.pages...)
		}
	}
	refs = slices.DeleteFunc(refs, func(r facts.PageRef) bool { return r.URL == "" })
	if len(refs) == 0 {
		refs = []facts.PageRef{{URL: p.Home.URL, Digest: p.Home.Digest}}
	}
	f := rules.Grouped(refs, "site-id")
	f.Summary, f.Detail = summary, detail
	return f
}
