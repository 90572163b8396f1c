package evidence_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/govsweep/govsweep"
)

// realPages gives saved pages of some 40 KB from the shared material, which
// stands beside the repository on machines that have it.
func realPages(b *testing.B) (pages [][]byte) {
	dir, ok := os.LookupEnv("GOVSWEEP_SHARED")
	if !ok {
		b.Skip("GOVSWEEP_SHARED is not set: no real pages to measure with")
	}
	found, err := filepath.Glob(filepath.Join(dir, "data", "pages", "*"))
	must(b, err)
	for _, path := range found {
		if body, err := os.ReadFile(path); err == nil && len(body) > 20_000 && len(body) < 80_000 {
			pages = append(pages, body)
		}
	}
	if len(pages) == 0 {
		b.Skip("no pages of that size under " + dir)
	}
	return pages
}

func BenchmarkAppend(b *testing.B) {
	pages := realPages(b)
	s, _ := open(b)
	sp, err := s.Spool("bench")
	must(b, err)
	var bytes int64
	n := 0
	for b.Loop() {
		body := pages[n%len(pages)]
		var d govsweep.Digest
		binary.BigEndian.PutUint64(d[:], uint64(n))
		must(b, sp.Append(d, "https://www.a.gov.cn/art/2026/3/2/art_1_2.html", noon, body))
		n++
		bytes += int64(len(body))
	}
	b.SetBytes(bytes / int64(n))
}
