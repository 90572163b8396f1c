package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func TestHostsAreCountedOverSites(t *testing.T) {
	var c facts.HostCensus
	for i := range 7 {
		c.Add(&govsweep.Site{Name: fmt.Sprintf("第%d个网站", i)}, []govsweep.HostUse{
			{Host: "cdn.example", Kinds: govsweep.ScriptResource, Pages: 10 * i, OnHome: i < 2}, {Host: fmt.Sprintf("h%d.example", i), Kinds: govsweep.ImageResource, Pages: 1}})
	}
	c.Add(&govsweep.Site{Name: "不引用外部资源"}, []govsweep.HostUse{})
	c.Add(&govsweep.Site{Name: "旧版本检查的"}, nil)
	got := c.Result(func(host string) (govsweep.HostIPv6, string) {
		switch host {
		case "cdn.example":
			return govsweep.HostNoV6, "域名没有AAAA记录。"
		case "h3.example":
			return govsweep.HostUnknown, "没有应答。"
		}
		return govsweep.HostV6, ""
	})
	if c.Sites != 8 || c.Unread != 1 || len(got) != 8 {
		t.Fatalf("%d sites, %d unread, %d hosts", c.Sites, c.Unread, len(got))
	}
	first := got[0]
	if first.Host != "cdn.example" || first.Sites != 7 || first.Pages != 210 || first.Homes != 2 || strings.Join(first.Examples, " ") != "第6个网站 第5个网站 第4个网站 第3个网站 第2个网站" {
		t.Errorf("%+v", first)
	}
	if got[1].Host != "h3.example" || got[2].IPv6 != govsweep.HostV6 {
		t.Errorf("in the order %v", got)
	}
}

func TestACensusIsBounded(t *testing.T) {
	var c facts.HostCensus
	uses := make([]govsweep.HostUse, 25_000)
	for i := range uses {
		uses[i] = govsweep.HostUse{Host: fmt.Sprintf("h%d.example", i), Pages: 1}
	}
	c.Add(&govsweep.Site{}, uses)
	if n := len(c.Names()); n != 20_000 || c.Left != 5_000 {
		t.Errorf("%d hosts kept, %d left out", n, c.Left)
	}
}
