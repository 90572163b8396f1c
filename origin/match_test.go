package origin

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/raced"
)

// TestTheOrderOfTheItemsDoesNotMatter shuffles both sides.
func TestTheOrderOfTheItemsDoesNotMatter(t *testing.T) {
	articles, posts := world(400, 250)
	want := Match(articles, posts, Default())
	if len(want.Pairs) < 50 {
		t.Fatalf("only %d pairs", len(want.Pairs))
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		r.Shuffle(len(posts), func(i, j int) { posts[i], posts[j] = posts[j], posts[i] })
		if diff := cmp.Diff(want, Match(articles, posts, Default())); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestNoItemHasTwoPartners(t *testing.T) {
	at := onDay("2026-03-02")
	one := func(title string, n int) govsweep.Published {
		return govsweep.Published{Title: title, URL: fmt.Sprint("https://a.example.cn/", title, n), At: at.AddDate(0, 0, n)}
	}
	got := Match([]govsweep.Published{one("云川市召开全市经济工作会议", 0)},
		[]govsweep.Published{one("云川市召开全市经济工作会议", 1), one("云川市召开全市经济工作会议丨云川发布", 0)}, Default())
	if len(got.Pairs) != 1 || len(got.Posts) != 1 || got.Pairs[0].Days != 0 {
		t.Errorf("%+v", got)
	}
}

func TestAnArticleInTwoColumnsIsOne(t *testing.T) {
	at := onDay("2026-03-02")
	articles := []govsweep.Published{
		{Title: "云川市召开全市经济工作会议", URL: "https://a.example.cn/yw/1.html", At: at, DayOnly: true},
		{Title: "云川市召开全市经济工作会议", URL: "https://a.example.cn/zw/1.html", At: at, DayOnly: true},
	}
	got := Match(articles, []govsweep.Published{{Title: articles[0].Title, URL: "https://mp.example.cn/1", At: at}}, Default())
	if len(got.Pairs) != 1 || len(got.Articles) != 0 || len(got.Pairs[0].Article.Also) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestOrderAndDelay(t *testing.T) {
	title := "云川市召开全市经济工作会议"
	for _, c := range []struct {
		name, site, post string
		order            govsweep.PairOrder
		days             int
	}{
		{"the same day", "2026-03-02", "2026-03-02", govsweep.SameDay, 0},
		{"the site two days before", "2026-03-02", "2026-03-04", govsweep.SiteFirst, 2},
		{"the account on the last day of February", "2026-03-01", "2026-02-28", govsweep.AccountFirst, -1},
		{"fourteen days, the last of the window", "2026-03-01", "2026-03-15", govsweep.SiteFirst, 14},
		{"an article nobody dates", "", "2026-03-15", govsweep.OrderUnknown, 0},
	} {
		got := Match([]govsweep.Published{{Title: title, At: onDay(c.site)}}, []govsweep.Published{{Title: title, At: onDay(c.post)}}, Default())
		if len(got.Pairs) != 1 || got.Pairs[0].Order != c.order || got.Pairs[0].Days != c.days {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := Match([]govsweep.Published{{Title: title, At: onDay("2026-03-01")}}, []govsweep.Published{{Title: title, At: onDay("2026-03-16")}}, Default()); len(got.Pairs) != 0 {
		t.Errorf("fifteen days: %+v", got.Pairs)
	}
}

func TestASeriesIsMatchedByItsDays(t *testing.T) {
	var articles, posts []govsweep.Published
	for week := range 8 {
		at := onDay("2026-03-02").AddDate(0, 0, 7*week)
		articles = append(articles, govsweep.Published{Title: "市政府召开常务会议", URL: fmt.Sprint("a", week), At: at})
		posts = append(posts, govsweep.Published{Title: "市政府召开常务会议", URL: fmt.Sprint("p", week), At: at.AddDate(0, 0, 2)})
	}
	got := Match(articles, posts[3:], Default())
	if len(got.Pairs) != 5 || len(got.Articles) != 3 {
		t.Fatalf("%d pairs", len(got.Pairs))
	}
	for _, p := range got.Pairs {
		if p.Article.URL[1:] != p.Post.URL[1:] {
			t.Errorf("%s with %s", p.Article.URL, p.Post.URL)
		}
	}
}

func TestHostileTitlesCostLittle(t *testing.T) {
	var articles, posts []govsweep.Published
	n := raced.Less(4_000)
	for i := range n {
		title := fmt.Sprintf("关于云川市东河镇第%d村民小组土地承包经营权确权登记的公示", i)
		p := govsweep.Published{Title: title, URL: fmt.Sprint(i), At: onDay("2026-03-02")}
		articles = append(articles, p)
		if i%2 == 0 {
			p.Title, p.URL = "【】【【#"+title+"\x00\xff", ""
			posts = append(posts, p)
		}
	}
	began := time.Now()
	got := Match(articles, posts, Default())
	if took := time.Since(began); took > 2*time.Minute {
		t.Errorf("took %s", took)
	}
	if len(got.Pairs) != len(posts) {
		t.Errorf("%d pairs of %d", len(got.Pairs), len(posts))
	}
}

func FuzzTitle(f *testing.F) {
	f.Add("【通告】关于2026年（第三期）的公告丨云川发布 #x# http://t.cn/a")
	f.Fuzz(func(t *testing.T, s string) {
		one := newTitle(s, nil)
		if len(one.runes) > maxTitle || conflict(one.numbers, one.numbers) {
			t.Errorf("%q: %+v", s, one)
		}
	})
}

func onDay(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := govsweep.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return t
}

// world makes a year of a site and of its account, a third of whose posts are
// on the site too.
func world(articles, posts int) (site, account []govsweep.Published) {
	r := rand.New(rand.NewPCG(1, 2))
	places := []string{"云川市", "东河镇", "西山镇", "城关镇", "平阳县", "市教育局", "市财政局", "市水利局", "市文旅局", "高新区"}
	verbs := []string{"召开", "部署", "开展", "推进", "启动", "调研", "检查", "学习贯彻", "完成", "公布"}
	things := []string{"经济工作", "安全生产", "森林防火", "防汛抗旱", "乡村振兴", "招商引资", "项目建设", "义务教育", "医疗保障", "春季植树", "人居环境", "食品安全"}
	ends := []string{"会议", "专项行动", "情况", "工作方案", "推进会", "现场会", "公告", "通知", "进展", "成效"}
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	start := onDay("2025-11-01")
	item := func(side string, i int) govsweep.Published {
		title := fmt.Sprintf("%s%s%s%s%s%s%d", pick(places), pick(verbs), pick(things), pick(ends), pick(things), pick(ends), r.IntN(400))
		p := govsweep.Published{Title: title, URL: fmt.Sprintf("https://%s.example.cn/%d.html", side, i), At: start.AddDate(0, 0, r.IntN(365))}
		if i%3 > 0 {
			p.Sketch = govsweep.TextSketch{Bits: r.Uint64(), Runes: 300 + r.IntN(900)}
		}
		return p
	}
	for i := range articles {
		site = append(site, item("site", i))
	}
	for i := range posts {
		p := item("mp", i)
		if i%3 == 0 {
			from := site[r.IntN(len(site))]
			p.At = from.At.AddDate(0, 0, r.IntN(4))
			if i%2 == 0 {
				p.Title = "云川发布丨" + from.Title
			} else {
				p.Title, p.Sketch = pick(places)+"这件事有了新进展", from.Sketch
			}
		}
		account = append(account, p)
	}
	return site, account
}

// BenchmarkMatch is the size of a large portal and a busy account over a year.
func BenchmarkMatch(b *testing.B) {
	articles, posts := world(10_000, 5_000)
	pairs := 0
	for b.Loop() {
		pairs = len(Match(articles, posts, Default()).Pairs)
	}
	b.ReportMetric(float64(pairs), "pairs")
}
