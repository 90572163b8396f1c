package paper

import (
	"io"
	"testing"
)

// BenchmarkForms writes a notice of five pages, a circular with charts and an
// annex of 5,000 rows.
func BenchmarkForms(b *testing.B) {
	big := notice()
	big.Appended = []Appendix{{Title: "问题清单", Wide: true, Body: []Block{list(5000)}}}
	for _, p := range []struct {
		name  string
		paper *Paper
	}{{"notice", notice()}, {"circular", circular()}, {"5000 rows", big}} {
		for _, f := range []struct {
			name string
			form func(io.Writer, *Paper) error
		}{{"docx", DOCX}, {"html", HTML}} {
			b.Run(p.name+"/"+f.name, func(b *testing.B) {
				b.ReportAllocs()
				var n counter
				for b.Loop() {
					n = 0
					if err := f.form(&n, p.paper); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(n), "bytes")
			})
		}
	}
}

// counter counts what is written.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
