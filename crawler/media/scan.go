package media

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Bounds of a saved page: real ones hold some hundred scripts of under 1 MB.
const (
	maxScripts = 4 << 20 // bytes of scripts that are kept
	maxWords   = 64 << 10
	maxMetas   = 400
)

// scanned is a page taken apart once, front to back, without a tree: nesting
// costs nothing.
type scanned struct {
	title   string
	metas   map[string]string // by property, name or itemprop
	ids     map[string]string // words of elements by id
	marks   map[string]string // words, or the title attribute, of elements by the start of a class
	scripts []string
	named   map[string]string // scripts by id
	words   strings.Builder   // what people see
	address string            // where it was saved from, as browsers and tools note it
}

var (
	removed   = regexp.MustCompile(`内容已被发布者删除|已删除|因违规无法查看|此内容无法查看|微博不存在|暂无查看权限|视频不存在|文章不存在|页面不存在`)
	savedFrom = regexp.MustCompile(`^\s*(?:saved from url=\(\d+\))?\s*(https?://\S{1,1000})`)
	wantedIDs = map[string]bool{"activity-name": true, "js_name": true, "publish_time": true, "copyright_logo": true, "js_article_source": true}
	// wantedMarks are classes by their beginning: the rest of each is a hash.
	wantedMarks = []string{"head-info_time", "head_name", "detail_wbtext", "head_main", "article-title", "article-meta"}
)

func scan(text []byte) *scanned {
	d := &scanned{metas: map[string]string{}, ids: map[string]string{}, marks: map[string]string{}, named: map[string]string{}}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(maxBody + 1)
	var open []capture
	size := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return d
		case html.CommentToken:
			if m := savedFrom.FindSubmatch(z.Text()); m != nil && d.address == "" {
				d.address = string(m[1])
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			switch tok.Data {
			case "script":
				if z.Next() == html.TextToken {
					if s := string(z.Raw()); size+len(s) <= maxScripts {
						size += len(s)
						d.keepScript(attr(tok, "id"), s)
					}
				}
			case "style", "noscript":
				z.Next()
			case "meta":
				d.meta(tok)
			default:
				if c, ok := d.wanted(tok); ok && len(open) < 16 {
					open = append(open, c)
				} else if len(open) > 0 && !void[tok.Data] {
					open[len(open)-1].depth++
				}
			}
		case html.TextToken:
			d.text(string(z.Text()), open)
		case html.EndTagToken:
			name, _ := z.TagName()
			if n := len(open); n > 0 && !void[string(name)] {
				if open[n-1].depth--; open[n-1].depth < 0 {
					open = open[:n-1]
				}
			}
		}
	}
}

var void = map[string]bool{"br": true, "img": true, "input": true, "hr": true, "link": true, "meta": true, "source": true, "wbr": true}

// capture is an element whose words are wanted.
type capture struct {
	into  map[string]string
	key   string
	depth int
}

func (d *scanned) wanted(tok html.Token) (capture, bool) {
	if tok.Data == "title" {
		return capture{into: d.ids, key: "<title>"}, d.ids["<title>"] == ""
	}
	if id := attr(tok, "id"); wantedIDs[id] && d.ids[id] == "" {
		return capture{into: d.ids, key: id}, !void[tok.Data]
	}
	class := attr(tok, "class")
	for _, m := range wantedMarks {
		if !strings.Contains(class, m) || d.marks[m] != "" {
			continue
		}
		if t := attr(tok, "title"); t != "" && m == "head-info_time" {
			d.marks[m] = t
			return capture{}, false
		}
		return capture{into: d.marks, key: m}, !void[tok.Data]
	}
	return capture{}, false
}

func (d *scanned) text(s string, open []capture) {
	if len(open) > 0 {
		c := open[len(open)-1]
		if len(c.into[c.key]) < 2000 {
			c.into[c.key] += s
		}
		if c.key == "<title>" {
			d.title = strings.Join(strings.Fields(c.into[c.key]), " ")
		}
	}
	if d.words.Len() < maxWords {
		d.words.WriteString(s[:min(len(s), maxWords)])
	}
}

func (d *scanned) keepScript(id, s string) {
	d.scripts = append(d.scripts, s)
	if id != "" {
		d.named[id] = s
	}
}

func (d *scanned) meta(tok html.Token) {
	for _, by := range []string{"property", "name", "itemprop"} {
		if key := strings.ToLower(attr(tok, by)); key != "" && d.metas[key] == "" && len(d.metas) < maxMetas {
			d.metas[key] = attr(tok, "content")
		}
	}
}

func attr(tok html.Token, name string) string {
	for _, a := range tok.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// value gives the first group of re in the scripts; "" without a match.
func (d *scanned) value(re *regexp.Regexp) string {
	for _, s := range d.scripts {
		if m := re.FindStringSubmatch(s); m != nil && m[1] != "" {
			return m[1]
		}
	}
	return ""
}

// has says whether the page names one of the hosts as its own.
func (d *scanned) has(hosts ...string) bool {
	for _, h := range hosts {
		for _, at := range []string{d.address, d.metas["og:url"], d.metas["twitter:url"]} {
			if strings.Contains(at, h) {
				return true
			}
		}
	}
	return false
}
