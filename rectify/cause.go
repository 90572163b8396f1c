package rectify

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// family says what several indicators have in common, so that one fault under
// several clauses is one cause.
type family string

const (
	staleColumn family = "stale"  // one column that is not updated
	blankColumn family = "blank"  // one column without content
	counted     family = "count"  // a veto that counts columns: a cause of its own, with theirs below it
	footMarks   family = "foot"   // the foot of the site
	errorReport family = "report" // 我为政府网站找错
)

var families = map[govsweep.IndicatorCode]family{
	"column-stale":                  staleColumn,
	"other-column-stale":            staleColumn,
	"news-column-stale":             staleColumn,
	"policy-column-stale":           staleColumn,
	"interpretation-column-stale":   staleColumn,
	"service-statistics-stale":      staleColumn,
	"letters-stale":                 staleColumn,
	"fiscal-monthly":                staleColumn,
	"column-blank":                  blankColumn,
	"other-column-blank":            blankColumn,
	"column-news-policy-stale-veto": counted,
	"column-stale-veto":             counted,
	"column-blank-veto":             counted,
	"site-marks-missing":            footMarks,
	"icp-number":                    footMarks,
	"police-number":                 footMarks,
	"owner-contact-sitemap":         footMarks,
	"party-organ-mark":              footMarks,
	"error-report-entry":            errorReport,
	"error-report-old-address":      errorReport,
}

// Cause names the root cause of f; findings of one cause have the same name.
// A column that is not updated, or is blank, is one cause under all
// indicators that say so. Findings over exactly the same two or more pages of a site
// are one template. Marks of the foot are one, entries of 找错 are one. A matter
// that several targets share is one at all of them.
// Everything else is a cause of its own. The name is stable over inspections
// but for templates, whose pages may change.
func Cause(f *govsweep.Finding) string {
	if f.Shared != "" {
		return "shared|" + f.Shared
	}
	site := siteKey(f)
	switch fam := families[f.Indicator]; fam {
	case staleColumn, blankColumn:
		if f.Column != nil && f.Column.URL != "" {
			return site + "|" + string(fam) + "|" + f.Column.URL
		}
	case footMarks, errorReport:
		return site + "|" + string(fam)
	case counted:
		return site + "|" + string(fam) + "|" + string(f.Indicator)
	default:
		if f.Column == nil && len(f.Pages) > 1 && f.Class != govsweep.Veto {
			return site + "|template|" + pageSet(f.Pages)
		}
	}
	return site + "|finding|" + f.Fingerprint + f.ID
}

func siteKey(f *govsweep.Finding) string {
	if f.Target.ID != "" {
		return string(f.Target.ID)
	}
	return f.Target.Code + f.Target.URL
}

// pageSet names a set of addresses, whatever their order.
func pageSet(pages []string) string {
	pages = slices.Compact(slices.Sorted(slices.Values(pages)))
	sum := sha256.Sum256([]byte(strings.Join(pages, "\n")))
	return hex.EncodeToString(sum[:8])
}
