package platform

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govsweep/govsweep"
)

func TestFamilyOfAddress(t *testing.T) {
	for address, want := range map[string]govsweep.Platform{
		"http://a.gov.cn/art/2025/6/13/art_141_5018833.html":                      govsweep.JCMS,
		"http://a.gov.cn/art/2021/12/29/art_1229040099_2386585.html?x=1":          govsweep.JCMS,
		"http://a.gov.cn/col/col1229214366/index.html":                            govsweep.JCMS,
		"http://a.gov.cn/x/y/art/2020/art_14730801a8ae49e99b132c83575b7810.html":  govsweep.JPaaS,
		"http://a.gov.cn/zwgk/202012/t20201208_314762.html":                       govsweep.TRS,
		"http://a.gov.cn/zwgk/t20201208_314762.htm":                               govsweep.TRS,
		"http://a.gov.cn/zx/t18993630.shtml":                                      govsweep.TRS,
		"http://a.gov.cn/b/c133076/202204/0123456789abcdef0123456789abcdef.shtml": govsweep.UCAP,
		"http://a.gov.cn/b/c133076/list.shtml":                                    govsweep.UCAP,
		"http://a.gov.cn/dept/gkmlpt/content/9/9000/post_9000001.html":            govsweep.GKMLPT,
		"http://a.gov.cn/zwgk/content/mpost_9000001.html":                         govsweep.GKMLPT,
		"http://a.gov.cn/dept/gkmlpt/index":                                       govsweep.GKMLPT,
		"http://a.gov.cn/info/10251/1192502.htm":                                  govsweep.VSB,
		"http://a.gov.cn/News/show/1303710.html":                                  govsweep.LongXun,
		"http://a.gov.cn/content/article/1303710":                                 govsweep.LongXun,
		"http://a.gov.cn/OpennessContent/show/1303710.html":                       govsweep.LongXun,
		"http://a.gov.cn/openness/public/6596821.html":                            govsweep.LongXun,
		"http://a.gov.cn/":                                                              govsweep.UnknownPlatform,
		"http://a.gov.cn/zwgk/tzgg/":                                                    govsweep.UnknownPlatform,
		"http://a.gov.cn/info/":                                                         govsweep.UnknownPlatform,
		"http://a.gov.cn/news/20250101.html":                                            govsweep.UnknownPlatform,
		"http://a.gov.cn/zwgk/list.shtml":                                               govsweep.UnknownPlatform,
		"http://a.gov.cn/art/show.html":                                                 govsweep.UnknownPlatform,
		"http://a.gov.cn/news/post_1.html":                                              govsweep.UnknownPlatform,
		"http://a.gov.cn/html/2026/tongzhigonggao_0814/4053565.html":                    govsweep.UnknownPlatform,
		"http://a.gov.cn/zwgk/t99999999_1.html":                                         govsweep.UnknownPlatform,
		"http://a.gov.cn/a/0123456789abcdef0123456789abcdef.html":                       govsweep.UnknownPlatform,
		"http://a.gov.cn/art/2020/13/xx/art_1_2.html":                                   govsweep.UnknownPlatform,
		"http://a.gov.cn/info/10251/index.htm":                                          govsweep.UnknownPlatform,
		"http://a.gov.cn/opennessx/OpennessTarget/?branch_id=57a3dca42c262aeca6fdb8d5b": govsweep.UnknownPlatform,
	} {
		var s Signs
		s.URL(address)
		if got := s.Family(); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestSigns(t *testing.T) {
	cases := []struct {
		name string
		sign func(*Signs)
		want govsweep.Platform
	}{
		{"body of UCAP", func(s *Signs) { s.Mark("content UCAP-CONTENT") }, govsweep.UCAP},
		{"numbered body of vsb", func(s *Signs) { s.Mark("vsb_content_501") }, govsweep.VSB},
		{"zoom alone is not enough", func(s *Signs) { s.Mark("zoom"); s.Mark("zoom") }, govsweep.UnknownPlatform},
		{"text pasted from TRS into UCAP", func(s *Signs) {
			s.URL("http://a.gov.cn/x/202204/0123456789abcdef0123456789abcdef.shtml")
			s.Mark("TRS_Editor")
		}, govsweep.UCAP},
		{"jpaas on addresses of jcms", func(s *Signs) {
			s.URL("http://a.gov.cn/col/col12/index.html")
			for range 3 {
				s.Link("/col/col13/index.html")
			}
			s.Unit("/api-gateway/jpaas-publish-server/front/page/build/unit")
		}, govsweep.JPaaS},
		{"two links of articles", func(s *Signs) {
			s.Link("/a/202601/t20260108_1.html")
			s.Link("/a/202601/t20260109_2.html")
		}, govsweep.TRS},
		{"one link of another system", func(s *Signs) { s.Link("/info/1/2.htm") }, govsweep.UnknownPlatform},
		{"comments of jcms", func(s *Signs) { s.Comment("<$[标题]>begin") }, govsweep.JCMS},
		{"generator", func(s *Signs) { s.Generator("TRS WCM 7.0") }, govsweep.TRS},
		{"error-report script of kaipu is nobody's sign", func(s *Signs) {
			s.Script("http://pucha.kaipuyun.cn/exposure/jiucuo.js")
		}, govsweep.UnknownPlatform},
	}
	for _, c := range cases {
		var s Signs
		c.sign(&s)
		if got := s.Family(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func pageOf(address string, inline ...string) *Page {
	base, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return &Page{URL: address, Inline: inline, Resolve: func(ref string) (string, bool) {
		u, err := base.Parse(ref)
		if err != nil {
			return "", false
		}
		return u.String(), true
	}}
}

func TestCalls(t *testing.T) {
	const proxy = "http://a.gov.cn/module/web/jpage/dataproxy.jsp"
	cases := []struct {
		name   string
		family *Family
		page   *Page
		want   []govsweep.ListCall
	}{
		{"jcms, link of the next group", jcms, pageOf("http://a.gov.cn/col/col27/index.html",
			`<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&amp;webid=1&amp;path=/&amp;columnid=27&amp;unitid=99&amp;permissiontype=0"></a>]]></nextgroup></datastore>`),
			[]govsweep.ListCall{{Platform: govsweep.JCMS, URL: proxy + "?page=1&webid=1&path=/&columnid=27&unitid=99&permissiontype=0"}}},
		{"jcms, form from parameters", jcms, pageOf("http://a.gov.cn/col/col27/index.html",
			`$('#99').jpage({perPage:20,proxyUrl:'/module/web/jpage/dataproxy.jsp',param:{col:1,appid:1,webid:3,path:'/',columnid:27,sourceContentType:1,unitid:'99',webname:'%E7%94%B2',permissiontype:0}});`),
			[]govsweep.ListCall{{Platform: govsweep.JCMS, URL: proxy + "?startrecord=1&endrecord=60&perpage=20",
				Form: "col=1&appid=1&webid=3&path=%2F&columnid=27&sourceContentType=1&unitid=99&webname=%E7%94%B2&permissiontype=0"}}},
		{"jcms, window written out", jcms, pageOf("http://a.gov.cn/col/col27/index.html",
			`var p={"columnid":"27","unitid":"99"};post("/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",p)`),
			[]govsweep.ListCall{{Platform: govsweep.JCMS, URL: proxy + "?startrecord=1&endrecord=45&perpage=15", Form: "columnid=27&unitid=99"}}},
		{"jcms, no unit named", jcms, pageOf("http://a.gov.cn/col/col27/index.html", `proxy='/module/web/jpage/dataproxy.jsp'`), nil},
		{"jpaas, column unit", jpaas, &Page{Resolve: pageOf("http://a.gov.cn/xx/index.html").Resolve, Units: []Unit{
			{"/api-gateway/jpaas-publish-server/front/page/build/unit", `{"webId":"w","pageType":"column","tagId":"列表","pageId":"p"}`},
			{"/api-gateway/jpaas-publish-server/front/page/build/unit", `{"webId":"w","pageType":"article","pageId":"p"}`},
			{"/other", `{"webId":"w"}`}}},
			[]govsweep.ListCall{{Platform: govsweep.JPaaS, URL: "http://a.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?webId=w&pageType=column&tagId=%E5%88%97%E8%A1%A8&pageId=p&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A20%7D"}}},
		{"jpaas, single quotes in a script", jpaas, pageOf("http://a.gov.cn/xx/index.html",
			`$.ajax({url:"/api-gateway/jpaas-publish-server/front/page/build/unit",queryData:{'webId':'w','pageId':'p'}})`),
			[]govsweep.ListCall{{Platform: govsweep.JPaaS, URL: "http://a.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?webId=w&pageId=p&paramJson=%7B%22pageNo%22%3A1%2C%22pageSize%22%3A20%7D"}}},
		{"gkmlpt, branches of the tree", gkmlpt, pageOf("http://a.gov.cn/dept/gkmlpt/index",
			`window._CONFIG={SID:'758001',TREE:[{"id":11,"name":"a]","children":[{"id":111}]},{"id":12}],DETAIL:{}}`),
			[]govsweep.ListCall{{Platform: govsweep.GKMLPT, URL: "http://a.gov.cn/dept/gkmlpt/api/all/11?page=1&sid=758001"},
				{Platform: govsweep.GKMLPT, URL: "http://a.gov.cn/dept/gkmlpt/api/all/12?page=1&sid=758001"}}},
		{"gkmlpt, named category", gkmlpt, pageOf("http://a.gov.cn/gkmlpt/index", `window._CONFIG = {"SID": 2, "CATEGORY": 5, "TREE": [{"id":1}]}`),
			[]govsweep.ListCall{{Platform: govsweep.GKMLPT, URL: "http://a.gov.cn/gkmlpt/api/all/5?page=1&sid=2"}}},
		{"gkmlpt, no tree", gkmlpt, pageOf("http://a.gov.cn/gkmlpt/index", `_CONFIG={SID:2}`),
			[]govsweep.ListCall{{Platform: govsweep.GKMLPT, URL: "http://a.gov.cn/gkmlpt/api/all/0?page=1&sid=2"}}},
		{"gkmlpt, an article has no list", gkmlpt, pageOf("http://a.gov.cn/gkmlpt/content/1/2/post_3.html", `_CONFIG={SID:2}`), nil},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, c.family.Calls(c.page)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestMore(t *testing.T) {
	cases := []struct {
		name   string
		family *Family
		page   *Page
		want   string
	}{
		{"TRS", trs, pageOf("http://a.gov.cn/zw/", `createPageHTML(4, 0, "index", "html");`),
			"http://a.gov.cn/zw/index_1.html http://a.gov.cn/zw/index_2.html http://a.gov.cn/zw/index_3.html"},
		{"TRS, third page", trs, pageOf("http://a.gov.cn/zw/index_2.html", `createPageHTML('4','2','index','shtml',60)`),
			"http://a.gov.cn/zw/index_3.shtml"},
		{"TRS, variables", trs, pageOf("http://a.gov.cn/zw/index.shtml", "var currentPage = 0;\nvar countPage = 2//共多少页"),
			"http://a.gov.cn/zw/index_1.shtml"},
		{"TRS, one page", trs, pageOf("http://a.gov.cn/zw/", `createPageHTML(1,0,"index","html")`), ""},
		{"TRS, pages of an article", trs, pageOf("http://a.gov.cn/zw/202601/t20260101_1.html", `createPageHTML(3,0,"t20260101_1","html")`), ""},
		{"TRS, the function itself", trs, pageOf("http://a.gov.cn/zw/", `function createPageHTML(_n,_c,_s,_e){}`), ""},
		{"UCAP", ucap, pageOf("http://a.gov.cn/c1001/list.shtml", `createPageHTML('page-div',3, 1,'list','shtml',60);`),
			"http://a.gov.cn/c1001/list_2.shtml http://a.gov.cn/c1001/list_3.shtml"},
	}
	for _, c := range cases {
		if got := strings.Join(c.family.More(c.page), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	p := pageOf("http://a.gov.cn/tzgg.htm")
	p.Paths = []string{"/tzgg/2.htm", "/tzgg/3.htm", "/tzgg/1.htm", "/other/9.htm"}
	if got := strings.Join(vsb.More(p), " "); got != "http://a.gov.cn/tzgg/3.htm http://a.gov.cn/tzgg/2.htm http://a.gov.cn/tzgg/1.htm" {
		t.Errorf("vsb: %s", got)
	}
	if got := len(trs.More(pageOf("http://a.gov.cn/zw/", `createPageHTML(999999, 0, "index", "html");`))); got != maxMore {
		t.Errorf("a made-up total gives %d pages", got)
	}
}

func TestFamiliesAreListed(t *testing.T) {
	if len(All) != families {
		t.Fatalf("%d families, Signs holds %d", len(All), families)
	}
	for _, f := range All {
		if Of(f.Name) != f {
			t.Errorf("%s is not found by its name", f.Name)
		}
	}
}

func BenchmarkLinks(b *testing.B) {
	for b.Loop() {
		var s Signs
		for range 100 {
			s.Link("/zwgk/tzgg/gsgg/index.html")
			s.Link("/zwgk/202601/t20260108_123456.html")
		}
	}
}

func FuzzCalls(f *testing.F) {
	f.Add(`window._CONFIG={SID:'7',TREE:[{"id":1},{"id":`)
	f.Add(`'dataproxy.jsp?columnid=%zz' columnid:1 unitid:'`)
	f.Add(`createPageHTML(99999999,1,"a","html")`)
	f.Fuzz(func(t *testing.T, text string) {
		p := pageOf("http://a.gov.cn/gkmlpt/index", text)
		for _, family := range All {
			if family.Calls != nil && len(family.Calls(p)) > 64 {
				t.Error("too many calls")
			}
			if family.More != nil && len(family.More(p)) > maxMore {
				t.Error("too many pages")
			}
		}
	})
}
