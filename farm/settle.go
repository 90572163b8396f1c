package farm

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/govsweep/govsweep"
)

// families in the order in which sites take them; the empty one is plain static.
var families = []govsweep.Platform{govsweep.TRS, govsweep.JCMS, govsweep.UCAP, "", govsweep.GKMLPT, govsweep.VSB, govsweep.JPaaS, govsweep.LongXun}

// A part is what a site plays in the farm.
type part struct {
	role   string
	kind   govsweep.SiteKind
	stage  func(*site, *rand.Rand)
	plants int // article faults scattered over the site
	looks  int // article look-alikes scattered over the site
}

// settle makes the sites, their columns, and what is planted on them.
func (f *Farm) settle() {
	r := dice(f.opt.Seed, "settle")
	shift := r.IntN(len(families))
	regions := newRegions(r)
	for i := range f.opt.Sites {
		p := parts[i%len(parts)]
		s := f.newSite(i, p, regions(p.kind), families[(i+shift)%len(families)])
		s.build(p)
	}
	if f.opt.Wider {
		f.strays()
		f.playAccounts()
	}
}

// newRegions hands out invented places: every portal a new one, departments
// sit in the place of the portal before them.
func newRegions(r *rand.Rand) func(govsweep.SiteKind) [2]string {
	order := r.Perm(len(firstSyllables) * len(middleSyllables))
	last, n := [2]string{}, 0
	return func(kind govsweep.SiteKind) [2]string {
		if kind == govsweep.DepartmentSite && n > 0 {
			return last
		}
		k := order[n%len(order)]
		a, b, c := firstSyllables[k%len(firstSyllables)], middleSyllables[k/len(firstSyllables)], lastSyllables[(n+k)%len(lastSyllables)]
		end := []string{"市", "县", "区"}[n%3]
		n++
		last = [2]string{a.han + b.han + c.han + end, a.latin + b.latin + c.latin}
		return last
	}
}

func (f *Farm) newSite(no int, p part, region [2]string, family govsweep.Platform) *site {
	s := &site{farm: f, no: no, role: p.role, kind: p.kind, family: family, region: region[0], paths: map[string]func(*reply){}, used: map[*item]bool{}}
	s.host, s.name, s.owner = "www."+region[1]+".gov.cn", region[0]+"人民政府", region[0]+"人民政府"
	s.supervisor, s.level = region[0]+"人民政府办公室", map[string]string{"市": "市级", "县": "县级", "区": "县级"}[string([]rune(region[0])[3:])]
	if p.kind == govsweep.DepartmentSite {
		o := offices[no%len(offices)]
		s.name, s.owner, s.host = region[0]+o.name, region[0]+o.name, o.slug+"."+region[1]+".gov.cn"
		s.supervisor = region[0] + "人民政府"
	}
	r := s.dice("site")
	s.code = fmt.Sprintf("98%02d%02d%04d", no/8%90+10, no%8+1, 1+no)
	s.prefix = "岚"
	s.look = throwStyle(r)
	s.throwCharset(r, no)
	s.throwFoot(r)
	s.banner = no%3 == 0
	f.sites = append(f.sites, s)
	f.byHost[s.host] = s
	return s
}

// throwCharset picks bytes and declarations: right, absent and wrong ones.
func (s *site) throwCharset(r *rand.Rand, no int) {
	s.charset = []string{"utf-8", "gbk", "utf-8", "gb18030", "utf-8"}[no%5]
	s.meta = s.charset
	switch r.IntN(5) {
	case 0:
		s.header, s.meta = s.charset, ""
	case 1:
		s.header = s.charset
	case 2:
		s.meta = "" // nothing declared at all
	case 3:
		s.meta = map[string]string{"utf-8": "gb2312", "gbk": "utf-8", "gb18030": "gb2312"}[s.charset]
	}
	if s.role == "utf-16" {
		s.charset, s.header, s.meta = "utf-16le", "", "utf-16"
	}
}

func (s *site) throwFoot(r *rand.Rand) {
	s.foot = foot{
		conac: "red", code: s.code, icp: s.prefix + "ICP备" + digits(r, 8) + "号-1", icpLink: "https://beian.miit.gov.cn/", owner: true,
		police: s.prefix + "公网安备 9" + digits(r, 13) + "号", contact: "0" + digits(r, 3) + "-6" + digits(r, 6), sitemap: true,
		report: pick(r, []string{"current", "link"}), reportID: s.code, ipv6Label: r.IntN(2) == 0,
	}
}

// build grows the columns, plays the part, scatters faults and look-alikes,
// and lays the paths.
func (s *site) build(p part) {
	plan := portalPlan(s.region)
	if !s.portal() {
		plan = departmentPlan()
	}
	s.tags.drop = map[string]bool{}
	s.grow(plan, nil)
	s.relate()
	s.throwForm()
	s.throwModes()
	if p.stage != nil {
		p.stage(s, s.dice("stage"))
	}
	s.oddities(p)
	s.misfile(p)
	s.scatter(p.plants, p.looks)
	s.lay()
	s.judge()
}

// throwForm puts last year's 年度报表 on the home page, in time.
func (s *site) throwForm() {
	day := s.farm.opt.AsOf.In(govsweep.Shanghai)
	year := day.Year()
	if day.Before(time.Date(year, 2, 1, 0, 0, 0, 0, govsweep.Shanghai)) {
		year--
	}
	s.setForm(time.Date(year, 1, 20, 10, 5, 0, 0, govsweep.Shanghai))
}

var formTitles = []string{"%s%d年度政府网站工作年度报表", "%s政府网站工作年度报表（%d年度）", "%[2]d年%[1]s政府网站工作年度报表"}

func (s *site) setForm(at time.Time) {
	c := s.column("tzgg")
	keep := c.items
	s.home.form.item = s.add(c, fmt.Sprintf(pick(s.dice("form"), formTitles), s.name, at.Year()-1), at)
	c.items = keep // it is linked from the home page, not from the column
	s.home.form.item.file, s.home.form.item.image = "", ""
}

// throwModes lets families with a list call use it for some columns.
func (s *site) throwModes() {
	if !canCall(s.family) {
		return
	}
	for i, c := range s.columns {
		if c.mode == plainList && c.level > 1 && c.class != govsweep.DisclosureSystem && i%4 == 1 {
			c.mode = callList
		}
	}
}

// registered is the site as the register knows it.
func (s *site) registered() govsweep.Site {
	yes := true
	out := govsweep.Site{
		ID: govsweep.TargetID(s.code), Code: s.code, Name: cmp.Or(s.filed.name, s.name), URL: s.at("/"), Kind: s.kind, Level: s.level, Region: s.region, Host: cmp.Or(s.filed.owner, s.owner),
		Supervisor: s.supervisor, Platform: s.region[:9] + "集约化平台", Tags: []string{s.role}, State: govsweep.Running, PublicService: &yes,
	}
	if s.filed.state != "" {
		out.State = s.filed.state
	}
	if s.portal() {
		out.Scopes = []string{"county-or-above"}
	}
	return out
}

// lay connects every address of the site with its page.
func (s *site) lay() {
	s.paths["/"] = (*reply).homePage
	s.paths["/index.html"] = (*reply).homePage
	s.paths["/wzdt.html"] = (*reply).sitemapPage
	s.paths["/module/web/jpage/dataproxy.jsp"] = (*reply).dataproxy
	s.paths["/api-gateway/jpaas-publish-server/front/page/build/unit"] = (*reply).unit
	for _, c := range s.columns {
		s.layColumn(c)
		for _, it := range c.items {
			s.layItem(it)
		}
	}
	if f := s.home.form.item; f != nil {
		s.layItem(f)
	}
}

func (s *site) layItem(it *item) {
	if it.col.mode != singleText {
		s.paths[it.path()] = func(p *reply) { p.articlePage(it, nil) }
	}
	if it.file != "" {
		s.paths[it.file] = func(p *reply) { p.raw, p.ctype = attachment(it.file) }
	}
}
