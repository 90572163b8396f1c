package farm

import (
	"encoding/xml"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/govsweep/govsweep"
)

func wider(t *testing.T) *Farm {
	t.Helper()
	f, err := New(Options{Seed: 7, AsOf: testDay, HTTP: "127.0.0.1:18080", Wider: true})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAWiderFarmLeavesTheCastAsItIs(t *testing.T) {
	plain, f := fixed(t, 7), wider(t)
	cast := map[string]bool{}
	for _, s := range f.sites {
		cast[s.code] = true
	}
	var same []Truth
	for _, tr := range f.Truth() {
		if cast[tr.Site] {
			same = append(same, tr)
		}
	}
	if want := plain.Truth(); len(same) != len(want) {
		t.Errorf("%d truths about the cast, %d without the others", len(same), len(want))
	}
}

func TestTheRowsOfTheRegisterSayWhatTheirTruthSays(t *testing.T) {
	f := wider(t)
	row, planted, alike := map[string]govsweep.Site{}, 0, 0
	for _, s := range f.Sites() {
		row[s.Code] = s
	}
	for _, tr := range f.Truth() {
		s := f.byHost[hostOf(tr.Home)]
		if tr.Indicator != registerDiffers || s == nil {
			continue
		}
		page := again(f, tr.Home)
		if s.traditon {
			continue
		}
		says := strings.Contains(page, row[tr.Site].Host) && tagValue(strings.ReplaceAll(page, "sitename", "SiteName"), "SiteName") == row[tr.Site].Name
		if tr.Kind == Planted {
			planted++
		} else {
			alike++
		}
		if says {
			t.Errorf("%s: the page says what the register says: %s", tr.Home, tr.Note)
		}
	}
	if planted < 4 || alike < 2 {
		t.Errorf("%d planted, %d alike", planted, alike)
	}
}

func TestStraysAreWhatTheirTruthSays(t *testing.T) {
	f := wider(t)
	for _, s := range f.extra {
		there := f.resolve(s.host) != nil
		if there != (s.role == "parked" || s.role == "moved") {
			t.Errorf("%s resolves: %v", s.role, there)
		}
		if !there {
			continue
		}
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest("GET", "http://"+s.host+"/", nil))
		if parked := strings.Contains(w.Body.String(), "域名出售"); parked != (s.role == "parked") || (w.Code == 302) != (s.role == "moved") {
			t.Errorf("%s: status %d", s.role, w.Code)
		}
	}
}

func TestFeedsShowWhatTheTruthOfTheirAccountSays(t *testing.T) {
	f := wider(t)
	site := map[string]bool{}
	for _, p := range f.sites[0].published(400) {
		site[strings.TrimPrefix(p.title, "【要闻】")] = true
	}
	sync := 0
	for _, a := range f.accounts {
		var feed struct {
			Titles []string `xml:"channel>item>title"`
			Dates  []string `xml:"channel>item>pubDate"`
		}
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest("GET", "http://"+mediaHost+"/feed/"+a.number, nil))
		if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil {
			t.Fatal(err)
		}
		common := 0
		for _, title := range feed.Titles {
			if site[strings.TrimPrefix(title, "【要闻】")] {
				common++
			}
		}
		for _, tr := range a.truths {
			switch {
			case tr.Indicator == "account-site-sync" && tr.Kind == Planted && common > 0,
				tr.Indicator == "account-site-sync" && strings.Contains(tr.Note, "来自网站") && common < 20,
				tr.Indicator == "account-stale-veto" && (tr.Kind == Planted) != (len(feed.Titles) > 0):
				t.Errorf("%s: %s, %d items, %d of the site", a.name, tr.Note, len(feed.Titles), common)
			case tr.Indicator == "account-site-sync":
				sync++
			}
		}
	}
	if sync < 3 {
		t.Errorf("%d accounts speak of the site", sync)
	}
}

// A feed is asked by many at once: what it answers from stays as it is.
func TestAFeedThatIsAskedByManyAtOnceStaysAsItIs(t *testing.T) {
	f := wider(t)
	for _, a := range f.accounts {
		before := slices.Clone(a.posts)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				f.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "http://"+mediaHost+"/feed/"+a.number, nil))
			})
		}
		all.Wait()
		if !slices.Equal(a.posts, before) {
			t.Errorf("asking reordered the posts of %s", a.name)
		}
	}
}
