package rules

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// Grouped is one finding for one property that pages lack: one wrong template
// on a thousand pages is one line with its pages. The caller sets Summary.
func Grouped(refs []facts.PageRef, locator string) govsweep.Finding {
	f := govsweep.Finding{
		URL: refs[0].URL, Locator: locator,
		Pages: Pages(refs), Evidence: Captures(refs),
	}
	return f
}

// Quotes lists what was read on the first few pages, address and words.
func Quotes(refs []facts.PageRef) []string {
	var out []string
	for i := range refs {
		if i == 5 {
			return append(out, fmt.Sprintf("其余%d个页面见页面清单", len(refs)-5))
		}
		if refs[i].Quote == "" {
			out = append(out, refs[i].URL)
			continue
		}
		out = append(out, refs[i].URL+" "+Quote(refs[i].Quote))
	}
	return out
}
