package origin

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func TestThePageOfTheSiteMapIsNoArticle(t *testing.T) {
	g := NewGatherer(time.Time{})
	page := func(url string, f govsweep.PageFacts) {
		f.Kind, f.Response = govsweep.ArticlePage, govsweep.Content
		g.Add(&govsweep.Record{Visit: govsweep.Visit{URL: url}, Facts: &f})
	}
	page("https://a.example.cn/wzdt.html", govsweep.PageFacts{VisibleTitle: "网站地图"})
	page("https://a.example.cn/map.html", govsweep.PageFacts{Title: "站点地图 - 某某市人民政府"})
	page("https://a.example.cn/1.html", govsweep.PageFacts{VisibleTitle: "网站地图改版的公告"})
	side := g.Side(&facts.Dossier{}, 1)
	if len(side.Articles) != 1 || side.Articles[0].URL != "https://a.example.cn/1.html" {
		t.Errorf("%+v", side.Articles)
	}
}
