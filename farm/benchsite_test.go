package farm

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"regexp"
	"testing"
)

func get(b *BenchSite, path, accept string) *httptest.ResponseRecorder {
	req := httptest.NewRequest("GET", path, nil)
	req.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, req)
	return w
}

func TestBenchPagesUnpackToThemselves(t *testing.T) {
	b := NewBenchSite(5000, testDay)
	for _, path := range []string{"/", "/c3/", "/c3/index_1.html", b.articlePath(7, 11)} {
		z, err := gzip.NewReader(get(b, path, "gzip").Body)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		unpacked, err := io.ReadAll(z)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !bytes.Equal(unpacked, get(b, path, "").Body.Bytes()) {
			t.Errorf("%s: compressed and plain differ", path)
		}
	}
}

var benchHref = regexp.MustCompile(`href="(/[^"]*)"`)

func TestEveryBenchPageIsReached(t *testing.T) {
	b := NewBenchSite(2500, testDay)
	seen, queue, size := map[string]bool{"/": true}, []string{"/"}, 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		w := get(b, path, "")
		if path != "/css/style.css" && w.Code != 200 {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		size += w.Body.Len()
		for _, m := range benchHref.FindAllStringSubmatch(w.Body.String(), -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				queue = append(queue, m[1])
			}
		}
	}
	if pages := len(seen) - 1; pages != b.Pages() { // less the style sheet
		t.Errorf("reached %d pages of %d", pages, b.Pages())
	}
	if mean := size / len(seen) >> 10; mean < 32 || mean > 44 {
		t.Errorf("a page has %d KB on average", mean)
	}
	if home := get(b, "/", "").Body.Len() >> 10; home < 50 || home > 75 {
		t.Errorf("the home page has %d KB", home)
	}
}
