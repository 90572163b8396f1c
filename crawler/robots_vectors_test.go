package crawler

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// allowedByVector asks as the vectors are written: several agents count as
// one, and an address without path is its root.
func allowedByVector(text string, agents []string, where string) bool {
	f := parseRobots([]byte(text))
	path := "/"
	if u, err := url.Parse(where); err == nil && u.Path != "" {
		path = u.EscapedPath()
		if u.RawQuery != "" {
			path += "?" + u.RawQuery
		}
	}
	rules, _ := f.rulesFor(agents...)
	return robotsAllow(rules, path)
}

func TestGoogleRobotsVectors(t *testing.T) {
	passed, all := 0, 0
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "robots/google_robots_vectors.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v struct {
			Test, Robots, URL string
			Agents            []string
			Allowed           bool
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		all++
		if got := allowedByVector(v.Robots, v.Agents, v.URL); got != v.Allowed {
			t.Errorf("%s: %s for %q: %v\n%s", v.Test, v.URL, v.Agents, got, v.Robots)
			continue
		}
		passed++
	}
	t.Logf("%d of %d vectors", passed, all)
}

func TestRobotsForgivesWhatSitesWrite(t *testing.T) {
	for name, c := range map[string]struct {
		text, path string
		want       bool
	}{
		"byte order mark":   {"\xef\xbb\xbfUser-agent: *\nDisallow: /admin/", "/admin/a", false},
		"carriage returns":  {"User-agent: *\rDisallow: /admin/\r", "/admin/a", false},
		"misspelt":          {"Useragent: *\nDisalow: /admin/", "/admin/a", false},
		"named before all":  {"User-agent: *\nDisallow: /\nUser-agent: GovSweep/2.0\nDisallow: /x", "/y", true},
		"other crawler":     {"User-agent: Baiduspider\nDisallow: /", "/y", true},
		"rules of no group": {"Disallow: /", "/y", true},
		"many stars":        {"User-agent: *\nDisallow: /" + strings.Repeat("*a", 200) + "$", "/" + strings.Repeat("a", 5000) + "b", true},
		"chinese address":   {"User-agent: *\nDisallow: /通知/", "/%e9%80%9a%E7%9F%A5/1.html", false},
	} {
		rules, _ := parseRobots([]byte(c.text)).rulesFor("govsweep")
		if got := robotsAllow(rules, c.path); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: /", "/ab?c")
	f.Add("user-agent govsweep\ndisallow /%e9", "/\xff%")
	f.Fuzz(func(t *testing.T, text, path string) {
		rules, delay := parseRobots([]byte(text)).rulesFor("govsweep")
		if !robotsAllow(nil, path) || len(rules) == 0 && !robotsAllow(rules, path) || delay < 0 {
			t.Errorf("%q %q", text, path)
		}
	})
}
