package account

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 旌德县2021年政务公开工作要点 三（二）: 政务新媒体 pushes what the gazette 政府公报 prints.
var gazette = &rules.Indicator{
	Code:   "account-gazette-spread",
	Title:  "政务新媒体未推送政府公报内容",
	For:    govsweep.AccountTarget,
	Doc:    "Looks for the gazette among the posts of accounts of governments; only an account whose whole year is known can lack it.",
	Params: func() any { return new(gazetteParams) },
	Applies: func(d *facts.Dossier) (bool, string) {
		if !strings.Contains(d.Account.Account.Host, "人民政府") {
			return false, "主办单位不是人民政府或其办公机构。"
		}
		return posting(d)
	},
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[gazetteParams](p)
		if err != nil {
			return err
		}
		since := govsweep.DateOf(govsweep.MonthsBefore(p.AsOf, params.Months).AddDate(0, 0, 1))
		if g := p.Account.Gazette; g != nil && govsweep.DateOf(g.At) >= since {
			return nil
		}
		act := p.Account.Activity
		if act == nil || !knownSince(act, since) {
			p.NotMeasured(fmt.Sprintf("已知的信息中没有政府公报，但没有来源完整反映近%d个月的发布情况", params.Months))
			return nil
		}
		p.Report(finding(p, fmt.Sprintf("%s在监测时间点%s前%d个月内发布信息%d条，没有推送政府公报内容。", named(p), govsweep.ChineseDate(p.AsOf), params.Months, act.Total())))
		return nil
	},
}

// knownSince says whether one stretch of known days reaches from since to the end.
func knownSince(a *govsweep.AccountActivity, since string) bool {
	for _, s := range a.Known {
		if s.Holds(since) && s.Holds(a.To) {
			return true
		}
	}
	return false
}

type gazetteParams struct {
	Months int `yaml:"months"`
}

// Validate asks for months of one year at most.
func (g gazetteParams) Validate() error {
	if g.Months < 1 || g.Months > 12 {
		return errors.New("months 应在1至12之间")
	}
	return nil
}

// 额尔古纳市推进基层政务公开标准化规范化工作阶段性进展（六）: a unit prints how many accounts it runs; the register must say the same.
var countMismatch = &rules.Indicator{
	Code:   "account-count-mismatch",
	Title:  "公布的政务新媒体数量与备案、采集数量不一致",
	For:    govsweep.AccountTarget,
	Doc:    "Compares the numbers a unit printed, which a person records, with its accounts in use and those it supervises; once for every unit.",
	Params: func() any { return new(countParams) },
	Applies: func(d *facts.Dossier) (bool, string) {
		u := d.Account.Unit
		switch {
		case shut(d):
			return false, "账号已登记为关停。"
		case u == nil:
			return false, "账号名录未载明主办单位。"
		case u.First != d.Account.Account.ID:
			return false, "与同一主办单位的账号" + rules.Quote(u.Name) + "一并核对。"
		}
		return true, ""
	},
	Check: func(p *rules.Pass) error {
		params, err := rules.Params[countParams](p)
		if err != nil {
			return err
		}
		a := answerTo(p.Dossier, params.ID)
		switch {
		case a == nil:
			p.NotMeasured("须由人工检查，检查清单中" + params.ID + "尚未录入单位公布的数量")
			return nil
		case a.Answer == govsweep.CheckNone || a.Answer == govsweep.CheckNo:
			p.NotApplicable("经人工检查，单位没有公布政务新媒体数量")
			return nil
		case outdated(p, a, params.ValidDays):
			p.NotMeasured(fmt.Sprintf("人工检查记录已超过%d天，须重新检查", params.ValidDays))
			return nil
		}
		printed := Counts(a.Text)
		if len(printed) == 0 {
			p.NotMeasured("录入的数量" + rules.Quote(a.Text) + "不能辨认，应如 微信3、微博1")
			return nil
		}
		var detail []string
		for _, c := range printed {
			if n := p.Account.Unit.InUse[c.Media]; n != c.N {
				detail = append(detail, fmt.Sprintf("%s：公布%d个，名录在用%d个", mediaWords[c.Media], c.N, n))
			}
		}
		if len(detail) > 0 {
			f := finding(p, fmt.Sprintf("%s公布的政务新媒体数量与名录不一致：%s。", rules.Clip(p.Account.Account.Host, 60), strings.Join(detail, "；")), "记录于"+govsweep.ChineseDay(a.On)+"，检查人："+rules.Clip(a.By, 40))
			if a.URL != "" {
				f.URL = a.URL
			}
			f.NeedsReview = true
			p.Report(f)
		}
		return nil
	},
}

type countParams struct {
	ID        string `yaml:"id"`
	Ask       string `yaml:"ask"`
	ValidDays int    `yaml:"valid_days"`
}

// Validate asks for a question.
func (c countParams) Validate() error {
	if c.ID == "" || c.Ask == "" || c.ValidDays < 1 || c.ValidDays > 366 {
		return errors.New("应有 id 和 ask，valid_days 在1至366之间")
	}
	return nil
}

// MediaCount is a number of accounts of one platform.
type MediaCount struct {
	Media govsweep.MediaKind
	N     int
}

var (
	countForm = regexp.MustCompile(`(\p{Han}+|[A-Za-z]+)(?:[（(][A-Za-z]+[）)])?\s*[：:]?\s*(\d{1,5})\s*个?`)
	countWord = []struct {
		part  string
		media govsweep.MediaKind
	}{
		{"微信小程序", govsweep.MiniProgram}, {"小程序", govsweep.MiniProgram}, {"公众号", govsweep.WeChat}, {"微信", govsweep.WeChat}, {"微博", govsweep.Weibo},
		{"抖音", govsweep.Douyin}, {"头条", govsweep.Toutiao}, {"快手", govsweep.Kuaishou}, {"客户端", govsweep.App}, {"APP", govsweep.App}, {"app", govsweep.App},
	}
)

// Counts reads numbers of accounts by platform: 微信3、微博 1个. Of one
// platform that is named twice the numbers add up; other words are left out.
func Counts(s string) []MediaCount {
	var out []MediaCount
	for _, m := range countForm.FindAllStringSubmatch(s, 50) {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		for _, w := range countWord {
			if strings.Contains(m[1], w.part) {
				out = add(out, w.media, n)
				break
			}
		}
	}
	return out
}

func add(all []MediaCount, m govsweep.MediaKind, n int) []MediaCount {
	for i := range all {
		if all[i].Media == m {
			all[i].N += n
			return all
		}
	}
	return append(all, MediaCount{m, n})
}
