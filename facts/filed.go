package facts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// AgainstRegister compares one site with its own row of the register: whether
// its domain is there and still its own, and whether name and 主办单位 on its
// pages are those of the register. What could not be looked at is one note of
// kind RegisterUnread, never a difference. The identity code is compared by
// Hygiene, which knows whose it is. A closed or moved site whose domain is
// gone is as it is registered.
func (d *Dossier) AgainstRegister() []govsweep.RegisterNote {
	var out []govsweep.RegisterNote
	if n, ok := d.againstDomain(); ok && !(d.Site.State.Ended() && (n.Kind == govsweep.NameGone || n.Kind == govsweep.NameEmpty)) {
		out = append(out, n)
	}
	if n, ok := d.againstPage(); ok {
		return append(out, n) // what stands there is not the site: its name and unit say nothing
	}
	if n, ok := d.againstName(); ok {
		out = append(out, n)
	}
	if n, ok := d.againstOwner(); ok {
		out = append(out, n)
	}
	return out
}

func (d *Dossier) registerNote(kind govsweep.RegisterKind, listed, seen, summary string) govsweep.RegisterNote {
	return govsweep.RegisterNote{Kind: kind, Target: d.Site.Target(), Host: address.Host(d.Site.URL), Listed: listed, Seen: seen, Summary: summary}
}

// againstDomain says whether the name of a home page that did not open is there.
func (d *Dossier) againstDomain() (govsweep.RegisterNote, bool) {
	host := address.Host(d.Site.URL)
	switch {
	case d.Home.Failure != govsweep.FailDNS && d.Home.Failure != "" && d.Home.Failure != govsweep.FailScope,
		d.Home.Failure == "" && d.Home.Status == 0, d.Home.Response == govsweep.Challenge:
		return d.registerNote(govsweep.RegisterUnread, "", "", "首页没有打开，未能核查："+firstOf(clip(d.Home.Cause, 100), "原因不明。")), true
	case d.Home.Failure != govsweep.FailDNS:
		return govsweep.RegisterNote{}, false
	case d.Home.Name == govsweep.DNSNoName:
		return d.registerNote(govsweep.NameGone, host, string(d.Home.Name), "登记的域名“"+host+"”不存在（NXDOMAIN）。"), true
	case d.Home.Name == govsweep.DNSNoData:
		return d.registerNote(govsweep.NameEmpty, host, string(d.Home.Name), "登记的域名“"+host+"”存在，但没有地址记录（NODATA）。"), true
	}
	return d.registerNote(govsweep.RegisterUnread, "", "", "域名“"+host+"”未能解析，不能断定域名不存在："+firstOf(clip(d.Home.Cause, 100), "域名服务器没有给出结果。")), true
}

// againstPage says whether the home page is the site's and where it is registered.
func (d *Dossier) againstPage() (govsweep.RegisterNote, bool) {
	final := address.Host(d.Home.FinalURL)
	switch {
	case d.Home.Parked != "":
		return d.registerNote(govsweep.SiteParked, d.Site.URL, clip(d.Home.Title, 60), d.Home.Parked+"。"), true
	case final != "" && !d.ownDomain(final):
		return d.registerNote(govsweep.SiteMoved, d.Site.URL, d.Home.FinalURL, fmt.Sprintf("首页转向其他域名“%s”。", final)), true
	}
	return govsweep.RegisterNote{}, false
}

// ownDomain says that a host lies below a domain the site is registered with.
func (d *Dossier) ownDomain(host string) bool {
	return slices.ContainsFunc(append([]string{address.Host(d.Site.URL)}, d.Site.Domains...), func(own string) bool {
		return Registrable(nakedHost(own)) == Registrable(host)
	})
}

func (d *Dossier) againstName() (govsweep.RegisterNote, bool) {
	if seen := d.Marks.TagName; seen != "" && d.Site.Name != "" && !sameName(seen, d.Site.Name) {
		return d.registerNote(govsweep.TitleDiffers, d.Site.Name, seen, fmt.Sprintf("首页标签载明的网站名称“%s”与登记的“%s”不一致。", seen, clip(d.Site.Name, titleRunes))), true
	}
	return govsweep.RegisterNote{}, false
}

func (d *Dossier) againstOwner() (govsweep.RegisterNote, bool) {
	seen := clip(d.Marks.Host, 60)
	if seen == "" || d.Site.Host == "" || sameName(d.Marks.Host, d.Site.Host) {
		return govsweep.RegisterNote{}, false
	}
	n := d.registerNote(govsweep.OwnerDiffers, d.Site.Host, seen, fmt.Sprintf("网站底部载明的主办单位“%s”与登记的“%s”不一致。", seen, clip(d.Site.Host, 60)))
	if d.Marks.Page.URL != "" {
		n.From = []string{d.Marks.Page.URL}
	}
	return n, true
}

// sameName says that two names may be one: the characters of the shorter one
// stand in the longer one in their order (某某市政府 and 某某市人民政府门户网站),
// whatever marks, spaces and traditional characters.
func sameName(a, b string) bool {
	x, y := []rune(Simplified(strings.ToLower(Unit(a)))), []rune(Simplified(strings.ToLower(Unit(b))))
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, r := range y {
		if len(x) > 0 && x[0] == r {
			x = x[1:]
		}
	}
	return len(x) == 0
}
