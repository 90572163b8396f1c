package sweep_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sweep"
)

// drawnGraph is a crawl drawn by hand.
type drawnGraph []govsweep.Record

func (g drawnGraph) EachRecord(_ context.Context, _ govsweep.Run, fn func(*govsweep.Record) error) error {
	for i := range g {
		if err := fn(&g[i]); err != nil {
			return err
		}
	}
	return nil
}

func (g drawnGraph) EachVisit(_ context.Context, _ govsweep.Run, fn func(govsweep.Visit, bool) error) error {
	for i := range g {
		if err := fn(g[i].Visit, true); err != nil {
			return err
		}
	}
	return nil
}

func met(role govsweep.Role, url string, to ...string) govsweep.Record {
	r := govsweep.Record{Visit: govsweep.Visit{URL: url, Key: address.Key(url, ""), Role: role}}
	for _, u := range to {
		r.LinkKeys = append(r.LinkKeys, address.Key(u, ""))
	}
	return r
}

func TestLevelsAreReadOffTheCrawl(t *testing.T) {
	const home, other = "http://www.a.gov.cn", "http://other.example/"
	g := drawnGraph{
		met(govsweep.ArticleRole, home+"/a.html", home+"/"),
		met(govsweep.ArticleRole, home+"/deep.html", home+"/deeper.html"),
		met(govsweep.ArticleRole, home+"/deeper.html"),
		met(govsweep.ColumnRole, home+"/c/", home+"/", home+"/a.html", home+"/x.html", home+"/p.jpg", home+"/f.pdf"),
		met(govsweep.HomeRole, home+"/", home+"/", home+"/c/", home+"/a.html", other, home+"/f.pdf", home+"/trap?x=1"),
		met(govsweep.ProbeRole, other, home+"/deeper.html"),
		met(govsweep.AttachmentRole, home+"/f.pdf"),
		met(govsweep.ImageRole, home+"/p.jpg"),
		met(govsweep.ArticleRole, home+"/x.html", home+"/deep.html"),
	}
	l, err := sweep.LevelsOf(t.Context(), g, govsweep.Run{}, crawler.NewScope(home+"/", nil))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{home + "/a.html", home + "/c/"}; !slices.Equal(l.Second, want) {
		t.Errorf("second level %v, want %v", l.Second, want)
	}
	if want := []string{home + "/x.html"}; !slices.Equal(l.Third, want) {
		t.Errorf("third level %v, want %v", l.Third, want)
	}
}

func TestLinksAreDrawnTheSameWayTwice(t *testing.T) {
	var links []string
	for i := range 12_347 {
		links = append(links, fmt.Sprintf("http://www.a.gov.cn/%d.html", i))
	}
	for _, n := range []int{1, 7, 30, 100, 12_346} {
		one, drawn, err := sweep.DrawLinks(links, n, "3-a")
		if err != nil || !drawn || len(one) != n {
			t.Fatalf("%d of %d drawn, %v, %v", len(one), n, drawn, err)
		}
		mixed := slices.Clone(links)
		slices.Reverse(mixed)
		if again, _, err := sweep.DrawLinks(mixed, n, "3-a"); err != nil || !slices.Equal(one, again) {
			t.Errorf("drawn anew: %d others, %v", len(again), err)
		}
	}
	a, _, _ := sweep.DrawLinks(links, 30, "3-a")
	if b, _, _ := sweep.DrawLinks(links, 30, "4-a"); slices.Equal(a, b) {
		t.Error("another seed draws the same links")
	}
	if all, drawn, err := sweep.DrawLinks(links[:20], 30, "3-a"); err != nil || drawn || len(all) != 20 {
		t.Errorf("a small level is drawn from: %d, %v, %v", len(all), drawn, err)
	}
}
