package account

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// slack is how long before the check point a reading may have been taken and
// still speak of it.
const slack = 24 * time.Hour

// peersNeeded is how many other accounts with fresh posts prove a service
// where none of them is a 控制账号.
const peersNeeded = 2

// silence says whether the account is proven to have published nothing from
// the day of since until the check point: by whom, or why it is not proven.
func silence(d *facts.Dossier, since time.Time) (proof []string, captures []govsweep.Evidence, why string) {
	var alone, sure, doubts []string
	services := map[string]bool{}
	for _, r := range latest(d) {
		a := &d.Account.Account
		name := label(r)
		if no := unfit(r, d.AsOf, since); no != "" {
			doubts = append(doubts, name+"："+strings.TrimSuffix(no, "。"))
			continue
		}
		captures = append(captures, captureOf(r)...)
		says := fmt.Sprintf("%s：%s读取，未见%s以后的信息", name, govsweep.ChineseDate(r.At), govsweep.ChineseDate(since))
		service := facts.ServiceOf(a, r.Source)
		p := d.Account.Services[service]
		switch {
		case r.Source.Kind == govsweep.ExportSource || r.Source.Kind == govsweep.ManualSource:
			sure = append(sure, says)
		case p.Controls > 0 || p.Peers >= peersNeeded:
			sure = append(sure, says+fmt.Sprintf("；同一渠道另有%d个账号可读到近日信息（如%s%s）", p.Peers, rules.Quote(p.Example), govsweep.ChineseDate(p.Newest)))
		case !services[service]:
			services[service] = true
			alone = append(alone, says)
		}
	}
	switch {
	case len(sure) > 0:
		return append(sure, alone...), captures, ""
	case len(alone) > 1:
		return alone, captures, ""
	case len(alone) == 1:
		doubts = append(doubts, alone[0]+"，但没有其他来源或控制账号证明该渠道当日正常")
	case len(doubts) == 0:
		doubts = append(doubts, "没有登记信息来源，也没有导入发布信息")
	}
	return nil, nil, "未能确认账号是否更新：" + strings.Join(doubts, "；")
}

// captureOf cites the answer a reading rests on; nothing for one without.
func captureOf(r *govsweep.Reading) []govsweep.Evidence {
	if r.Digest == "" {
		return nil
	}
	url := r.URL
	if url == "" {
		url = r.Source.Address
	}
	return []govsweep.Evidence{{Digest: r.Digest, Kind: string(govsweep.ResponseCapture), URL: url, At: r.At.In(govsweep.Shanghai).Format(time.RFC3339)}}
}

// capturesFrom cites the newest answers that list something of day or later.
func capturesFrom(d *facts.Dossier, day string) []govsweep.Evidence {
	var out []govsweep.Evidence
	for _, r := range latest(d) {
		if !r.Newest.IsZero() && govsweep.DateOf(r.Newest) >= day {
			out = append(out, captureOf(r)...)
		}
	}
	return out
}

// latest gives of every source the reading that speaks furthest, else its last one.
func latest(d *facts.Dossier) []*govsweep.Reading {
	at := map[string]int{}
	var out []*govsweep.Reading
	for i := range d.Account.Readings {
		r := &d.Account.Readings[i]
		key := r.Source.Key()
		j, known := at[key]
		switch {
		case !known:
			at[key] = len(out)
			out = append(out, r)
		case better(r, out[j], d.AsOf):
			out[j] = r
		}
	}
	slices.SortFunc(out, func(a, b *govsweep.Reading) int { return strings.Compare(a.Source.Key(), b.Source.Key()) })
	return out
}

// better prefers a working reading that reaches the check point over a later
// one that failed: the source answered when it counted.
func better(r, than *govsweep.Reading, asOf time.Time) bool {
	speaks := func(x *govsweep.Reading) bool {
		return x.Health == govsweep.SourceWorking && x.Through.After(asOf.Add(-slack))
	}
	return speaks(r) || !speaks(than)
}

// unfit says why a reading cannot prove that nothing was published; "" when
// it can.
func unfit(r *govsweep.Reading, asOf, since time.Time) string {
	switch {
	case r.Health == govsweep.SourceEmpty:
		return "没有任何信息，不能视为未更新"
	case r.Health != govsweep.SourceWorking:
		return r.Why
	case r.Source.Kind == govsweep.PageSource:
		return "只能证明发布过信息，不能证明此后未更新"
	case r.Items == 0:
		return "没有任何信息，不能视为未更新"
	case r.Undated > 0:
		return fmt.Sprintf("有%d条信息的日期不能辨认", r.Undated)
	case r.Through.IsZero():
		return "未注明截取日期，只能证明发布过信息"
	case r.Through.Before(asOf.Add(-slack)):
		return "只反映到" + govsweep.ChineseDate(r.Through)
	case r.From.IsZero() || govsweep.DateOf(r.From) > govsweep.DateOf(since):
		return "只有" + govsweep.ChineseDate(r.From) + "以后的信息，不能反映整个监测期"
	}
	return ""
}

func label(r *govsweep.Reading) string {
	if r.Source.Address == "" {
		return kindWords[r.Source.Kind]
	}
	return kindWords[r.Source.Kind] + "（" + rules.Clip(r.Source.Address, 80) + "）"
}
