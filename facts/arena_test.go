package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govsweep/govsweep"
)

// What a page was read into before must not show in what is read next.
func TestMemoryOfOnePageServesTheNext(t *testing.T) {
	site := &Site{Home: "http://www.example.gov.cn/", Hosts: []string{"www.example.gov.cn"}}
	p := &govsweep.Page{Status: 200, Visit: govsweep.Visit{URL: "http://www.example.gov.cn/zwgk/202405/t20240509_1.html"}}
	bodies := [][]byte{madeUpArticle(), []byte("<p class=nav style='display:none'>2024-05-01 发布时间"), nil}
	for _, body := range hostile() {
		if len(body) < 200_000 {
			bodies = append(bodies, []byte(body))
		}
	}
	for i := range 24 {
		whole := string(madeUpArticle())
		bodies = append(bodies, []byte(whole[i*1500:]), []byte(strings.ReplaceAll(whole, "class=\"nav\"", "class=\"c"+itoa(i+1)+"\"")))
	}
	for round := range 3 {
		for i := range bodies {
			body := bodies[(i*7+round)%len(bodies)]
			want := new(builder).read(p, body, site).facts(p, "utf-8")
			if diff := cmp.Diff(want, Extract(p, body, "utf-8", site)); diff != "" {
				t.Fatalf("page %.60q (-alone +behind others):\n%s", body, diff)
			}
		}
	}
}

// What a memo says must be what the question itself says, however many
// strings share its places.
func TestMemoAnswersAsTheQuestionDoes(t *testing.T) {
	regions, hides := newMemo[Region](), newMemo[bool]()
	names := []string{"", "nav", "Nav", "footer", "crumb", "a footer", strings.Repeat("x ", 90) + "nav", "sidebar"}
	for i := range 2 * memoSize {
		names = append(names, "nav-"+itoa(i+1), "c"+itoa(i+1), "display:none;width:"+itoa(i+1)+"px", "color:#"+itoa(i+1))
	}
	for range 3 {
		for _, name := range names {
			if got, want := regions.of(name, namedRegion), namedRegion(name); got != want {
				t.Fatalf("region of %q: %d, want %d", name, got, want)
			}
			if got, want := hides.of(name, styleHides), styleHides(name); got != want {
				t.Fatalf("%q hides: %t, want %t", name, got, want)
			}
		}
	}
}

// A pool must not keep a page alive: nothing of it may be left.
func TestReleaseForgetsThePage(t *testing.T) {
	b := new(builder)
	b.read(nil, madeUpArticle(), nil)
	stack := b.stack[:cap(b.stack)]
	b.release()
	for _, slab := range b.slabs {
		for i := range slab {
			if n := &slab[i]; n.Name != "" || n.Attrs != nil || n.Parent != nil || n.First != nil || n.Next != nil {
				t.Fatalf("node %d still holds %+v", i, *n)
			}
		}
	}
	for _, n := range stack {
		if n != nil {
			t.Fatal("the stack still holds a node")
		}
	}
	for _, a := range b.attrs[:cap(b.attrs)] {
		if a != (Attr{}) {
			t.Fatalf("attribute %+v is still held", a)
		}
	}
	for _, blk := range b.list[:cap(b.list)] {
		if blk.Text != "" || blk.Node != nil || blk.hits != nil {
			t.Fatalf("block %+v is still held", blk)
		}
	}
	for _, a := range b.links[:cap(b.links)] {
		if a.Node != nil || a.Href != "" || a.Text != "" {
			t.Fatalf("link %+v is still held", a)
		}
	}
}
