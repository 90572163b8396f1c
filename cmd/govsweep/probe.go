package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type probeCmd struct {
	Run_        probeRunCmd         `cmd:"" name:"run" help:"访问网站首页：一次，或按计划连续监测。"`
	Show        probeShowCmd        `cmd:"" help:"查看监测结果：全部网站，或一个网站逐日的情况。"`
	IPv6        probeIPv6Cmd        `cmd:"" name:"ipv6" help:"IPv6支持情况：记录、域名授权体系，首页分别通过IPv4和IPv6访问。"`
	Census      probeCensusCmd      `cmd:"" help:"外部资源普查：一次检查的全部网站引用了哪些主机，哪些不支持IPv6（“天窗”）。"`
	Maintenance probeMaintenanceCmd `cmd:"" help:"登记、查看网站事先公告的维护时段。"`
}

type probeRunCmd struct {
	Site     []string `help:"网站的标识码或首页地址，可重复。未登记的地址也可以。默认为全部在册网站。" placeholder:"网站"`
	Scope    []string `help:"范围，可重复：region=行政区划、level=层级、platform=平台、tag=标签、id=标识码。" placeholder:"条件"`
	Once     bool     `help:"立即各访问一次（默认）。" xor:"how"`
	Watch    bool     `help:"按计划连续访问，直到满足天数或按 Ctrl-C 停止。中断后用同样的命令继续。" xor:"how"`
	Visits   int      `help:"每日间隔访问的次数，20至48。多于20次，个别未能测量的不影响认定。" default:"24" placeholder:"数"`
	Days     int      `help:"连续监测的整日数，当日尚未开始访问的自当日起算，否则自次日零时起算。" default:"7" placeholder:"数"`
	Control  []string `help:"对照网站首页地址，可重复：已知正常的网站，它也打不开时，不计被测网站打不开。" placeholder:"网址"`
	Family   string   `help:"地址族：any（IPv4优先）、4、6。" default:"any" enum:"any,4,6" placeholder:"族"`
	Vantage  string   `help:"监测点名称。有两处以上监测点时写明。" placeholder:"名称"`
	Parallel int      `help:"同时访问的网站数。" default:"16" placeholder:"数"`
	Contact  string   `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
}

// Run visits sites once, or makes a series of visits.
func (c *probeRunCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	if c.Visits < 20 || c.Visits > 48 || c.Days < 1 || c.Days > 366 || c.Parallel < 1 || c.Parallel > 256 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "每日访问次数（--visits）应在20至48之间，天数（--days）应在1至366之间，同时访问数（--parallel）应在1至256之间"}
	}
	var err error
	if c.Control, err = a.controls(c.Control); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	sites, err := a.probeSites(db, c.Site, c.Scope)
	if err != nil {
		return err
	}
	if c.Watch && len(c.Site) > 0 {
		if err := a.registeredScheme(db, sites); err != nil {
			return err
		}
	}
	w, err := c.watch(a, db)
	if err != nil {
		return err
	}
	if c.Watch {
		h, err := a.holdWatch(db, c.Vantage)
		if err != nil {
			return err
		}
		defer h.let()
		w.Log = h.db
		return h.run(a.ctx, func(ctx context.Context) error { return c.series(ctx, a, w, sites) })
	}
	if len(c.Site) > 0 {
		w.Log = asRegistered{db}
	}
	visits, err := w.Once(a.ctx, sites)
	if err != nil {
		return err
	}
	slices.SortFunc(visits, func(x, y govsweep.ProbeVisit) int { return strings.Compare(string(x.Target), string(y.Target)) })
	if a.format() == "table" && len(visits) <= mostPages {
		return a.probePages(db, visits)
	}
	return a.grid(reports.ProbeVisitGrid(visits), func(out io.Writer) error { return reports.ProbeVisitLines(out, visits) })
}

// mostPages is how many visits are shown on a page of their own; more are a
// list.
const mostPages = 3

func (a *app) probePages(db *storage.DB, visits []govsweep.ProbeVisit) error {
	for i := range visits {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		if err := reports.ProbePage(a.stdout, a.targetOf(db, visits[i].Target), &visits[i], a.width()); err != nil {
			return err
		}
	}
	return nil
}

func (c *probeRunCmd) watch(a *app, db *storage.DB) (*probe.Watch, error) {
	o, err := a.fetchOptions(crawlFlags{Contact: c.Contact})
	if err == nil {
		err = o.Validate()
	}
	if err != nil {
		return nil, err
	}
	return &probe.Watch{
		Prober: &probe.Prober{Options: o, Vantage: c.Vantage}, Log: db, Series: govsweep.Availability, Visits: c.Visits,
		Family: map[string]probe.Family{"any": probe.Both, "4": probe.V4, "6": probe.V6}[c.Family], Controls: c.Control, Parallel: c.Parallel,
		Judge: judgeHome,
	}, nil
}

// judgeHome reads the page of a visit: the crawler itself may not.
func judgeHome(p *govsweep.Page) (govsweep.Response, string) {
	body, charset := crawler.Decode(p.Body, p.Header.Get("Content-Type"))
	return facts.HomeAnswer(p, body, charset)
}

// series watches until the days are over or a person stops it.
func (c *probeRunCmd) series(ctx context.Context, a *app, w *probe.Watch, sites []probe.Site) error {
	until, err := w.Until(ctx, sites, c.Days)
	if err != nil {
		return err
	}
	failed := 0
	next := &nextLine{app: a, sites: sites, visits: c.Visits, until: until, now: time.Now}
	if w.Now != nil {
		next.now = w.Now
	}
	w.Idle = next.tell
	defer next.clear()
	w.Told = func(v govsweep.ProbeVisit) {
		next.made++
		if v.Result != govsweep.ProbeOpened {
			failed++
			next.clear()
			fmt.Fprintf(a.stderr, "%s %s %s\n", v.At.In(govsweep.Shanghai).Format(time.DateTime), reports.Clean(v.URL), reports.Clean(v.Cause))
		}
	}
	fmt.Fprintf(a.stderr, "开始监测%d个网站，每日%d次，至%s24时结束。按 Ctrl-C 停止，用同样的命令继续。\n",
		len(sites), c.Visits, govsweep.ChineseDate(until.Add(-time.Second)))
	if len(c.Control) == 0 {
		fmt.Fprintln(a.stderr, "没有设置对照网站（--control），监测端自身的网络问题无法排除，认定时须人工核对。")
	}
	if err = w.Run(ctx, sites, until); err == nil {
		next.clear()
		fmt.Fprintf(a.stderr, "监测结束，%d次未打开或未能测量。查看结果：govsweep probe show\n", failed)
	}
	return err
}

// probeSites finds the sites to visit: those named, else those of the scope.
func (a *app) probeSites(db *storage.DB, named, scope []string) ([]probe.Site, error) {
	filter, err := parseScope(scope)
	if err != nil {
		return nil, err
	}
	known, err := db.Sites(a.ctx, filter)
	if err != nil {
		return nil, err
	}
	var sites []govsweep.Site
	for _, word := range named {
		s, err := a.probeSite(db, known, word)
		if err != nil {
			return nil, err
		}
		sites = append(sites, a.asWritten(s, word))
	}
	if len(named) == 0 {
		sites = register.Running(known)
		a.leftOut(known)
	}
	if len(sites) == 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "该范围内没有在册的正常运行网站，请先用 govsweep import sites 导入名录，或用 --site 写明网址"}
	}
	var out []probe.Site
	for _, s := range sites {
		if !slices.ContainsFunc(out, func(o probe.Site) bool { return o.ID == s.ID }) {
			out = append(out, probe.Site{ID: s.ID, URL: s.URL})
		}
	}
	return out, nil
}

// probeSite finds a site by its code or address; an address nobody has
// registered becomes a site.
func (a *app) probeSite(db *storage.DB, known []govsweep.Site, word string) (govsweep.Site, error) {
	if s, ok := findSite(known, word); ok {
		return s, nil
	}
	home, err := homeAddress(word)
	if err != nil || govsweep.ValidSiteIDCode(word) {
		return govsweep.Site{}, &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + harmless(word) + "”，它也不是网址，请写标识码或完整的首页地址，如 https://www.example.gov.cn"}
	}
	if name := address.Hostname(home); !strings.ContainsAny(name, ".:") {
		return govsweep.Site{}, &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有“" + harmless(word) + "”；“" + harmless(name) + "”没有点，也不是完整的域名，请写标识码或完整的首页地址，如 https://www.example.gov.cn"}
	}
	s := govsweep.Site{ID: govsweep.SiteKey("", address.Host(home)), Name: address.Host(home), URL: home}
	return s, db.SaveSites(a.ctx, []govsweep.Site{s})
}

// asWritten gives a site with the home page a person wrote, where that has
// another scheme than the register: only it shows the certificate asked for.
func (a *app) asWritten(s govsweep.Site, word string) govsweep.Site {
	home, err := homeAddress(word)
	if err != nil || !strings.Contains(word, "://") || secure(home) == secure(s.URL) {
		return s
	}
	if s.Registered() {
		fmt.Fprintf(a.stderr, "“%s”在名录中的首页为%s，本次按所写的%s访问。\n", reports.Clean(s.Name), reports.Clean(s.URL), reports.Clean(home))
	}
	s.URL = home
	return s
}

// registeredScheme refuses a series of visits to another address than the
// register's: it would decide about a site that has not got it.
func (a *app) registeredScheme(db *storage.DB, sites []probe.Site) error {
	for _, s := range sites {
		known, err := db.Site(a.ctx, s.ID)
		if err != nil {
			return err
		}
		if known.Registered() && secure(known.URL) != secure(s.URL) {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "连续监测以名录登记的首页为准：“" + known.Name + "”登记的是" + known.URL + "。请写标识码，或先改正名录"}
		}
	}
	return nil
}

func secure(url string) bool { return strings.HasPrefix(url, "https:") }

// asRegistered keeps single visits, but not those of a registered site under
// another scheme than its own: they are no word about its availability.
type asRegistered struct{ *storage.DB }

// SaveProbes keeps the visits of home pages as they are registered.
func (l asRegistered) SaveProbes(ctx context.Context, visits []govsweep.ProbeVisit) error {
	var kept []govsweep.ProbeVisit
	for _, v := range visits {
		s, err := l.Site(ctx, v.Target)
		if err != nil && govsweep.KindOf(err) != govsweep.NotFound {
			return err
		}
		if err != nil || !s.Registered() || secure(s.URL) == secure(v.URL) {
			kept = append(kept, v)
		}
	}
	return l.DB.SaveProbes(ctx, kept)
}

// Help shows how it is used.
func (probeRunCmd) Help() string {
	return `示例：
  govsweep probe run --site https://www.example.gov.cn       立即访问一次，看各阶段耗时和证书
                                                             写明 https:// 的按所写访问；与名录不同的，不计入可用性监测
  govsweep probe run --watch --control https://www.gov.cn    全部在册网站，连续监测7个整日
  govsweep probe run --scope level=县级 --format xlsx > 访问记录.xlsx`
}
