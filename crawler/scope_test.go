package crawler

import (
	"strings"
	"testing"
)

func TestScope(t *testing.T) {
	s := NewScope("https://www.x.gov.cn/index.html", []string{"zwgk.x.gov.cn", "www.county.gov.cn/xiang/", "http://y.gov.cn:8080/", " ", "http://bad host/"})
	for url, want := range map[string]bool{
		"https://www.x.gov.cn/a/":          true,
		"http://x.gov.cn/":                 true,
		"https://zwgk.x.gov.cn/b":          true,
		"https://www.zwgk.x.gov.cn/b":      true,
		"https://other.x.gov.cn/":          false,
		"https://x.gov.cn.evil.example/":   false,
		"https://evilx.gov.cn/":            false,
		"http://county.gov.cn/xiang/tzgg/": true,
		"http://county.gov.cn/xiang":       true,
		"http://county.gov.cn/xiangyang/":  false,
		"http://county.gov.cn/":            false,
		"http://y.gov.cn:8080/c":           true,
		"http://y.gov.cn/c":                false,
		"http://x.gov.cn:8080/c":           false,
	} {
		if s.Same(url) != want {
			t.Errorf("%s: %v, want %v", url, !want, want)
		}
	}
	narrow := NewScope("http://www.county.gov.cn/xiang/index.html", []string{"www.county.gov.cn/xiang/"})
	if narrow.Same("http://www.county.gov.cn/zwgk/") || !narrow.Same("http://www.county.gov.cn/xiang/a.html") {
		t.Error("a domain with a path does not narrow the home page's host")
	}
	if !(Scope{}).Same("http://anything.example/") {
		t.Error("the zero scope does not hold everything")
	}
}

func TestSoftProbeStaysOnTheSiteAndTheSame(t *testing.T) {
	a, b := SoftProbe("https://www.x.gov.cn/sub/index.html"), SoftProbe("https://www.x.gov.cn/sub/index.html")
	if a != b || !strings.HasPrefix(a, "https://www.x.gov.cn/sub/") || a == SoftProbe("https://www.y.gov.cn/sub/index.html") {
		t.Errorf("%s, %s", a, b)
	}
	if why, ok := Trap(a); ok {
		t.Error(why)
	}
}
