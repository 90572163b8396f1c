package sweep

import (
	"fmt"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// Shares of the pages asked for from which on nothing negative may rest on
// an inspection. Product defaults.
const (
	suspectBlocked = 0.3
	suspectUnread  = 0.5
	suspectGone    = 0.5 // answered like an address that cannot exist
)

// tally counts how the pages of the site itself were seen.
type tally struct {
	pages   govsweep.PageCounts
	reasons map[string]int
	home    string                 // why the home page was not read; "" when it was
	asked   bool                   // the home page was asked for
	gone    int                    // pages that answered like an address that cannot exist
	answers [2]*govsweep.PageFacts // short pages the home page and the impossible address gave
}

func newTally() *tally { return &tally{reasons: map[string]int{}} }

// add counts one record. Attachments, pictures, outside links and repeats
// are no pages of the site.
func (t *tally) add(rec *govsweep.Record) {
	t.compare(rec)
	switch rec.Visit.Role {
	case govsweep.HomeRole, govsweep.ColumnRole, govsweep.ListRole, govsweep.ArticleRole, govsweep.DoubtfulRole:
	default:
		return
	}
	field, why := t.kind(rec)
	*field++
	if why != "" {
		t.reasons[why]++
	}
	if f := rec.Facts; f != nil && (f.Response == govsweep.Soft404 || f.Response == govsweep.HomeRedirect) {
		t.gone++
	}
	if rec.Visit.Role == govsweep.HomeRole {
		read := field == &t.pages.Read && rec.Status < 400
		if read || !t.asked {
			t.home = ""
			if !read {
				t.home = first(rec.Cause, why, fmt.Sprintf("服务器返回状态码%d", rec.Status))
			}
		}
		t.asked = true
	}
}

// compare keeps the short pages that the home page and the impossible address
// answer with: a shield nobody knows answers both alike.
func (t *tally) compare(rec *govsweep.Record) {
	if f := rec.Facts; f != nil && f.TextRunes < 700 && len(rec.Hops) == 0 {
		switch rec.Visit.Role {
		case govsweep.HomeRole:
			t.answers[0] = f
		case govsweep.SoftProbeRole:
			t.answers[1] = f
		}
	}
}

// masked counts the pages that seem to be one and the same answer, which may
// be a shield's, and says why.
func (t *tally) masked() (int, string) {
	switch {
	case t.shielded():
		return min(t.gone+1, t.pages.Read), "首页与不存在的页面返回相同内容，可能是防护设备或出错页面"
	case t.gone > 3 && float64(t.gone) > suspectGone*float64(t.pages.Read):
		return min(t.gone, t.pages.Read), "多数页面与不存在的页面返回相同内容，可能是防护设备所致"
	}
	return 0, ""
}

// shielded says whether home page and impossible address got one answer.
func (t *tally) shielded() bool {
	home, none := t.answers[0], t.answers[1]
	return home != nil && none != nil && home.TextHash == none.TextHash && home.Structure == none.Structure
}

func (t *tally) kind(rec *govsweep.Record) (*int, string) {
	if rec.Truncated {
		return &t.pages.Truncated, "页面过大，只读取了前一部分"
	}
	switch rec.Failure {
	case "":
		if empty(rec) {
			return &t.pages.Unread, "服务器返回的页面没有内容"
		}
	case govsweep.FailRobots:
		if rec.Cause == crawler.CauseRobotsDown {
			return &t.pages.Blocked, "robots.txt返回服务器错误，按规定暂不采集"
		}
		return &t.pages.Blocked, "robots.txt不允许采集"
	default:
		return &t.pages.Unread, failureWords[rec.Failure]
	}
	if f := rec.Facts; f != nil {
		switch f.Response {
		case govsweep.Challenge:
			return &t.pages.Blocked, "被防护设备拦截"
		case govsweep.Truncated:
			return &t.pages.Truncated, "页面过大，只读取了前一部分"
		case govsweep.Shell:
			return &t.pages.Unread, "页面内容由脚本生成，未执行脚本"
		}
	}
	switch rec.Status {
	case 401, 403, 405, 412, 429, 503:
		return &t.pages.Blocked, fmt.Sprintf("服务器拒绝访问（状态码%d）", rec.Status)
	}
	return &t.pages.Read, ""
}

// empty says whether a page came without anything to read: no text, no link.
func empty(rec *govsweep.Record) bool {
	if rec.Status != 200 || rec.Visit.Role != govsweep.HomeRole && rec.Length > 0 {
		return false
	}
	f := rec.Facts
	return f == nil || f.Response == govsweep.Content && f.TextRunes == 0 && len(f.Links)+len(f.Frames) == 0
}

var failureWords = map[govsweep.Failure]string{
	govsweep.FailCancelled: "网站连续多次无法打开，未再继续访问",
	govsweep.FailDNS:       "域名无法解析",
	govsweep.FailRefused:   "连接被拒绝",
	govsweep.FailTimeout:   "15秒内未能打开",
	govsweep.FailTLS:       "安全连接无法建立",
	govsweep.FailGuard:     "地址不在允许采集的网络范围内",
	govsweep.FailLoop:      "循环跳转",
	govsweep.FailScope:     "跳转到站外",
	govsweep.FailProtocol:  "服务器应答不符合协议",
	govsweep.FailRatio:     "压缩比异常，拒绝解压",
	govsweep.FailParser:    "页面内容异常，程序无法解析",
}

// coverage sums up. skipped are the visits left out, by reason.
func (t *tally) coverage(target govsweep.Target, sweep int64, skipped map[string]int) govsweep.Coverage {
	c := govsweep.Coverage{Target: target, Sweep: sweep, Pages: t.pages, Reasons: map[string]int{}}
	for why, n := range t.reasons {
		c.Reasons[why] = n
	}
	for why, n := range skipped {
		c.Reasons[why] += n
		c.Pages.Skipped += n
	}
	n, masked := t.masked()
	if n > 0 {
		c.Reasons[masked] += n
		c.Pages.Read, c.Pages.Blocked = c.Pages.Read-n, c.Pages.Blocked+n
	}
	p := c.Pages
	total := float64(p.Read + p.Blocked + p.Unread + p.Truncated)
	c.Complete = p.Blocked+p.Unread+p.Truncated+p.Skipped == 0 && p.Read > 0 && t.home == ""
	c.Suspect = n > 0 || t.home != "" || total == 0 || float64(p.Blocked)/total > suspectBlocked || float64(p.Blocked+p.Unread)/total > suspectUnread
	return c
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
