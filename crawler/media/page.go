package media

import (
	"bytes"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// SavedPage is what one page of a post, saved from a platform, says.
type SavedPage struct {
	Media   govsweep.MediaKind // "" when the page does not show its platform
	Name    string             // what the page calls the account
	Numbers []string           // 账号ID in the forms the page gives
	Post    govsweep.Post      // zero unless Health is working
	Health  govsweep.SourceHealth
	Why     string // one Chinese sentence, for every health but working
}

// ReadPage reads a saved page of a post of WeChat 公众号, Weibo, Toutiao or
// Douyin: title, time, account, whether it is marked original and what it was
// reprinted from. Whatever the bytes, it ends: what is not such a page is
// malformed. A page proves that something was published, never that nothing was.
func ReadPage(body []byte) SavedPage {
	if len(body) > maxBody {
		return unread(govsweep.SourceMalformed, "网页内容过大，未读取。")
	}
	text, _ := crawler.Decode(body, "text/html")
	d := scan(text)
	for _, read := range []func(*scanned) (SavedPage, bool){ofWeChat, ofWeibo, ofDouyin, ofToutiao} {
		s, mine := read(d)
		if !mine {
			continue
		}
		if s.Post.Title = clip(s.Post.Title); s.Post.Title != "" && !s.Post.At.IsZero() {
			s.Name, s.Post.From, s.Post.URL, s.Health = clip(s.Name), clip(s.Post.From), web(s.Post.URL), govsweep.SourceWorking
			return s
		}
		why := d.refusal()
		why.Media = s.Media
		return why
	}
	return d.refusal()
}

func unread(h govsweep.SourceHealth, why string) SavedPage { return SavedPage{Health: h, Why: why} }

// maxRefusal is how long the words of a page that refuses may be: an article
// that speaks of challenges is longer.
const maxRefusal = 3000

// refusal says why no post was read: only what people see counts, so that a
// word in an article is no challenge.
func (d *scanned) refusal() SavedPage {
	seen := bytes.TrimSpace([]byte(d.words.String()))
	if len(seen) > maxRefusal {
		seen = []byte("…")
	}
	switch {
	case shut.Match(seen):
		return unread(govsweep.SourceClosed, "平台提示该账号已注销、迁移或停用。")
	case removed.Match(seen):
		return unread(govsweep.SourceGone, "平台提示该信息已删除或不能查看。")
	case challenge.Match(seen):
		return unread(govsweep.SourceBlocked, "保存的是验证或登录页面，不是账号发布的信息。")
	case len(seen) == 0:
		return unread(govsweep.SourceEmpty, "网页没有内容，可能没有保存完整，不能据此认定未更新。")
	}
	return unread(govsweep.SourceMalformed, "网页中没有找到标题和发布时间，不是微信、微博、今日头条或抖音的信息页面，或没有保存完整。")
}

// web takes an address over; one that is signed for an hour is none.
func web(u string) string {
	if u = strings.ReplaceAll(u, "&amp;", "&"); strings.Contains(u, "signature=") {
		return ""
	}
	if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
		return u[:min(len(u), 2000)]
	}
	return ""
}
