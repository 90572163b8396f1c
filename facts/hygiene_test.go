package facts

import (
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

func TestARegistrableDomainIsWhatItsOwnerRegistered(t *testing.T) {
	for host, want := range map[string]string{
		"www.yunchuan.gov.cn": "yunchuan.gov.cn", "jyj.yunchuan.gov.cn:8080": "yunchuan.gov.cn", "YUNCHUAN.gov.cn": "yunchuan.gov.cn", "gov.cn": "gov.cn",
		"a.b.example.com": "example.com", "shop.example.com.cn": "example.com.cn", "127.0.0.1:8080": "127.0.0.1", "example": "example", "": "",
	} {
		if got := Registrable(host); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}

// TestARegisterIsComparedWithWhatASweepSaw judges one dossier of every kind,
// and one that looks like it and is none.
func TestARegisterIsComparedWithWhatASweepSaw(t *testing.T) {
	site := func(code, name, url string, domains ...string) govsweep.Site {
		return govsweep.Site{ID: govsweep.SiteKey(code, address.Host(url)), Code: code, Name: name, URL: url, Domains: domains}
	}
	opened := Home{Reached: true, Status: 200, Response: govsweep.Content}
	down := func(f govsweep.Failure, name govsweep.DNSOutcome) Home {
		return Home{Failure: f, Name: name, Cause: "域名服务器没有应答。"}
	}
	parked, moved, folded := opened, opened, opened
	parked.Parked, moved.FinalURL, folded.FinalURL = "首页是域名停放或出售页面（“域名出售”）", "http://www.newtown.gov.cn/", "https://yunchuan.gov.cn/index.html"
	offSite := Home{Failure: govsweep.FailScope, FinalURL: "http://elsewhere.example.com/"}
	for name, test := range map[string]struct {
		home  Home
		marks govsweep.Marks
		kind  govsweep.RegisterKind // "" for nothing
		says  string
	}{
		"a name that is not there":                {down(govsweep.FailDNS, govsweep.DNSNoName), govsweep.Marks{}, govsweep.NameGone, "不存在（NXDOMAIN）"},
		"a name without an address":               {down(govsweep.FailDNS, govsweep.DNSNoData), govsweep.Marks{}, govsweep.NameEmpty, "没有地址记录（NODATA）"},
		"SERVFAIL says nothing of the name":       {down(govsweep.FailDNS, govsweep.DNSServFail), govsweep.Marks{}, govsweep.RegisterUnread, "不能断定域名不存在"},
		"a name server without an answer neither": {down(govsweep.FailDNS, ""), govsweep.Marks{}, govsweep.RegisterUnread, "不能断定"},
		"a timeout neither":                       {down(govsweep.FailTimeout, ""), govsweep.Marks{}, govsweep.RegisterUnread, "没有打开"},
		"a shield neither":                        {Home{Reached: true, Status: 200, Response: govsweep.Challenge}, govsweep.Marks{}, govsweep.RegisterUnread, "没有打开"},
		"a parking page":                          {parked, govsweep.Marks{}, govsweep.SiteParked, "停放"},
		"a home page at another domain":           {moved, govsweep.Marks{}, govsweep.SiteMoved, "newtown.gov.cn”（该域名未登记）"},
		"a redirect that was not followed":        {offSite, govsweep.Marks{}, govsweep.SiteMoved, "elsewhere.example.com"},
		"another host of the same domain":         {folded, govsweep.Marks{}, "", ""},
		"another code":                            {opened, govsweep.Marks{SiteIDCode: "1507830009"}, govsweep.CodeDiffers, "前者在名录中属于“云川市教育局”"},
		"the same code":                           {opened, govsweep.Marks{SiteIDCode: "1507830002"}, "", ""},
		"no code on the page":                     {opened, govsweep.Marks{MarksUnread: true}, "", ""},
		"another unit in the foot":                {opened, govsweep.Marks{Host: "云川市大数据局"}, govsweep.OwnerDiffers, "与登记的“云川市人民政府办公室”不一致"},
		"the unit in a shorter form":              {opened, govsweep.Marks{Host: "云川市政府 办公室"}, "", ""},
		"the unit beside another":                 {opened, govsweep.Marks{Host: "中共云川市委、云川市人民政府办公室"}, "", ""},
		"the foot of a parking page":              {parked, govsweep.Marks{Host: "域名经纪公司"}, govsweep.SiteParked, "停放"},
	} {
		t.Run(name, func(t *testing.T) {
			s := site("1507830002", "云川市人民政府", "http://www.yunchuan.gov.cn/")
			s.Host = "云川市人民政府办公室"
			h := NewHygiene([]govsweep.Site{s, site("1507830009", "云川市教育局", "http://jyj.yunchuan.gov.cn/")})
			h.Add(&Dossier{Site: s, Home: test.home, Marks: MarkFacts{Marks: test.marks}})
			notes := h.Notes()
			switch {
			case test.kind == "" && len(notes) > 0:
				t.Errorf("%+v", notes)
			case test.kind != "" && (len(notes) != 1 || notes[0].Kind != test.kind || !strings.Contains(notes[0].Summary, test.says)):
				t.Errorf("%+v, want %s", notes, test.kind)
			}
		})
	}
}

func TestWhatASiteCallsItselfIsHeldAgainstItsRow(t *testing.T) {
	for called, want := range map[string]int{"云川市人民政府": 0, "云川市政府门户网站": 1, "云川市人民政府门户网站": 0, "雲川市人民政府": 0, "云川市 人民政府": 0, "云川开发区": 1, "": 0} {
		d := &Dossier{Site: govsweep.Site{Name: "云川市人民政府", URL: "http://www.yunchuan.gov.cn/"}, Home: Home{Reached: true, Status: 200}, Marks: MarkFacts{Name: "首页", TagName: called}}
		if notes := d.AgainstRegister(); len(notes) != want || want == 1 && notes[0].Kind != govsweep.TitleDiffers {
			t.Errorf("%s: %+v", called, notes)
		}
	}
}

func TestADomainThatIsGoneIsRightForASiteThatIsClosed(t *testing.T) {
	for state, want := range map[govsweep.SiteState]int{govsweep.Running: 1, govsweep.Suspended: 1, "": 1, govsweep.Closed: 0, govsweep.Moved: 0} {
		d := &Dossier{Site: govsweep.Site{URL: "http://www.yunchuan.gov.cn/", State: state}, Home: Home{Failure: govsweep.FailDNS, Name: govsweep.DNSNoName}}
		if notes := d.AgainstRegister(); len(notes) != want {
			t.Errorf("%s: %+v", state, notes)
		}
	}
}

func TestHostsNobodyRegisteredAreCountedOverAllSites(t *testing.T) {
	one := govsweep.Site{ID: "1507830002", Code: "1507830002", URL: "http://www.yunchuan.gov.cn/", Domains: []string{"zwgk.yunchuan.gov.cn/a/"}}
	two := govsweep.Site{ID: "1507830003", Code: "1507830003", URL: "https://rsj.yunchuan.gov.cn/"}
	h := NewHygiene([]govsweep.Site{one, two})
	hosts := func(names ...string) (out []LinkedHost) {
		for i, n := range names {
			out = append(out, LinkedHost{Host: n, URL: "http://" + n + "/", Pages: i + 1, From: []string{"http://from/" + n}})
		}
		return out
	}
	opened := Home{Reached: true, Status: 200, Response: govsweep.Content}
	h.Add(&Dossier{Site: one, Home: opened, Links: LinkTally{Hosts: hosts("rsj.yunchuan.gov.cn", "www.zwgk.yunchuan.gov.cn:8443", "old.yunchuan.gov.cn", "www.faraway.gov.cn")}})
	h.Add(&Dossier{Site: two, Home: opened, Links: LinkTally{Hosts: hosts("www.old.yunchuan.gov.cn", "yunchuan.gov.cn")}})
	var got []string
	for _, n := range h.Notes() {
		got = append(got, string(n.Kind)+" "+n.Host)
		if n.Kind == govsweep.Unregistered && (n.Sites != 2 || n.Pages != 4 || len(n.From) != 2) {
			t.Errorf("%+v", n)
		}
	}
	if want := []string{"unregistered old.yunchuan.gov.cn", "linked-stranger www.faraway.gov.cn"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAFoldFindsTheGovernmentHostsPagesPointAt(t *testing.T) {
	in := foldInput()
	out := func(url string) govsweep.Link {
		return govsweep.Link{URL: url, Class: govsweep.ExternalLink, Text: "云川市教育局"}
	}
	in.Nav = []govsweep.Link{out("http://jyj.yunchuan.gov.cn/"), out("http://beian.miit.gov.cn/"), out("http://www.miitbeian.gov.cn/"), out("http://www.miibeian.gov.cn/"), out("http://www.gov.cn/"), out("https://example.com/")}
	home := homeRecord()
	home.LinkKeys = []uint64{address.Key("http://jyj.yunchuan.gov.cn/", ""), address.Key("http://beian.miit.gov.cn/", ""), address.Key("http://www.miitbeian.gov.cn/", ""), address.Key("http://www.miibeian.gov.cn/", "")}
	page := rec(govsweep.ArticleRole, foldHome+"2.html", &govsweep.PageFacts{})
	page.LinkKeys = []uint64{address.Key("http://jyj.yunchuan.gov.cn/a.html", ""), address.Key("http://unlinked.gov.cn/", "")}
	for _, r := range []*govsweep.Record{home, page} {
		slices.Sort(r.LinkKeys)
	}
	probe := rec(govsweep.ProbeRole, "http://jyj.yunchuan.gov.cn/a.html", nil)
	hosts := foldAll(in, home, page, probe).Links.Hosts
	if len(hosts) != 1 || hosts[0].Host != "jyj.yunchuan.gov.cn" || hosts[0].Pages != 2 || !hosts[0].OnHome || hosts[0].Text != "云川市教育局" || len(hosts[0].From) != 2 {
		t.Errorf("%+v", hosts)
	}
}

func TestAParkingPageIsNoSite(t *testing.T) {
	read := func(body string) string {
		p := &govsweep.Page{Visit: govsweep.Visit{URL: "http://www.x.gov.cn/", Role: govsweep.HomeRole}, FinalURL: "http://www.x.gov.cn/", Status: 200}
		return Extract(p, []byte(body), "utf-8", &Site{Home: "http://www.x.gov.cn/"}).Parked
	}
	for body, want := range map[string]string{
		`<title>x.gov.cn</title><p>该域名正在出售，如需购买请联系。本域名可转让。</p>`:                                               "域名停放或出售",
		`<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>`:                                          "默认页面",
		`<title>恭喜，站点创建成功！</title><h1>恭喜, 站点创建成功！</h1><p>这是默认index.html</p>`:                                  "默认页面",
		`<title>某某市人民政府</title><p>关于规范域名转让管理的通知</p>` + strings.Repeat("<p>各单位要高度重视，认真落实有关要求，按时报送情况。</p>", 40): "",
		`<meta name="SiteName" content="某某市人民政府"><title>某某市人民政府</title><p>域名转让须知</p>`:                         "",
		`<title>某某市人民政府</title><p>欢迎访问</p>`:                                                                   "",
	} {
		if got := read("<html><head>" + body + "</html>"); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%.60s: %q, want %q", body, got, want)
		}
	}
}
