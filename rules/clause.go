package rules

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// localPaper knows a yearly paper of a region by its name: 通辽市2020年政务公开工作要点.
// The place is what stands before the year or the verb.
var localPaper = regexp.MustCompile(`^(\p{Han}{1,8}?(?:省|自治区|市|县|旗|区|州|盟))(?:20\d\d年|推进)`)

// clauseFor gives the clause an entry is cited by at one site. Papers of a
// region bind the sites of that region alone: elsewhere a national paper is
// cited without them, and where there is none they are cited as 参照.
func clauseFor(clause string, site *govsweep.Site) string {
	var binding, models []string
	for part := range strings.SplitSeq(clause, ";") {
		part = strings.TrimSpace(part)
		m := localPaper.FindStringSubmatch(part)
		switch {
		case part == "":
		case m == nil || of(site, m[1]):
			binding = append(binding, part)
		default:
			models = append(models, part)
		}
	}
	if len(binding) == 0 && len(models) > 0 {
		return "参照" + models[0]
	}
	return strings.Join(binding, "；")
}

// of says whether a site belongs to a place, as far as its register row tells.
func of(site *govsweep.Site, place string) bool {
	for _, s := range []string{site.Region, site.Name, site.Host, site.Supervisor} {
		if strings.Contains(s, place) {
			return true
		}
	}
	return false
}
