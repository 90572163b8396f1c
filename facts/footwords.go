package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// hostEnds are words of a foot that end the name of the 主办单位.
var hostEnds = [...]string{"承办", "承 办", "协办", "地址", "地 址", "邮编", "邮政编码", "电话", "电 话", "联系", "版权", "备案", "ICP", "网站标识码", "政府网站标识码",
	"标识码", "技术支持", "维护", "运行", "©", "Copyright", "copyright", "传真", "建议", "公网安备", "管理单位", "主管", "热线", "|", "丨"}

// footWords reads 主办单位 and 联系方式 off the foot.
func (d *Document) footWords(m *govsweep.Marks, foot string) {
	if _, host, ok := cutAny(foot, "主办单位", "主办"); ok {
		m.Host = hostName(host)
	}
	if m.Contact = contactLine(foot); m.Contact != "" {
		return
	}
	for i := range d.Links {
		if a := &d.Links[i]; a.HasHref && a.Hiding&ByTemplate == 0 && (isContact(a.Text) || isContact(a.Title)) {
			m.Contact = "联系我们"
			return
		}
	}
}

// cutAny cuts s at the first of the words that has a colon behind it, and
// gives the rest of its line.
func cutAny(s string, words ...string) (word, rest string, ok bool) {
	for _, word := range words {
		for at := s; ; {
			i := strings.Index(at, word)
			if i < 0 {
				break
			}
			at = at[i+len(word):]
			rest := strings.TrimLeft(at, " ")
			if r, w := utf8.DecodeRuneInString(rest); isColon(r) {
				rest, _, _ = strings.Cut(rest[w:], "\n")
				return word, rest, true
			}
		}
	}
	return "", "", false
}

func hostName(host string) string {
	for _, end := range hostEnds {
		if i := strings.Index(host, end); i > 0 {
			host = host[:i]
		}
	}
	return clipRunes(strings.Join(strings.Fields(strings.Trim(host, " 　，,;；。、:：（(")), " "), 60)
}

// contactWords introduce a way to reach the site.
var contactWords = [...]string{"联系电话", "联系方式", "联系我们", "联系邮箱", "服务热线", "电话"}

// contactLine gives the first of them with a number or a mail address behind it.
func contactLine(foot string) string {
	for _, word := range contactWords {
		for at := foot; ; {
			i := strings.Index(at, word)
			if i < 0 {
				break
			}
			line, _, _ := strings.Cut(at[i:], "\n")
			at = at[i+len(word):]
			if value := line[len(word):]; hasPhone(value) {
				return clipRunes(strings.ReplaceAll(line, " ", ""), 60)
			}
		}
	}
	return ""
}

// hasPhone says whether a line has a number of at least seven digits, or a
// mail address.
func hasPhone(s string) bool {
	run := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '@':
			return true
		case c >= '0' && c <= '9':
			if run++; run >= 7 {
				return true
			}
		case c != '-' && c != ' ':
			run = 0
		}
	}
	return false
}

func isContact(words string) bool {
	if len(words) < 12 || len(words) > 60 || !strings.Contains(words, "联") && !strings.Contains(words, "聯") {
		return false
	}
	w := Simplified(words)
	return w == "联系我们" || w == "联系方式" || w == "联系本站" || w == "联系电话"
}

// clipRunes cuts s behind n characters.
func clipRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

var ipv6Words = regexp.MustCompile(`(?i)^[（(【]?(?:欢迎访问)?(?:(?:本|我|该)?(?:网站|站点|网|站|平台)|政府网站)?(?:已|现已)?(?:全面)?(?:支持|启用|开通|升级支持)IPv6(?:网络|协议|访问|浏览|地址|用户|双栈)*(?:访问|服务|浏览)?[）)】。！!]?$|^(?i:IPv6)(?:标识|已支持|支持|网站|已启用|enabled|ready|支持网站)$|^您正在(?:通过|使用)IPv6(?:网络)?访问`)

// ipv6Label finds the printed label 本网站支持IPv6: a line, an element or a
// picture of its own, no text that talks about IPv6.
func (d *Document) ipv6Label() bool {
	if d.sum.signs&(ipSign|digitSign) == ipSign|digitSign {
		for i := range d.Blocks {
			blk := &d.Blocks[i]
			if blk.has(ipSign|digitSign) && blk.Hiding&ByTemplate == 0 && len(blk.Text) < 1500 && saysIPv6(blk.Text) && hasIPv6Label(blk) {
				return true
			}
		}
	}
	for _, img := range d.Images {
		alt, src := img.Attr("alt")+img.Attr("title"), img.Attr("src")
		if saysIPv6(alt) && (ipv6Words.MatchString(Simplified(img.Attr("alt"))) || ipv6Words.MatchString(Simplified(img.Attr("title")))) {
			return true
		}
		if file := src[strings.LastIndexByte(src, '/')+1:]; saysIPv6(file) && (img.Region == FootRegion || img.Region == NavRegion) {
			return true
		}
	}
	return false
}

// hasIPv6Label looks at each element, line and sentence of a block alone.
func hasIPv6Label(blk *Block) bool {
	from := 0
	for _, cut := range append(blk.Cuts[:len(blk.Cuts):len(blk.Cuts)], uint32(len(blk.Text))) {
		for _, part := range strings.FieldsFunc(blk.Text[from:cut], func(r rune) bool {
			return r == ' ' || r == '|' || r == '丨' || r == '｜' || r == '；' || r == ';' || r == '，' || r == '/'
		}) {
			if len(part) < 90 && saysIPv6(part) && ipv6Words.MatchString(Simplified(part)) {
				return true
			}
		}
		from = int(cut)
	}
	return len(blk.Text) < 60 && ipv6Words.MatchString(Simplified(blk.Text))
}

// saysIPv6 says whether a text names IPv6, in one of the spellings in use.
func saysIPv6(s string) bool {
	return strings.Contains(s, "IPv6") || strings.Contains(s, "IPV6") || strings.Contains(s, "ipv6") || strings.Contains(s, "Ipv6")
}
