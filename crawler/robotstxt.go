package crawler

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// robotsFile is a robots.txt read as RFC 9309 and Google's parser read it:
// the longest pattern that matches decides, allow before disallow.
type robotsFile struct {
	groups   []robotsGroup
	sitemaps []string
}

type robotsGroup struct {
	agents []string // lower case; "*" for all
	rules  []robotsRule
	delay  time.Duration
}

type robotsRule struct {
	allow   bool
	pattern string
}

const (
	mostRobotsLines = 20000
	mostSitemaps    = 100
)

// parseRobots never fails: what it does not understand it leaves out.
func parseRobots(text []byte) *robotsFile {
	f := new(robotsFile)
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	inAgents := false
	for n, line := range strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if n >= mostRobotsLines {
			break
		}
		key, value := robotsLine(line)
		switch key {
		case "user-agent":
			if !inAgents {
				f.groups = append(f.groups, robotsGroup{})
			}
			inAgents = true
			g := &f.groups[len(f.groups)-1]
			g.agents = append(g.agents, strings.ToLower(value))
		case "allow", "disallow":
			inAgents = false
			f.addRule(key == "allow", value)
		case "crawl-delay":
			inAgents = false
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 86400 && len(f.groups) > 0 {
				f.groups[len(f.groups)-1].delay = time.Duration(s * float64(time.Second))
			}
		case "sitemap":
			if len(f.sitemaps) < mostSitemaps {
				f.sitemaps = append(f.sitemaps, value)
			}
		}
	}
	return f
}

func (f *robotsFile) addRule(allow bool, value string) {
	if value == "" || len(f.groups) == 0 {
		return
	}
	g := &f.groups[len(f.groups)-1]
	pattern := robotsEscape(value)
	g.rules = append(g.rules, robotsRule{allow, pattern})
	if dir, ok := strings.CutSuffix(pattern, "/index.html"); ok && allow {
		g.rules = append(g.rules, robotsRule{allow, dir + "/$"})
	}
}

// robotsLine splits "key: value", forgives a missing colon and the common
// misspellings, and cuts comments.
func robotsLine(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			return "", ""
		}
		key, value = fields[0], fields[1]
	}
	switch key = strings.ToLower(strings.TrimSpace(key)); key {
	case "useragent", "user agent":
		key = "user-agent"
	case "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		key = "disallow"
	case "site-map":
		key = "sitemap"
	case "crawldelay", "crawl delay":
		key = "crawl-delay"
	}
	return key, strings.TrimSpace(value)
}

// rulesFor gives the rules of every group that names one of the agents, else
// those for all. Only the product token counts, in any case.
func (f *robotsFile) rulesFor(agents ...string) (rules []robotsRule, delay time.Duration) {
	named := false
	for _, g := range f.groups {
		if g.names(agents) {
			named = true
			rules, delay = append(rules, g.rules...), max(delay, g.delay)
		}
	}
	for _, g := range f.groups {
		if !named && g.forAll() {
			rules, delay = append(rules, g.rules...), max(delay, g.delay)
		}
	}
	return rules, delay
}

func (g *robotsGroup) names(agents []string) bool {
	for _, a := range g.agents {
		for _, agent := range agents {
			if token := agentToken(a); token != "" && strings.EqualFold(token, agent) {
				return true
			}
		}
	}
	return false
}

func (g *robotsGroup) forAll() bool {
	for _, a := range g.agents {
		if a == "*" || strings.HasPrefix(a, "* ") {
			return true
		}
	}
	return false
}

// agentToken is the product name a User-Agent line begins with.
func agentToken(s string) string {
	for i, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' && c != '-' {
			return s[:i]
		}
	}
	return s
}

// robotsAllow says whether path with query may be fetched under rules.
func robotsAllow(rules []robotsRule, path string) bool {
	path = robotsEscape(path)
	best, allow := -1, true
	for _, r := range rules {
		if len(r.pattern) < best || len(r.pattern) == best && !r.allow || !robotsMatch(r.pattern, path) {
			continue
		}
		best, allow = len(r.pattern), r.allow
	}
	return allow
}

// robotsMatch matches * and a closing $ in time linear in both for each star.
func robotsMatch(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, pieces[0]) {
		return false
	}
	path = path[len(pieces[0]):]
	for i, piece := range pieces[1:] {
		if anchored && i == len(pieces)-2 {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
	return !anchored || path == ""
}

// robotsEscape percent-encodes bytes beyond ASCII and writes the digits of
// escapes in capitals, so that both spellings of an address are one.
func robotsEscape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
