package rules

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// scopeWords are the words an entry's only_if may hold, with what they mean.
var scopeWords = map[string]string{
	"portal":              "政府门户网站",
	"public-service-unit": "具有对外服务职能的单位",
	"provincial-office":   "省级政府办公厅和国务院部门办公厅（室）",
	"county-or-above":     "县级以上人民政府和国务院部门",
	"county":              "县级人民政府",
	"mongolian-duty":      "负有开办蒙古文网站职责的单位",
	"mongolian-site":      "蒙古文网站",
}

// answer is what the register says to a scope.
type answer int

const (
	unknown answer = iota
	yes
	no
)

// inScope asks the register for every word of only_if: all must hold. A word
// the register does not answer takes the entry out too, and says so.
func (e *Entry) inScope(s *govsweep.Site) (bool, string) {
	for _, word := range e.OnlyIf {
		switch scope(s, word) {
		case no:
			return false, "该指标只适用于" + scopeWords[word] + "。"
		case unknown:
			return false, "该指标只适用于" + scopeWords[word] + "，登记信息未载明该网站是否属于，未作检查。"
		}
	}
	return true, ""
}

func scope(s *govsweep.Site, word string) answer {
	if slices.Contains(s.Scopes, word) {
		return yes
	}
	switch word {
	case "portal":
		return ofKind(s, govsweep.Portal)
	case "public-service-unit":
		return ofBool(s.PublicService)
	case "county-or-above":
		return countyOrAbove(s)
	case "county":
		return county(s)
	}
	return unknown
}

func ofKind(s *govsweep.Site, k govsweep.SiteKind) answer {
	switch s.Kind {
	case govsweep.UnknownSite:
		return unknown
	case k:
		return yes
	}
	return no
}

func ofBool(b *bool) answer {
	switch {
	case b == nil:
		return unknown
	case *b:
		return yes
	}
	return no
}

// countyOrAbove: governments from county level up, and State Council departments.
func countyOrAbove(s *govsweep.Site) answer {
	switch {
	case s.Level == "":
		return unknown
	case strings.Contains(s.Level, "部委"):
		return yes
	case s.Kind == govsweep.DepartmentSite, strings.ContainsAny(s.Level, "乡镇"):
		return no
	case s.Kind == govsweep.Portal && strings.ContainsAny(s.Level, "省市县旗区"):
		return yes
	}
	return unknown
}

func county(s *govsweep.Site) answer {
	switch {
	case s.Level == "":
		return unknown
	case s.Kind == govsweep.UnknownSite:
		return unknown
	case s.Kind != govsweep.Portal, strings.Contains(s.Level, "自治区"):
		return no
	case strings.ContainsAny(s.Level, "县旗区"):
		return yes
	}
	return no
}
