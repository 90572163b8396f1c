package sweep

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// goneSite answers its first pages and then nothing any more.
type goneSite struct{ left, asked int }

func (g *goneSite) Fetch(_ context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	g.asked++
	if g.left--; g.left >= 0 {
		return &govsweep.Page{Visit: v, Status: 200}, nil
	}
	return &govsweep.Page{Visit: v, Failure: govsweep.FailTimeout}, nil
}

func TestASiteThatWentAwayIsNotAskedForEveryPage(t *testing.T) {
	site := &goneSite{left: 10}
	r := &run{home: govsweep.Site{URL: "http://www.x.gov.cn/"}, scope: crawler.NewScope("http://www.x.gov.cn/", nil), fetch: site}
	cancelled := 0
	for i := range 500 {
		p, err := r.fetchOwn(t.Context(), govsweep.Visit{URL: fmt.Sprintf("http://www.x.gov.cn/%d.html", i), Role: govsweep.ArticleRole})
		if err != nil {
			t.Fatal(err)
		}
		if p.Failure == govsweep.FailCancelled {
			cancelled++
		}
	}
	if want := 10 + breakAfter + 1; site.asked != want {
		t.Errorf("%d requests, want %d: the pages read, the failures, and the home page", site.asked, want)
	}
	if cancelled != 500-10-breakAfter {
		t.Errorf("%d pages left out", cancelled)
	}
	if p, _ := r.fetchOwn(t.Context(), govsweep.Visit{URL: "http://other.org/", Role: govsweep.ProbeRole}); p.Failure == govsweep.FailCancelled {
		t.Error("links to other hosts are given up too")
	}
}

func TestASiteWithSomeDeadPagesIsReadToTheEnd(t *testing.T) {
	r := &run{home: govsweep.Site{URL: "http://www.x.gov.cn/"}, scope: crawler.NewScope("http://www.x.gov.cn/", nil)}
	r.fetch = deadFolder{}
	for i := range 200 {
		url := fmt.Sprintf("http://www.x.gov.cn/dead/%d.html", i)
		if i >= 100 {
			url = fmt.Sprintf("http://www.x.gov.cn/zwgk/%d.html", i)
		}
		p, err := r.fetchOwn(t.Context(), govsweep.Visit{URL: url, Role: govsweep.ArticleRole})
		if err != nil {
			t.Fatal(err)
		}
		if p.Failure == govsweep.FailCancelled {
			t.Fatalf("%s is given up, the home page opens", url)
		}
	}
}

// deadFolder opens everything but one folder.
type deadFolder struct{}

func (deadFolder) Fetch(_ context.Context, v govsweep.Visit) (*govsweep.Page, error) {
	p := &govsweep.Page{Visit: v, Status: 200}
	if strings.Contains(v.URL, "/dead/") {
		p.Status, p.Failure = 0, govsweep.FailRefused
	}
	return p, nil
}
