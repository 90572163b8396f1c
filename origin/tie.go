package origin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// SiteTag is the tag by which the register ties an account to a site whatever
// the units say: 同源网站:1507830002.
const SiteTag = "同源网站"

// Tie says which site an account is compared with.
type Tie struct {
	Account govsweep.Account
	Site    *govsweep.Site // nil when none is certain
	// Why says why none is; one Chinese sentence that names the remedy.
	Why string
}

// Ties finds the site of each account: the one its tag names, else the only
// one of the same 主办单位. Names that are merely alike, and several sites of
// one unit, are never guessed at.
func Ties(accounts []govsweep.Account, sites []govsweep.Site) []Tie {
	sites = slices.DeleteFunc(slices.Clone(sites), func(s govsweep.Site) bool { return s.State == govsweep.Closed })
	slices.SortFunc(sites, func(a, b govsweep.Site) int { return cmp.Compare(a.ID, b.ID) })
	out := make([]Tie, 0, len(accounts))
	for i := range accounts {
		out = append(out, tie(accounts[i], sites))
	}
	return out
}

func tie(a govsweep.Account, sites []govsweep.Site) Tie {
	if code, named := tagged(a.Tags); named {
		for i := range sites {
			if string(sites[i].ID) == code || sites[i].Code == code {
				return Tie{Account: a, Site: &sites[i]}
			}
		}
		return Tie{Account: a, Why: fmt.Sprintf("账号标签指定的网站“%s”不在网站名录中，请核对标签“%s”。", code, SiteTag)}
	}
	unit := facts.Simplified(facts.Unit(a.Host))
	if unit == "" {
		return Tie{Account: a, Why: "账号名录未载明主办单位，请补充，或在标签中写明“" + SiteTag + ":网站标识码”。"}
	}
	var same, like []*govsweep.Site
	for i := range sites {
		switch host := facts.Simplified(facts.Unit(sites[i].Host)); {
		case host == unit:
			same = append(same, &sites[i])
		case host != "" && stem(host) == stem(unit):
			like = append(like, &sites[i])
		}
	}
	remedy := "，请在账号标签中写明“" + SiteTag + ":网站标识码”。"
	switch {
	case len(same) == 1:
		return Tie{Account: a, Site: same[0]}
	case len(same) > 1:
		return Tie{Account: a, Why: fmt.Sprintf("主办单位有%d个网站（%s）%s", len(same), list(same), remedy)}
	case len(like) > 0:
		return Tie{Account: a, Why: fmt.Sprintf("没有主办单位同为“%s”的网站，名称相近的有%s%s", a.Host, list(like), remedy)}
	}
	return Tie{Account: a, Why: fmt.Sprintf("网站名录中没有主办单位为“%s”的网站%s", a.Host, remedy)}
}

func tagged(tags []string) (string, bool) {
	for _, t := range tags {
		t = strings.ReplaceAll(half(t), " ", "")
		for _, sign := range []string{":", "="} {
			if code, ok := strings.CutPrefix(t, SiteTag+sign); ok {
				return code, true
			}
		}
	}
	return "", false
}

// stem drops what the office of a government adds to its name.
func stem(unit string) string {
	for _, end := range []string{"办公室", "办公厅", "人民政府办", "政府办"} {
		if s, ok := strings.CutSuffix(unit, end); ok {
			unit = s
			if strings.Contains(end, "政府") {
				unit += "人民政府"
			}
		}
	}
	return unit
}

func list(sites []*govsweep.Site) string {
	var names []string
	for _, s := range sites[:min(len(sites), 3)] {
		names = append(names, fmt.Sprintf("“%s”%s", s.Name, s.ID))
	}
	return strings.Join(names, "、")
}
