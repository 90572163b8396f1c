package facts

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestReadListAnswer(t *testing.T) {
	const at = "http://www.example.gov.cn/api/list?page=1"
	for name, c := range map[string]struct {
		url, body string
		items     int
		first     string
		newest    string
		state     govsweep.ListState
		more      string
	}{
		"datastore": {
			url: "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=2&perpage=2",
			body: `<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2"></a>]]></nextgroup><totalrecord>5</totalrecord><recordset>` +
				`<record><![CDATA[<li><a title="关于召开听证会的公告" href="/art/2024/5/9/art_1_2.html">关于召开听证会的公告</a><span>2024-05-09</span></li>]]></record>` +
				`<record><![CDATA[<li><a href="/art/2024/5/1/art_1_1.html">关于道路施工的通告</a><span>2024-05-01</span></li>]]></record></recordset></datastore>`,
			items: 2, first: "关于召开听证会的公告 http://www.example.gov.cn/art/2024/5/9/art_1_2.html 2024-05-09", newest: "2024-05-09", state: govsweep.Listed,
			more: "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?page=2",
		},
		"datastore range": {
			url:   "http://www.example.gov.cn/dataproxy.jsp?startrecord=1&endrecord=1&perpage=1",
			body:  `<datastore><totalrecord>3</totalrecord><recordset><record><![CDATA[<a href="/a/1.html">关于道路施工的通告</a>2024-05-01]]></record></recordset></datastore>`,
			items: 1, first: "关于道路施工的通告 http://www.example.gov.cn/a/1.html 2024-05-01", newest: "2024-05-01", state: govsweep.Listed,
			more: "http://www.example.gov.cn/dataproxy.jsp?endrecord=2&perpage=1&startrecord=2",
		},
		"datastore empty": {url: at, body: `<datastore><recordset></recordset></datastore>`, state: govsweep.BlankList},
		"html in json": {
			url:   at,
			body:  `{"success":true,"data":{"html":"<ul><li class=\"clearfix\"><a href=\"/art/2024/art_0123456789abcdef0123456789abcdef.html\">关于召开听证会的公告</a><b>2024-05-09</b></li><li class=\"clearfix\"><a href=\"/art/2024/art_2.html\">关于道路施工的通告</a><b>2024-05-01</b></li></ul><div class=\"pagination\" rows=\"40\" count=\"40\"></div>"}}`,
			items: 2, first: "关于召开听证会的公告 http://www.example.gov.cn/art/2024/art_0123456789abcdef0123456789abcdef.html 2024-05-09", newest: "2024-05-09", state: govsweep.Listed,
			more: "http://www.example.gov.cn/api/list?page=2",
		},
		"gkmlpt": {
			url:   at,
			body:  `{"classify":{"post_count":3},"articles":[{"id":1,"title":"关于召开听证会的公告","url":"http://www.example.gov.cn/gkmlpt/content/12/1/post_1.html","created_at":"2024-05-09 10:00:00","display_publish_time":1715184000},{"id":2,"title":"关于道路施工的通告","post_url":"/gkmlpt/content/12/1/post_2.html","created_at":"2024-05-01"}]}`,
			items: 2, first: "关于召开听证会的公告 http://www.example.gov.cn/gkmlpt/content/12/1/post_1.html 2024-05-09", newest: "2024-05-09", state: govsweep.Listed,
			more: "http://www.example.gov.cn/api/list?page=2",
		},
		"generic": {
			url:   at,
			body:  `{"code":0,"data":{"total":1,"list":[{"docTitle":"<em>关于</em>道路施工的通告","docUrl":"/a/1.html","publishTime":1715184000000,"isTop":1}]}}`,
			items: 1, first: "关于道路施工的通告 http://www.example.gov.cn/a/1.html 2024-05-09", newest: "2024-05-09", state: govsweep.Listed,
		},
		"generic empty": {url: at, body: `{"code":0,"data":{"total":0,"list":[]}}`, state: govsweep.BlankList},
		"padded": {
			url: at, body: `callback({"rows":[{"title":"关于道路施工的通告","url":"/a/1.html","date":"2024-05-01"}]});`,
			items: 1, first: "关于道路施工的通告 http://www.example.gov.cn/a/1.html 2024-05-01", newest: "2024-05-01", state: govsweep.Listed,
		},
		"plain html": {
			url: at, body: `<ul><li><a href="/a/1.html">关于道路施工的通告</a><span>2024-05-01</span></li></ul>`,
			items: 1, first: "关于道路施工的通告 http://www.example.gov.cn/a/1.html 2024-05-01", newest: "2024-05-01", state: govsweep.Listed,
		},
	} {
		l, more, err := ReadListAnswer(govsweep.ListCall{URL: c.url}, []byte(c.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		first := ""
		if len(l.Items) > 0 {
			first = l.Items[0].Title + " " + l.Items[0].URL + " " + l.Items[0].Date
		}
		if len(l.Items) != c.items || first != c.first || l.Newest != c.newest || l.State != c.state || strings.Join(more, " ") != c.more {
			t.Errorf("%s: %d items, first %q, newest %q, %s, more %q", name, len(l.Items), first, l.Newest, l.State, more)
		}
	}
}

func TestReadListAnswerRefusesWhatIsNoList(t *testing.T) {
	for _, body := range []string{"", "null", "[1,2]", `{"code":500,"msg":"系统繁忙"}`, `{"code":500,"data":[]}`, `{"success":false,"list":[]}`, "<html><body>出错了</body></html>", "plain words", "{", `[[[[`} {
		if l, _, err := ReadListAnswer(govsweep.ListCall{URL: "http://www.example.gov.cn/api"}, []byte(body)); err == nil {
			t.Errorf("%q: %+v", body, l)
		}
	}
}
