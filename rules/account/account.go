// Package account checks the accounts of units 政务新媒体.
//
// What an account published is learned from sources that die often, and a
// dead source looks like a dead account. So nothing here says that an account
// was silent unless a source that is proven to work, or two that answer
// whole, saw nothing; else the indicator is not measured, with the reason.
package account

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{
	wordingError, secretLeak, harmful, opinion, stale, appUnusable, noInteraction, fakeFollowers,
	notFiled, subject, duplicate, zombie, lastMinute, originalLow, menuBroken, closing, reprintSource, siteSync, gazette, reviewSystem, countMismatch, functionsGap,
	appNotFiled, forced, complaint, belowCounty,
}

// posting says whether items are to be expected of the account at all.
func posting(d *facts.Dossier) (bool, string) {
	a := &d.Account.Account
	switch {
	case a.Media == govsweep.App || a.Media == govsweep.MiniProgram:
		return false, "移动客户端和小程序不按发布信息的间隔检查。"
	case shut(d):
		return false, "账号已登记为关停。"
	}
	return true, ""
}

// shut says whether the account was registered as closed at the check point.
func shut(d *facts.Dossier) bool {
	a := &d.Account.Account
	return a.State == govsweep.AccountClosed && (a.Closed == "" || a.Closed <= govsweep.DateOf(d.AsOf))
}

// finding is a finding about the account as a whole.
func finding(p *rules.Pass, summary string, detail ...string) govsweep.Finding {
	a := &p.Account.Account
	url := a.URL
	if url == "" && p.Account.Newest != nil {
		url = p.Account.Newest.URL
	}
	return govsweep.Finding{URL: url, Locator: string(a.ID), Summary: summary, Detail: detail}
}

// named prints the account with its platform: 微信公众号“某某发布”.
func named(p *rules.Pass) string { return of(&p.Account.Account) }

func of(a *govsweep.Account) string { return mediaWords[a.Media] + rules.Quote(a.Name) }
