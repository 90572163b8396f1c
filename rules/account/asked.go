package account

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// A Question is what a person is asked of an account, as the rulebook words it.
type Question struct {
	ID  string `yaml:"id"`  // MV-07, AC-14-2: stands in checklists for ever
	Ask string `yaml:"ask"` // ends with a question mark; "" asks for figures
	// Want is the answer that is right: 是 or 否.
	Want string `yaml:"want"`
	Says string `yaml:"says"` // what the other answer means, as a finding says it
	// Secret keeps every word of the note out of what is stored and printed.
	Secret bool `yaml:"secret"`
}

// Questions are the parameters of an indicator that rests on answers.
type Questions struct {
	Questions []Question `yaml:"questions"`
	ValidDays int        `yaml:"valid_days"` // how long an answer counts
}

// Validate asks for whole questions.
func (q Questions) Validate() error {
	if len(q.Questions) == 0 || q.ValidDays < 1 || q.ValidDays > 366 {
		return errors.New("questions 至少一项，valid_days 应在1至366之间")
	}
	seen := map[string]bool{}
	for _, one := range q.Questions {
		if one.ID == "" || one.Ask == "" || one.Says == "" || one.Want != "是" && one.Want != "否" || seen[one.ID] {
			return errors.New("每项 questions 须有不重复的 id、ask、says，want 为 是 或 否")
		}
		seen[one.ID] = true
	}
	return nil
}

// asked makes an indicator that only a person can answer: without an answer
// that still counts it is not measured.
func asked(code govsweep.IndicatorCode, title, doc string, applies func(*facts.Dossier) (bool, string)) *rules.Indicator {
	return &rules.Indicator{
		Code: code, Title: title, Doc: doc, For: govsweep.AccountTarget, Applies: applies,
		Params: func() any { return new(Questions) },
		Check: func(p *rules.Pass) error {
			params, err := rules.Params[Questions](p)
			if err != nil {
				return err
			}
			judgeAnswers(p, params)
			return nil
		},
	}
}

// judgeAnswers holds the answers against what is wanted.
func judgeAnswers(p *rules.Pass, params Questions) {
	var open, old []string
	none := 0
	for _, q := range params.Questions {
		a := answerTo(p.Dossier, q.ID)
		switch {
		case a == nil:
			open = append(open, q.ID)
		case outdated(p, a, params.ValidDays):
			old = append(old, fmt.Sprintf("%s（%s）", q.ID, govsweep.ChineseDay(a.On)))
		case a.Answer == govsweep.CheckNone:
			none++
		case a.Answer != wantOf(q.Want):
			report(p, q, a)
		}
	}
	switch {
	case len(open) > 0:
		p.NotMeasured("须由人工检查，检查清单中" + strings.Join(open, "、") + "尚未录入结果")
	case len(old) > 0:
		p.NotMeasured(fmt.Sprintf("人工检查记录已超过%d天，须重新检查：%s", params.ValidDays, strings.Join(old, "、")))
	case none == len(params.Questions):
		p.NotApplicable("经人工检查，该项不适用")
	}
}

func wantOf(word string) govsweep.CheckWord {
	if word == "是" {
		return govsweep.CheckYes
	}
	return govsweep.CheckNo
}

func answerTo(d *facts.Dossier, id string) *govsweep.CheckAnswer {
	i := slices.IndexFunc(d.Account.Checks, func(c govsweep.CheckAnswer) bool { return c.Question == id })
	if i < 0 {
		return nil
	}
	return &d.Account.Checks[i]
}

func outdated(p *rules.Pass, a *govsweep.CheckAnswer, days int) bool {
	return between(a.On, govsweep.DateOf(p.AsOf)) > days
}

func between(from, to string) int {
	a, err := govsweep.ParseDate(from)
	b, err2 := govsweep.ParseDate(to)
	if err != nil || err2 != nil {
		return 0
	}
	return govsweep.DaysBetween(a, b)
}

func report(p *rules.Pass, q Question, a *govsweep.CheckAnswer) {
	f := finding(p, fmt.Sprintf("%s经%s人工检查，%s。", named(p), govsweep.ChineseDay(a.On), q.Says), "检查人："+rules.Clip(a.By, 40))
	if a.Note != "" && !q.Secret {
		f.Detail = append(f.Detail, "说明："+rules.Clip(a.Note, 200))
	}
	if a.URL != "" {
		f.URL = a.URL
	}
	f.Locator += "#" + q.ID
	p.Report(f)
}

// inUse says whether the account is in use: what is closed is asked nothing.
func inUse(d *facts.Dossier) (bool, string) { return !shut(d), "账号已登记为关停。" }

// isApp says whether the account is an app or a 小程序 in use.
func isApp(d *facts.Dossier) (bool, string) {
	m := d.Account.Account.Media
	if m != govsweep.App && m != govsweep.MiniProgram {
		return false, "该指标只适用于移动客户端和小程序。"
	}
	return inUse(d)
}

func isClient(d *facts.Dossier) (bool, string) {
	if d.Account.Account.Media != govsweep.App {
		return false, "该指标只适用于移动客户端。"
	}
	return inUse(d)
}

// 国办秘函〔2019〕19号 政务新媒体单项否决; 国办发〔2018〕123号; 国办函〔2026〕12号; 内蒙古自治区2022年政务公开工作要点（十六）:
// what no program of this version can see, each with its questions in the rulebook.
var (
	wordingError  = asked("wording-error-account-veto", "政务新媒体出现严重表述错误", "A person records serious wording errors.", inUse)
	secretLeak    = asked("secret-leak-account-veto", "政务新媒体泄露国家秘密", "A person records address and day alone; no text is kept.", inUse)
	harmful       = asked("harmful-content-account-veto", "政务新媒体发布或链接反动、暴力、色情等内容", "A person records harmful content or links.", inUse)
	opinion       = asked("negative-opinion-account-veto", "因发布内容不当引发严重负面舆情", "A person records what a content led to.", inUse)
	appUnusable   = asked("app-unusable-veto", "移动客户端（APP）无法下载或无法正常使用", "A person tries to get and use the app.", isClient)
	noInteraction = asked("account-no-interaction-veto", "未提供有效互动功能", "A person tries the ways to talk to the account.", inUse)
	fakeFollowers = asked("account-fake-followers-veto", "存在购买“粉丝”、强制要求群众点赞等弄虚作假行为", "A person records what was proven.", inUse)
	menuBroken    = asked("account-menu-broken", "菜单或功能链接失效", "A person opens every menu of the account.", inUse)
	reviewSystem  = asked("account-review-system", "未建立分级分类审核、先审后发制度", "A person looks into the rules of the unit.", inUse)
	functionsGap  = asked("account-functions-gap", "政务新媒体缺少发布解读、政民互动或办事服务功能", "A person looks for three functions.", inUse)
	forced        = asked("app-forced-functions", "设置打卡签到、积分排名、在线时长统计等强制功能", "A person looks for functions that are forbidden.", isApp)
	complaint     = asked("app-complaint-missing", "未提供投诉建议功能", "A person looks for a way to complain.", isApp)
)
