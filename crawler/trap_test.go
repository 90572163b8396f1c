package crawler

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep/address"
)

const x = "https://www.x.gov.cn"

func TestTrapsAreSeenByShape(t *testing.T) {
	for _, url := range []string{
		x + "/a/a/a/",
		x + "/zwgk/tzgg/zwgk/tzgg/zwgk/tzgg/",
		x + "/zwgk/tzgg/zwgk/tzgg/", x + "/zwgk/bm/list/bm/list/a.html",
		x + "/zwgk/tzgg/list/zwgk/tzgg/list/zwgk/tzgg/list/1.html",
		x + strings.Repeat("/d", 25) + "/",
		x + "/" + strings.Repeat("long", 300),
		x + "/rl/?year=2093&month=1",
		x + "/rl/?y=1912&m=3",
		x + "/events?date=2155-01-03",
		x + "/calendar/2071/03/",
		x + "/event-calendar/1880/03/",
		x + "/list?sort=date&order=asc&view=grid",
		x + "/list?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=1&k=2&l=3&m=4",
		x + "/list?tag=1&tag=2&tag=3&tag=4&tag=5",
		x + "/view;jsessionid=0123456789ABCDEF0123",
		x + "/view?PHPSESSID=0123456789abcdef0123",
	} {
		if why, ok := trapAt(url, 2026); !ok || !strings.HasSuffix(why, "。") {
			t.Errorf("%.80s is no trap: %q", url, why)
		}
	}
}

func TestRealAddressesAreNoTraps(t *testing.T) {
	for _, url := range []string{
		x + "/", x + "/art/1/1/1/art_1_1.html", x + "/art/2021/8/8/art_8_8888.html", x + "/col/col1229/index.html?uid=1&pageNum=399",
		x + "/zwgk/tzgg/index_99.html", x + "/gkmlpt/index#696", x + "/gkmlpt/content/4/4019/post_4019113.html",
		x + "/search?q=%E9%80%9A%E7%9F%A5&page=2&sort=date", x + "/2021/2021/t20210802_1.html", x + "/n1/n1/n2/c3/content.html",
		x + "/list?year=2019", x + "/list?year=2027", x + "/tjnj?year=1998", x + "/list?start=0&end=20", x + "/list?date=20210802",
		x + "/list.do?channelId=1&pageNo=2&pageSize=15&order=1", x + "/list?sid=12&page=3", x + "/zwgk/zwgk/list.html", x + "/art/2021/8/2021/8/1.html", x + "/bm/1/bm/2/", x + "/a/1/2/1/2/x.html",
		x + "/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15&unitid=12&webid=1&path=http://x/&webname=x&col=1&columnid=3&sourceContentType=1&permissiontype=0",
	} {
		if why, ok := trapAt(url, 2026); ok {
			t.Errorf("%s: %s", url, why)
		}
	}
}

func TestRealColumnsAreNoTraps(t *testing.T) {
	n := 0
	for word := range strings.FieldsSeq(string(sharedFile(t, "registers/rsshub_gov_selectors.tsv"))) {
		if !strings.HasPrefix(word, "http") || !strings.Contains(word, ".gov.cn") {
			continue
		}
		url, err := address.Canonical(word)
		if err != nil {
			continue
		}
		n++
		if why, ok := trapAt(url, 2026); ok {
			t.Errorf("%s: %s", url, why)
		}
	}
	t.Logf("%d real addresses, no trap among them", n)
	if n < 200 {
		t.Errorf("only %d addresses read", n)
	}
}

func FuzzTrap(f *testing.F) {
	f.Add(x + "/a/b/a/b/?year=1&sort=2")
	f.Fuzz(func(t *testing.T, url string) {
		if c, err := address.Canonical(url); err == nil {
			if why, ok := Trap(c); ok != (why != "") {
				t.Errorf("%s: %q %v", c, why, ok)
			}
			(NewScope(c, []string{url})).Same(c)
		}
	})
}
