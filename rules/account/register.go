package account

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办发〔2018〕123号: every account is filed in the 全国政务新媒体信息报送系统, also its changes.
var notFiled = &rules.Indicator{
	Code:  "account-not-filed",
	Title: "账号未在全国政务新媒体信息报送系统备案或擅自开设",
	For:   govsweep.AccountTarget,
	Doc:   "Reads the filing state of the register, and asks for a look where a source calls the account by another name.",
	Check: func(p *rules.Pass) error {
		a := &p.Account.Account
		for _, r := range latest(p.Dossier) {
			if r.Health == govsweep.SourceRenamed {
				p.AskInspector(fmt.Sprintf("%s显示的名称为%s，与登记的%s不符，须核对账号是否更名、是否已办理变更备案", label(r), rules.Quote(r.Name), rules.Quote(a.Name)))
			}
		}
		switch a.Filing {
		case govsweep.Unfiled:
			p.Report(finding(p, named(p)+"登记为未备案。"))
		case govsweep.FilingUnsaid:
			p.NotMeasured("账号名录未载明备案状态")
		}
		return nil
	},
}

// 国办发〔2018〕123号: the certified body 认证主体 is the unit that runs the account.
var subject = &rules.Indicator{
	Code:  "account-subject-mismatch",
	Title: "账号认证主体与备案主办单位不一致",
	For:   govsweep.AccountTarget,
	Doc:   "Compares the certified body with the host unit; one that contains the other is left alone.",
	Check: func(p *rules.Pass) error {
		a := &p.Account.Account
		body, unit := facts.Unit(a.Certified), facts.Unit(a.Host)
		switch {
		case body == "" || unit == "":
			p.NotMeasured("账号名录未载明认证主体或主办单位")
		case !strings.Contains(body, unit) && !strings.Contains(unit, body):
			f := finding(p, fmt.Sprintf("%s的认证主体为%s，与主办单位%s不一致。", named(p), rules.Quote(a.Certified), rules.Quote(a.Host)))
			f.NeedsReview = true
			p.Report(f)
		}
		return nil
	},
}

// 国办发〔2018〕123号: 一个单位原则上在同一第三方平台只开设一个政务新媒体账号。
var duplicate = &rules.Indicator{
	Code:   "account-duplicate",
	Title:  "同一单位在同一平台开设多个账号",
	For:    govsweep.AccountTarget,
	Doc:    "Finds other accounts in use of the same unit on the same platform, from the register alone. Each of them has its finding, so that its owner sees it whatever a sweep leaves out; Shared says that they are one matter.",
	Params: func() any { return new(duplicateParams) },
	Applies: func(d *facts.Dossier) (bool, string) {
		switch d.Account.Account.Media {
		case govsweep.App, govsweep.MiniProgram, govsweep.OtherMedia:
			return false, "该指标只适用于第三方平台上的账号。"
		}
		return !shut(d), "账号已登记为关停。"
	},
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[duplicateParams](p)
		if err != nil {
			return err
		}
		a := &p.Account.Account
		if a.Host == "" {
			p.NotMeasured("账号名录未载明主办单位")
			return nil
		}
		if len(p.Account.Twins) < params.PerPlatformMax {
			return nil
		}
		var names []string
		for _, t := range p.Account.Twins {
			names = append(names, rules.Quote(t.Name))
		}
		f := finding(p, fmt.Sprintf("%s除%s外，在同一平台还开设有%s。", rules.Clip(a.Host, 60), named(p), rules.Clip(strings.Join(names, "、"), 300)))
		f.Shared = fmt.Sprintf("account-duplicate %s %s", a.Media, facts.Unit(a.Host))
		p.Report(f)
		return nil
	},
}

type duplicateParams struct {
	PerPlatformMax int `yaml:"per_platform_max"`
}

// Validate asks for a number of accounts.
func (d duplicateParams) Validate() error {
	if d.PerPlatformMax < 1 {
		return errors.New("per_platform_max 应不小于1")
	}
	return nil
}

// 杨陵区2025年通报要求: an account that is being closed is kept up until it is cancelled, with gaps of at most 14 days;
// one that is closed publishes nothing.
var closing = &rules.Indicator{
	Code:   "account-close-improper",
	Title:  "关停账号未公告注销，或注销完成前停止更新",
	For:    govsweep.AccountTarget,
	Doc:    "Finds accounts that publish after the day they were closed, and accounts being closed that fell silent.",
	Params: func() any { return new(closingParams) },
	Applies: func(d *facts.Dossier) (bool, string) {
		return d.Account.Account.State == govsweep.AccountClosing || shut(d), "账号没有登记为关停或正在关停。"
	},
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[closingParams](p)
		if err != nil {
			return err
		}
		a := &p.Account.Account
		switch {
		case a.State == govsweep.AccountClosing:
			return quiet(p, p.AsOf.AddDate(0, 0, -params.GapDaysMax), "注销尚未完成，已停止更新", params.GapDaysMax)
		case p.Account.Later != "":
			p.Report(goesOn(p))
		case a.Closed == "":
			p.NotMeasured("账号名录未载明关停日期")
		case p.Account.Newest == nil && len(p.Account.Readings) == 0:
			p.NotMeasured("没有信息来源，未能核对关停后是否仍在发布")
		}
		return nil
	},
}

type closingParams struct {
	GapDaysMax int `yaml:"gap_days_max"`
}

// Validate asks for a number of days.
func (c closingParams) Validate() error {
	if c.GapDaysMax < 1 || c.GapDaysMax > 366 {
		return errors.New("gap_days_max 应在1至366之间")
	}
	return nil
}

// goesOn tells that a closed account goes on publishing: by its newest post,
// and the answers that show that one.
func goesOn(p *rules.Pass) govsweep.Finding {
	closed, first := govsweep.ChineseDay(p.Account.Account.Closed), p.Account.Later
	newest := p.Account.Newest
	if newest == nil || govsweep.DateOf(newest.At) < first {
		newest = &govsweep.Post{}
	}
	last := govsweep.DateOf(newest.At)
	summary := fmt.Sprintf("%s登记于%s关停，%s仍发布信息。", named(p), closed, govsweep.ChineseDay(first))
	if newest.At.IsZero() {
		f := finding(p, summary)
		f.Evidence = capturesFrom(p.Dossier, first)
		return f
	}
	summary = fmt.Sprintf("%s登记于%s关停，此后仍发布信息，最近一条信息%s发布于%s。", named(p), closed, rules.Quote(newest.Title), govsweep.ChineseDay(last))
	f := finding(p, summary, fmt.Sprintf("关停后最早一条信息发布于%s", govsweep.ChineseDay(first)))
	if newest.URL != "" {
		f.URL = newest.URL
	}
	if f.Evidence = capturesFrom(p.Dossier, last); len(f.Evidence) == 0 { // what shows it was not kept: one that shows an earlier post
		f.Evidence = capturesFrom(p.Dossier, first)
	}
	return f
}
