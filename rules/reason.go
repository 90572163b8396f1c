package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// The sentences a verdict gives for its grade.

func (b *Rulebook) vetoReason(outcomes []govsweep.Outcome, vetoes []govsweep.IndicatorCode) string {
	var names []string
	for i := range outcomes {
		if slices.Contains(vetoes, outcomes[i].Indicator) {
			names = append(names, outcomes[i].Title)
		}
	}
	return "存在单项否决问题：" + strings.Join(names, "；") + "，评定为不合格，不再计分。"
}

func (b *Rulebook) lowReason(best govsweep.Points, c *card) string {
	if c.exact() {
		return fmt.Sprintf("扣分指标得分%s分，低于%s分，评定为不合格。", best, b.Scoring.PassLine)
	}
	return fmt.Sprintf("仅已录入分值的问题即使得分不超过%s分，低于%s分，评定为不合格。", best, b.Scoring.PassLine)
}

func (b *Rulebook) openReason(d *facts.Dossier, v *govsweep.Verdict, unpriced, kindUnknown bool) string {
	var why []string
	if !d.Home.Reached {
		why = append(why, "本次未能打开首页")
	}
	if n := len(v.Open); n > 0 {
		why = append(why, fmt.Sprintf("%d项指标尚未测得或须人工复核（%s）", n, b.titles(v.Open)))
	}
	if unpriced {
		why = append(why, fmt.Sprintf("%d项扣分问题的分值待录入（%s）", len(v.Unpriced), b.titles(v.Unpriced)))
	}
	if kindUnknown {
		why = append(why, "登记信息未载明是否为政府门户网站，扣分指标未作评定")
	}
	return "未发现可认定的单项否决问题，但" + strings.Join(why, "，") + "，等次待核。"
}

func (b *Rulebook) passReason(d *facts.Dossier, v *govsweep.Verdict) string {
	score := ""
	if v.Score != nil {
		score = fmt.Sprintf("得分%s分，", v.Score)
	}
	return "在本次检查的范围内未发现单项否决问题，" + score + "评定为合格" + unreadPages(d.Coverage.Pages) + b.unseenVetoes() + "。"
}

// unreadPages says how much of the site 合格 does not rest on.
func unreadPages(p govsweep.PageCounts) string {
	if n := p.Blocked + p.Unread + p.Truncated + p.Skipped; n > 0 {
		return fmt.Sprintf("；已知页面中有%d个本次未读取", n)
	}
	return ""
}

// unseenVetoes says that 合格 does not speak of the vetoes this inspection
// does not look at.
func (b *Rulebook) unseenVetoes() string {
	n := 0
	for _, u := range b.Uncovered {
		if strings.HasPrefix(u.ID, "SV-") {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("；另有%d项单项否决指标本次未检查，须另行认定", n)
}

// titles names at most five indicators.
func (b *Rulebook) titles(codes []govsweep.IndicatorCode) string {
	var names []string
	for _, code := range codes {
		if len(names) == 5 {
			names = append(names, "等")
			break
		}
		if e := b.Entry(code); e != nil {
			names = append(names, e.Name)
		}
	}
	return strings.Join(names, "；")
}
