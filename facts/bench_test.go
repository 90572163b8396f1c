package facts

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkRooms measures what the extractors of this folder cost beside the
// reading of the page, over the saved pages of the shared folder.
func BenchmarkRooms(b *testing.B) {
	var docs []*Document
	for _, file := range sharedPages(b) {
		body, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, readAt("http://www.a.gov.cn/zw/"+filepath.Base(file), string(body)))
	}
	for name, run := range map[string]func(*Document){
		"headtags": func(d *Document) { d.headTags() },
		"metadata": func(d *Document) { d.metadata() },
		"marks":    func(d *Document) { d.marks() },
		"family":   func(d *Document) { d.family() },
		"empty":    func(d *Document) { d.emptyLinks() },
		"hidden":   func(d *Document) { d.hiddenLinks() },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					run(d)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(docs)), "µs/page")
		})
	}
}

// sharedPages lists the saved pages; it skips where the folder is absent.
func sharedPages(tb testing.TB) []string {
	dir := os.Getenv("GOVSWEEP_SHARED")
	for up := ".."; dir == "" && len(up) < 20; up = filepath.Join(up, "..") {
		if st, err := os.Stat(filepath.Join(up, "shared", "data")); err == nil && st.IsDir() {
			dir = filepath.Join(up, "shared")
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "data", "pages", "*.html"))
	if dir == "" || err != nil || len(files) == 0 {
		tb.Skip("the shared pages are not there: set GOVSWEEP_SHARED")
	}
	return files
}
