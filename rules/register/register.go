// Package register holds a site against its row of the register: whether what
// the bureau filed is what is there.
package register

import (
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{mismatch}

// 全国政府网站信息报送系统填报要求: 网站名称、域名、主办单位、负责人、运行状态应与实际一致，有变化的
// 及时变更。
var mismatch = &rules.Indicator{
	Code:  "register-mismatch",
	Title: "备案信息与实际不符（名称、域名、主办单位、负责人、状态）",
	Doc: "One finding for each entry of the row that differs: domain, name, unit, state. The identity code is site-id-mismatch's, a closed site domain-idle's. " +
		"Who is responsible 负责人 stands on no page and is for a person.",
	Applies: func(d *facts.Dossier) (bool, string) {
		switch {
		case !d.Site.Registered():
			return false, "该网站没有登记信息，无从比对。"
		case d.Site.State.Ended():
			return false, "该网站登记为关停或迁移，不比对备案信息；域名是否注销另行检查。"
		case d.Site.State == govsweep.Suspended:
			return false, "该网站登记为临时下线，是否如实须由人工核对。"
		}
		return true, ""
	},
	Probed: true, // a domain that is gone is a definite answer, though no page was read
	Check: func(p *rules.Pass) error {
		notes := p.AgainstRegister()
		for i := range notes {
			if n := &notes[i]; n.Kind == govsweep.RegisterUnread {
				p.NotMeasured(n.Summary)
			} else {
				p.Report(differs(p, n))
			}
		}
		if len(notes) == 0 && (p.Marks.TagName == "" || p.Site.Name == "") && (p.Marks.Host == "" || p.Site.Host == "") {
			p.NotMeasured("首页没有转向他处，但没有读到网站名称标签和底部的主办单位，或者名录没有载明，无从比对")
		}
		return nil
	},
}

// entries are what the register says where it differs, as it calls that.
var entries = map[govsweep.RegisterKind]string{
	govsweep.NameGone: "域名", govsweep.NameEmpty: "域名", govsweep.SiteParked: "首页网址", govsweep.SiteMoved: "首页网址",
	govsweep.TitleDiffers: "网站名称", govsweep.OwnerDiffers: "主办单位",
}

func differs(p *rules.Pass, n *govsweep.RegisterNote) govsweep.Finding {
	f := govsweep.Finding{URL: p.Home.URL, Locator: string(n.Kind), Summary: summary(p, n), Detail: []string{"登记的" + entries[n.Kind] + "：" + rules.Clip(n.Listed, 200)}}
	if f.URL == "" {
		f.URL = p.Site.URL
	}
	if n.Seen != "" && n.Kind != govsweep.NameGone && n.Kind != govsweep.NameEmpty {
		f.Detail = append(f.Detail, "实际所见："+rules.Clip(n.Seen, 200))
	}
	f.Evidence = rules.Capture("page", f.URL, p.Home.Digest)
	if n.Kind == govsweep.OwnerDiffers && p.Marks.Page.URL != "" {
		f.URL = p.Marks.Page.URL
		f.Evidence = rules.Capture("page", f.URL, p.Marks.Page.Digest)
	}
	return f
}

// summary is the sentence of the note; a site that is registered as running
// says so where it does not run.
func summary(p *rules.Pass, n *govsweep.RegisterNote) string {
	switch n.Kind {
	case govsweep.NameGone, govsweep.NameEmpty, govsweep.SiteParked:
		if p.Site.State == govsweep.Running {
			return "网站登记为正常运行，" + strings.TrimPrefix(n.Summary, "登记的")
		}
	}
	return n.Summary
}
