package account

import (
	"errors"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办秘函〔2019〕19号 政务新媒体单项否决“内容不更新”: 监测时间点前2周内无更新。
var stale = &rules.Indicator{
	Code:    "account-stale-veto",
	Title:   "监测时间点前2周内无更新",
	For:     govsweep.AccountTarget,
	Doc:     "Finds accounts that published nothing in the window, where sources agree that they did not.",
	Params:  func() any { return new(staleParams) },
	Applies: posting,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[staleParams](p)
		if err != nil {
			return err
		}
		return quiet(p, p.AsOf.AddDate(0, 0, -params.WindowDays), fmt.Sprintf("超过%d天未更新", params.WindowDays), params.WindowDays)
	},
}

type staleParams struct {
	WindowDays int `yaml:"window_days"`
}

// Validate asks for a window.
func (s staleParams) Validate() error {
	if s.WindowDays < 1 || s.WindowDays > 366 {
		return errors.New("window_days 应在1至366之间")
	}
	return nil
}

// 贵州省2025年第二季度政务新媒体通报: 僵尸账号, more than three months silent and still registered as running.
var zombie = &rules.Indicator{
	Code:    "account-zombie",
	Title:   "僵尸账号（超过3个月未更新）仍登记为正常",
	For:     govsweep.AccountTarget,
	Doc:     "Finds accounts silent for months that the register calls running.",
	Params:  func() any { return new(zombieParams) },
	Applies: posting,
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[zombieParams](p)
		if err != nil {
			return err
		}
		if p.Account.Account.State == govsweep.AccountClosing {
			p.NotApplicable("账号已登记为正在关停")
			return nil
		}
		return quiet(p, govsweep.MonthsBefore(p.AsOf, params.MonthsGT), fmt.Sprintf("超过%d个月未更新，仍登记为正常", params.MonthsGT), 0)
	},
}

type zombieParams struct {
	MonthsGT int `yaml:"months_gt"`
}

// Validate asks for a number of months.
func (z zombieParams) Validate() error {
	if z.MonthsGT < 1 || z.MonthsGT > 36 {
		return errors.New("months_gt 应在1至36之间")
	}
	return nil
}

// quiet reports the account when it is proven that it published nothing from
// the day of since on; limit in days, 0 for no count of days out of compliance.
func quiet(p *rules.Pass, since time.Time, what string, limit int) error {
	a, newest := &p.Account.Account, p.Account.Newest
	if newest != nil && govsweep.DateOf(newest.At) >= govsweep.DateOf(since) {
		if r := doubtful(p.Dossier, since); r != nil {
			p.AskInspector(fmt.Sprintf("监测期内的信息只见于%s，该来源显示的名称为%s，须核对是否为本账号发布", label(r), rules.Quote(r.Name)))
		}
		return nil
	}
	if a.Opened != "" && a.Opened >= govsweep.DateOf(since) {
		p.NotApplicable("账号于" + govsweep.ChineseDay(a.Opened) + "开设，至监测时间点尚不足检查的期限")
		return nil
	}
	proof, captures, why := silence(p.Dossier, since)
	if why != "" {
		p.NotMeasured(why)
		return nil
	}
	summary := fmt.Sprintf("%s在%s前%s。", named(p), govsweep.ChineseDate(p.AsOf), what)
	if newest != nil {
		days := govsweep.DaysBetween(newest.At, p.AsOf)
		summary = fmt.Sprintf("%s最近一条信息%s发布于%s，距监测时间点%s已%d天，%s。", named(p), rules.Quote(newest.Title),
			govsweep.ChineseDate(newest.At), govsweep.ChineseDate(p.AsOf), days, what)
		if limit > 0 {
			proof = append(proof, fmt.Sprintf("超出期限%d天", days-limit))
		}
	}
	if g, ok := longest(p.Dossier); ok {
		proof = append(proof, fmt.Sprintf("最近一条信息之前，近一年内已知的最长更新间隔为%d天（%s至%s）", g.Days, govsweep.ChineseDay(g.From), govsweep.ChineseDay(g.To)))
	}
	f := finding(p, summary, proof...)
	f.Evidence = captures
	p.Report(f)
	return nil
}

// doubtful gives the renamed source that alone shows posts since the day of
// since: they may be another account's. nil when any other source shows some,
// or it is not known where they are from.
func doubtful(d *facts.Dossier, since time.Time) *govsweep.Reading {
	var only *govsweep.Reading
	for i := range d.Account.Readings {
		r := &d.Account.Readings[i]
		if govsweep.DateOf(r.Newest) < govsweep.DateOf(since) {
			continue
		}
		if r.Health != govsweep.SourceRenamed {
			return nil
		}
		only = r
	}
	return only
}
