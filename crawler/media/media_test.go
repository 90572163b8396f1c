package media_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/media"
)

var (
	now     = time.Date(2021, 6, 19, 12, 0, 0, 0, govsweep.Shanghai)
	account = govsweep.Account{ID: "weibo:7", Media: govsweep.Weibo, Number: "7", Name: "某某发布", FormerNames: []string{"某某在线"}, Host: "清河县公安局", Certified: "清河县公安局（交管 大队）"}
)

const (
	rssHead = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>某某发布 | feeds</title>`
	rssTail = `</channel></rss>`
)

func item(title, date string) string {
	return "<item><title>" + title + "</title><link>https://m.example/" + title + "</link><pubDate>" + date + "</pubDate></item>"
}

func gbk(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// control is the control experiment: what a source can do, and what may be
// read from it. Only "working" carries Through, without which nobody is silent.
func control(t *testing.T) map[string]struct {
	status  int
	body    string
	health  govsweep.SourceHealth
	newest  string
	undated int
} {
	long := item("甲", "Thu, 17 Jun 2021 08:00:00 +0800")
	return map[string]struct {
		status  int
		body    string
		health  govsweep.SourceHealth
		newest  string
		undated int
	}{
		"RSS with a zone":               {200, rssHead + long + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"RSS without a zone":            {200, rssHead + item("甲", "2021-06-17 05:00:00") + rssTail, govsweep.SourceWorking, "2021-06-17 05:00", 0},
		"RSS in GMT":                    {200, rssHead + item("甲", "Thu, 17 Jun 2021 20:00:00 GMT") + rssTail, govsweep.SourceWorking, "2021-06-18 04:00", 0},
		"local time that is called GMT": {200, rssHead + item("甲", "Sat, 19 Jun 2021 11:00:00 GMT") + rssTail, govsweep.SourceWorking, "2021-06-19 11:00", 0},
		"CST is Shanghai's":             {200, rssHead + item("甲", "Thu, 17 Jun 2021 05:00:00 CST") + rssTail, govsweep.SourceWorking, "2021-06-17 05:00", 0},
		"a day alone":                   {200, rssHead + item("甲", "2021年6月17日") + rssTail, govsweep.SourceWorking, "2021-06-17 00:00", 0},
		"GB2312, declared":              {200, gbk(t, strings.Replace(rssHead, "UTF-8", "gb2312", 1)+long+rssTail), govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"GB2312 that says UTF-8":        {200, gbk(t, rssHead+long+rssTail), govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"Atom":                          {200, `<feed xmlns="http://www.w3.org/2005/Atom"><title>某某发布</title><entry><title>甲</title><updated>2021-06-17T08:00:00+08:00</updated></entry></feed>`, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"JSON feed":                     {200, `{"version":"https://jsonfeed.org/version/1.1","title":"某某发布","items":[{"id":"1","title":"甲","date_published":"2021-06-17T00:00:00Z"}]}`, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"the former name":               {200, strings.Replace(rssHead, "某某发布", "某某在线的微博", 1) + long + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"the name of the unit":          {200, strings.Replace(rssHead, "某某发布 | feeds", "清河县公安局", 1) + long + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"the unit with the service":     {200, strings.Replace(rssHead, "某某发布 | feeds", "清河县公安局的微博", 1) + long + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"the certified body":            {200, strings.Replace(rssHead, "某某发布 | feeds", "清河县公安局交管大队", 1) + long + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 0},
		"a branch of the unit":          {200, strings.Replace(rssHead, "某某发布 | feeds", "清河县公安局城关派出所", 1) + long + rssTail, govsweep.SourceRenamed, "2021-06-17 08:00", 0},
		"an old item":                   {200, rssHead + item("甲", "Thu, 17 Jun 2020 08:00:00 +0800") + rssTail, govsweep.SourceWorking, "2020-06-17 08:00", 0},
		"an item without date":          {200, rssHead + long + item("乙", "昨天") + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 1},
		"an item of the future":         {200, rssHead + long + item("乙", "Thu, 17 Jun 2027 08:00:00 +0800") + rssTail, govsweep.SourceWorking, "2021-06-17 08:00", 1},
		"no item":                       {200, rssHead + rssTail, govsweep.SourceEmpty, "", 0},
		"only items without date":       {200, rssHead + item("甲", "") + rssTail, govsweep.SourceMalformed, "", 1},
		"nothing at all":                {200, "", govsweep.SourceMalformed, "", 0},
		"broken off in an item":         {200, rssHead + long + "<item><title>乙", govsweep.SourceMalformed, "", 0},
		"broken off between items":      {200, rssHead + long, govsweep.SourceMalformed, "", 0},
		"broken JSON":                   {200, `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":`, govsweep.SourceMalformed, "", 0},
		"another format":                {200, `<sitemap><a/></sitemap>`, govsweep.SourceMalformed, "", 0},
		"nested without end":            {200, rssHead + strings.Repeat("<a>", 5000), govsweep.SourceMalformed, "", 0},
		"a challenge with 200":          {200, "<!DOCTYPE html><html><body>环境异常，完成验证后即可继续访问</body></html>", govsweep.SourceBlocked, "", 0},
		"the account was given up":      {200, "<html><body>该公众号已自主注销</body></html>", govsweep.SourceClosed, "", 0},
		"the account is cancelled":      {200, "<html><body>该账号已注销</body></html>", govsweep.SourceClosed, "", 0},
		"any other page":                {200, "<html><body>欢迎</body></html>", govsweep.SourceMalformed, "", 0},
		"forbidden":                     {403, "x", govsweep.SourceBlocked, "", 0},
		"a firewall's 412":              {412, "x", govsweep.SourceBlocked, "", 0},
		"gone":                          {404, "x", govsweep.SourceGone, "", 0},
		"a server error":                {500, rssHead + long + rssTail, govsweep.SourceDown, "", 0},
		"another account":               {200, strings.Replace(rssHead, "某某发布", "别的账号", 1) + long + rssTail, govsweep.SourceRenamed, "2021-06-17 08:00", 0},
	}
}

func reader(t *testing.T) (*media.Reader, *httptest.Server) {
	t.Helper()
	cases := control(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "robots.txt" {
			http.NotFound(w, r)
			return
		}
		if r.Header.Get("If-None-Match") == `"e"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		c, ok := cases[strings.TrimPrefix(name, "route/7/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"e"`)
		w.WriteHeader(c.status)
		fmt.Fprint(w, c.body)
	}))
	t.Cleanup(server.Close)
	stack, err := crawler.New(crawler.Options{Rate: -1, AllowNet: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stack.Close)
	return &media.Reader{Fetch: stack, Base: server.URL, Now: func() time.Time { return now }}, server
}

func TestControlExperimentOfFeedsAndRoutes(t *testing.T) {
	r, server := reader(t)
	for name, c := range control(t) {
		for _, s := range []govsweep.MediaSource{
			{Kind: govsweep.FeedSource, Address: server.URL + "/" + name},
			{Kind: govsweep.RSSHubSource, Address: "/route/{id}/" + name},
		} {
			rd, posts, err := r.Read(t.Context(), &account, s, nil)
			if err != nil {
				t.Fatal(err)
			}
			newest := ""
			if !rd.Newest.IsZero() {
				newest = rd.Newest.Format("2006-01-02 15:04")
			}
			if rd.Health != c.health || newest != c.newest && rd.Health != govsweep.SourceMalformed || rd.Undated != c.undated {
				t.Errorf("%s, %s: %+v, want %s %s", s.Kind, name, rd, c.health, c.newest)
			}
			if (rd.Health == govsweep.SourceWorking) == rd.Through.IsZero() {
				t.Errorf("%s, %s: %s speaks until %v", s.Kind, name, rd.Health, rd.Through)
			}
			if (rd.Why == "") != (rd.Health == govsweep.SourceWorking) {
				t.Errorf("%s, %s: reason %q", s.Kind, name, rd.Why)
			}
			if rd.Health == govsweep.SourceWorking && (len(posts) == 0 || posts[0].Title != "甲") {
				t.Errorf("%s, %s: %+v", s.Kind, name, posts)
			}
		}
	}
}

func TestAServiceThatIsNotThereIsNoSilence(t *testing.T) {
	r, server := reader(t)
	server.Close()
	for name, s := range map[string]govsweep.MediaSource{
		"down": {Kind: govsweep.FeedSource, Address: server.URL + "/a"}, "not an address": {Kind: govsweep.FeedSource, Address: "file:///etc/passwd"},
		"metadata service": {Kind: govsweep.FeedSource, Address: "http://169.254.169.254/a"},
	} {
		rd, posts, err := r.Read(t.Context(), &account, s, nil)
		if err != nil || rd.Health == govsweep.SourceWorking || rd.Why == "" || len(posts) > 0 || !rd.Through.IsZero() {
			t.Errorf("%s: %+v %v", name, rd, err)
		}
	}
	r.Base = ""
	if rd, _, _ := r.Read(t.Context(), &account, govsweep.MediaSource{Kind: govsweep.RSSHubSource}, nil); rd.Health != govsweep.SourceDown {
		t.Errorf("no service is set: %+v", rd)
	}
}

func TestAnUnchangedFeedIsAskedConditionallyAndStaysAlive(t *testing.T) {
	r, server := reader(t)
	s := govsweep.MediaSource{Kind: govsweep.FeedSource, Address: server.URL + "/RSS with a zone"}
	first, _, err := r.Read(t.Context(), &account, s, nil)
	if err != nil || first.ETag != `"e"` {
		t.Fatalf("%+v %v", first, err)
	}
	first.At, first.Through = now.AddDate(0, 0, -5), now.AddDate(0, 0, -5)
	again, posts, err := r.Read(t.Context(), &account, s, &first)
	if err != nil || len(posts) > 0 || again.Health != govsweep.SourceWorking || !again.Through.Equal(now) || !again.Newest.Equal(first.Newest) {
		t.Errorf("%+v %v", again, err)
	}
	first.Health = govsweep.SourceMalformed
	if again, posts, _ = r.Read(t.Context(), &account, s, &first); len(posts) == 0 || again.Health != govsweep.SourceWorking {
		t.Errorf("after a broken reading: %+v", again)
	}
}

func TestASavedFeedOfUnknownDayProvesNoSilence(t *testing.T) {
	body := []byte(rssHead + item("甲", "2021-06-01 08:00:00") + rssTail)
	rd, posts := media.ReadSaved(&account, "a.xml", body, time.Time{})
	if rd.Health != govsweep.SourceWorking || !rd.Through.IsZero() || len(posts) != 1 || rd.At.Format("2006-01-02") != "2021-06-01" {
		t.Errorf("%+v", rd)
	}
	if rd, _ = media.ReadSaved(&account, "a.xml", body, now); !rd.Through.Equal(now) {
		t.Errorf("with its day: %+v", rd)
	}
}

func FuzzFeedsNeverCrash(f *testing.F) {
	f.Add([]byte(rssHead + item("甲", "2021-06-01 08:00:00") + rssTail))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1}]}`))
	f.Add([]byte(`<feed><entry><updated>2021`))
	f.Fuzz(func(t *testing.T, body []byte) {
		rd, posts := media.ReadSaved(&account, "a", body, now)
		if rd.Health == "" || rd.Health != govsweep.SourceWorking && !rd.Through.IsZero() || len(posts) > rd.Items {
			t.Errorf("%+v", rd)
		}
	})
}
