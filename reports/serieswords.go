package reports

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
)

// SeriesWords prints what series say in sentences, for the end of a table:
// the signs, the counts, the percentiles of every stage, the certificate.
func SeriesWords(w io.Writer, list []govsweep.Series, asOf time.Time) error {
	lines := wrap(ProbeSigns, 80)
	for i := range list {
		s := &list[i]
		if s.Vantage != "" {
			lines = append(lines, "监测点“"+clean(s.Vantage)+"”：")
		}
		lines = append(lines, wrap(seriesLine(s), 80)...)
		for _, t := range stageViews(s) {
			if t.P50 != unknown {
				lines = append(lines, fmt.Sprintf("%s：中位%s秒，90%%在%s秒以内，95%%在%s秒以内，最长%s秒。", t.Name, t.P50, t.P90, t.P95, t.Max))
			}
		}
		_, note := certFacts(s, asOf)
		lines = append(lines, wrap(note, 80)...)
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return fmt.Errorf("write series: %w", err)
		}
	}
	return nil
}
