package facts

import (
	"net/http"
	"strings"

	"github.com/govsweep/govsweep"
)

// HomeCapture is one visit of a home page as CompareHomes takes it. Body is
// in UTF-8 and must not change any more.
type HomeCapture struct {
	Page    *govsweep.Page
	Body    []byte
	Charset string
	Family  int
}

// A page of fewer items over IPv4 is drawn by a script: nothing is compared.
const fewestItems = 3

// homeRead is a visit as it was read.
type homeRead struct {
	govsweep.HomeSide
	items   []diffItem
	cut     bool
	refresh string // a bare refresh leads there
	why     string // why it is no home page
	failed  bool   // nothing came
	final   string
}

// CompareHomes holds the home page over IPv6 against the one over IPv4, item
// by item in every region of the page. again is a second visit over IPv4,
// nil for none: what differs between the two changes by itself and is left
// out. What is no home page is told as what it is and not compared. Cost and
// memory are bounded whatever the pages are.
func CompareHomes(v4, again, v6 *HomeCapture) *govsweep.HomeDiff {
	a, c := readHome(v4), readHome(v6)
	d := &govsweep.HomeDiff{V4: a.HomeSide, V6: c.HomeSide}
	second := &homeRead{items: a.items}
	if again != nil {
		if b := readHome(again); b.answered() && samePage(a.final, b.final) {
			second, d.V4Again = b, b.HomeSide
		}
	}
	if d.State, d.Why = stateOf(a, c); d.State != govsweep.DiffCompared && d.State != govsweep.DiffRedirect {
		return d
	}
	d.Cut = a.cut || second.cut || c.cut
	compare(d, a.items, second.items, c.items)
	return d
}

func readHome(h *HomeCapture) *homeRead {
	p := h.Page
	r := &homeRead{final: p.FinalURL, HomeSide: govsweep.HomeSide{URL: p.FinalURL, At: p.FetchedAt, Family: h.Family, Status: p.Status}}
	if len(p.Body) > 0 {
		r.Digest = govsweep.DigestOf(p.Body).String()
	}
	if r.failed, r.why = p.Failure != "" || p.Status == 0, p.Cause; r.failed {
		return r
	}
	f := Extract(p, h.Body, h.Charset, &Site{Home: p.Visit.URL})
	r.Response, r.why = homeAnswer(f, p, h.Body)
	r.Title, r.refresh = clip(f.Title, diffTextRunes), f.MetaRefresh
	d := Read(p, h.Body, nil)
	d.charset = h.Charset
	r.items, r.cut = itemsOf(d)
	r.cut = r.cut || d.Cut || p.Truncated
	r.Items = len(r.items)
	return r
}

// answered says whether a home page came.
func (r *homeRead) answered() bool {
	switch r.Response {
	case govsweep.Challenge, govsweep.ErrorPage, govsweep.Soft404:
		return false
	}
	return !r.failed && r.Status < http.StatusBadRequest
}

// stateOf says whether two visits can be compared, and what came instead.
func stateOf(a, c *homeRead) (govsweep.DiffState, string) {
	switch {
	case a.Response == govsweep.Challenge:
		return govsweep.DiffChallenge, "通过IPv4访问首页被防护系统拦截，没有比对内容。"
	case !a.answered():
		return govsweep.DiffNoBaseline, "通过IPv4没有打开首页，没有可以比对的内容：" + sentence(a.because())
	case c.Response == govsweep.Challenge:
		return govsweep.DiffChallenge, "通过IPv6访问首页被防护系统拦截，返回的是验证页面，没有比对内容。"
	case c.failed:
		return govsweep.DiffNoAnswer, "通过IPv6没有打开首页，没有比对内容：" + sentence(c.because())
	case !c.answered():
		return govsweep.DiffErrorPage, "通过IPv6返回的是错误页面，不是首页：" + sentence(c.because())
	case !samePage(a.final, c.final):
		return govsweep.DiffRedirect, "通过IPv6访问首页被引导至" + clip(c.final, 200) + "，通过IPv4打开的是" + clip(a.final, 200) + "。"
	case c.refresh != "" && a.refresh == "":
		return govsweep.DiffRedirect, "通过IPv6访问首页被引导至" + clip(c.refresh, 200) + "，通过IPv4没有引导。"
	case len(a.items) < fewestItems:
		return govsweep.DiffNoItems, "首页内容由脚本生成，本次未运行脚本，无法逐项比对。"
	}
	return govsweep.DiffCompared, ""
}

func (r *homeRead) because() string { return firstOf(r.why, "原因不明") }

func sentence(s string) string {
	if strings.HasSuffix(s, "。") {
		return s
	}
	return s + "。"
}
