package origin

import (
	"maps"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
)

// Comparison is how a site and an account of its unit keep step from one day
// to another.
type Comparison struct {
	Account govsweep.Target `json:"account"`
	Site    govsweep.Target `json:"site"`
	Sweep   int64           `json:"sweep"` // of the site
	From    string          `json:"from"`
	To      string          `json:"to"`

	Total  govsweep.OriginCount   `json:"total"`
	Months []govsweep.OriginCount `json:"months,omitempty"` // in order

	Pairs        []govsweep.OriginPair `json:"pairs,omitempty"`
	ArticlesOnly []govsweep.Published  `json:"articles_only,omitempty"` // certainly not on the account
	PostsOnly    []govsweep.Published  `json:"posts_only,omitempty"`    // certainly not on the site
	ArticlesOpen []govsweep.OpenItem   `json:"articles_open,omitempty"`
	PostsOpen    []govsweep.OpenItem   `json:"posts_open,omitempty"`
}

// Compare matches the articles and posts of the days from and to, and between
// them. Partners are looked for beyond these days too. What has none is on one
// side alone only where the other side was read whole over the window around
// it; else it is open, with the reason.
func Compare(site *SiteSide, account *AccountSide, from, to time.Time, p Params) Comparison {
	c := comparing{p: p, site: site, account: account, first: dayOf(&govsweep.Published{At: from}), last: dayOf(&govsweep.Published{At: to}),
		months: map[string]*govsweep.OriginCount{}}
	p.Names = append(slices.Clone(p.Names), site.Site.Name, account.Account.Name, account.Account.Host)
	p.Names = append(p.Names, account.Account.FormerNames...)
	c.out = Comparison{Account: account.Account.Target(), Site: site.Site, Sweep: site.Sweep, From: govsweep.DateOf(from), To: govsweep.DateOf(to)}
	found := Match(site.Articles, account.Posts, p)
	for i := range found.Pairs {
		c.pair(&found.Pairs[i])
	}
	for i := range found.Articles {
		c.article(&found.Articles[i])
	}
	for i := range found.Posts {
		c.post(&found.Posts[i])
	}
	for _, m := range slices.Sorted(maps.Keys(c.months)) {
		c.out.Months = append(c.out.Months, *c.months[m])
	}
	return c.out
}

type comparing struct {
	p           Params
	site        *SiteSide
	account     *AccountSide
	first, last int
	months      map[string]*govsweep.OriginCount
	out         Comparison
}

func (c *comparing) within(p *govsweep.Published) bool {
	d := dayOf(p)
	return d >= c.first && d <= c.last
}

// count enters one item into the whole and into its month.
func (c *comparing) count(p *govsweep.Published, enter func(*govsweep.OriginCount)) {
	month := p.At.In(govsweep.Shanghai).Format("2006-01")
	if c.months[month] == nil {
		c.months[month] = &govsweep.OriginCount{Month: month}
	}
	enter(c.months[month])
	enter(&c.out.Total)
}

func (c *comparing) pair(x *govsweep.OriginPair) {
	article, post := c.within(&x.Article), c.within(&x.Post)
	if article {
		c.count(&x.Article, func(n *govsweep.OriginCount) { n.Articles++; n.Paired++ })
	}
	if post {
		c.count(&x.Post, func(n *govsweep.OriginCount) {
			n.Posts++
			n.PairedPosts++
			switch x.Order {
			case govsweep.SameDay:
				n.SameDay++
			case govsweep.SiteFirst:
				n.SiteFirst++
			case govsweep.AccountFirst:
				n.AccountFirst++
			}
		})
	}
	if article || post {
		c.out.Pairs = append(c.out.Pairs, *x)
	}
}

func (c *comparing) article(p *govsweep.Published) {
	if p.At.IsZero() {
		c.out.Total.Undated++
		c.out.ArticlesOpen = append(c.out.ArticlesOpen, govsweep.OpenItem{Published: *p, Why: "网站没有载明发布日期，无法确定是否在比对时段内。"})
		return
	}
	if !c.within(p) {
		return
	}
	d := dayOf(p)
	if c.account.whole(d-c.p.Window, d+c.p.Window) {
		c.count(p, func(n *govsweep.OriginCount) { n.Articles++; n.ArticlesOnly++ })
		c.out.ArticlesOnly = append(c.out.ArticlesOnly, *p)
		return
	}
	c.count(p, func(n *govsweep.OriginCount) { n.Articles++; n.ArticlesOpen++ })
	c.out.ArticlesOpen = append(c.out.ArticlesOpen, govsweep.OpenItem{Published: *p, Why: "账号的信息来源没有完整覆盖该信息发布前后" + days(c.p.Window) + "，不能认定账号未发布。"})
}

func (c *comparing) post(p *govsweep.Published) {
	if !c.within(p) {
		return
	}
	why := c.site.Why
	switch d := dayOf(p); {
	case why != "":
	case c.site.Since != "" && govsweep.DateOf(p.At.AddDate(0, 0, -c.p.Window)) < c.site.Since:
		why = "网站栏目列表只完整读取到" + chinese(c.site.Since) + "，更早的信息不能认定未在网站发布。"
	case d+c.p.Window > dayOf(&govsweep.Published{At: c.site.AsOf}):
		why = "发布后不足" + days(c.p.Window) + "网站即被检查，网站可能稍后发布。"
	default:
		c.count(p, func(n *govsweep.OriginCount) { n.Posts++; n.PostsOnly++ })
		c.out.PostsOnly = append(c.out.PostsOnly, *p)
		return
	}
	c.count(p, func(n *govsweep.OriginCount) { n.Posts++; n.PostsOpen++ })
	c.out.PostsOpen = append(c.out.PostsOpen, govsweep.OpenItem{Published: *p, Why: why})
}
