package facts

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// TestFixtures reads every page of testdata whose first comment is
// "want", and holds the facts against its lines.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	read := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, ok := strings.CutPrefix(string(body), "<!-- want\n")
		if !ok {
			continue
		}
		read++
		head, page, _ := strings.Cut(head, "-->\n")
		t.Run(strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".html"), func(t *testing.T) {
			want := map[string]string{}
			for line := range strings.Lines(head) {
				k, v, ok := strings.Cut(strings.TrimSpace(line), ":")
				if !ok {
					t.Fatalf("want line %q", line)
				}
				want[k] = strings.TrimSpace(v)
			}
			checkFixture(t, want, page)
		})
	}
	if read < 30 {
		t.Errorf("%d fixtures read", read)
	}
}

func checkFixture(t *testing.T, want map[string]string, body string) {
	t.Helper()
	p := &govsweep.Page{Status: 200}
	site := &Site{Home: "http://www.example.gov.cn/"}
	p.Visit.URL = "http://www.example.gov.cn/zwgk/page"
	for k, v := range want {
		switch k {
		case "url":
			p.Visit.URL = v
		case "final":
			p.FinalURL = v
		case "role":
			p.Visit.Role = govsweep.Role(v)
		case "status":
			p.Status, _ = strconv.Atoi(v)
		}
	}
	if p.FinalURL == "" {
		p.FinalURL = p.Visit.URL
	}
	f := Extract(p, []byte(body), "utf-8", site)
	list := f.List
	if list == nil {
		list = &govsweep.List{}
	}
	item := func(i int) string {
		if i < 0 {
			i += len(list.Items)
		}
		if i < 0 || i >= len(list.Items) {
			return ""
		}
		it := list.Items[i]
		return it.Title + " | " + it.URL + " | " + it.Date
	}
	pinned := 0
	for _, it := range list.Items {
		if it.Pinned {
			pinned++
		}
	}
	got := map[string]string{
		"kind": string(f.Kind), "response": string(f.Response), "title": f.Title, "crumb": strings.Join(f.Breadcrumb, "/"),
		"published": f.Published, "from": f.PublishedFrom, "source": f.Source, "visible": f.VisibleDate, "headline": f.VisibleTitle,
		"state": string(list.State), "items": strconv.Itoa(len(list.Items)), "newest": list.Newest, "undated": strconv.Itoa(list.Undated),
		"first": item(0), "second": item(1), "last": item(-1), "pinned": strconv.Itoa(pinned), "more": strings.Join(f.More, " "),
		"frames": strings.Join(f.Frames, " "), "refresh": f.MetaRefresh, "phones": strings.Join(f.Phones, " "),
		"mongolian": strconv.FormatBool(f.Mongolian), "reason": list.Reason, "why": f.Reason,
	}
	for k, v := range want {
		switch k {
		case "url", "final", "role", "status":
			continue
		case "reason", "why":
			if !strings.Contains(got[k], v) || v == "" && got[k] != "" {
				t.Errorf("%s: %q, want %q in it", k, got[k], v)
			}
			continue
		}
		g, known := got[k]
		if !known {
			t.Fatalf("no such field %q", k)
		}
		if strings.TrimSpace(g) != v {
			t.Errorf("%s: %q, want %q", k, g, v)
		}
	}
}
