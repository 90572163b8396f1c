package crawler_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// chains is a server of redirects of every kind.
func chains(w http.ResponseWriter, r *http.Request) {
	to := func(status int, where string) {
		w.Header().Set("Location", where)
		w.WriteHeader(status)
	}
	path := r.URL.EscapedPath()
	switch {
	case path == "/robots.txt":
		fmt.Fprint(w, "User-agent: *\nDisallow: /forbidden/\n")
	case strings.HasPrefix(path, "/status/"):
		n, _ := strconv.Atoi(path[len("/status/"):])
		to(n, "/end")
	case strings.HasPrefix(path, "/down/"):
		if n, _ := strconv.Atoi(path[len("/down/"):]); n > 0 {
			to(302, "/down/"+strconv.Itoa(n-1))
		}
	case path == "/self":
		to(302, "/self")
	case path == "/a", path == "/b", path == "/c":
		to(302, map[string]string{"/a": "/b", "/b": "/c", "/c": "/b"}[path])
	case path == "/cookie":
		if c, err := r.Cookie("seen"); err != nil || c.Value != "1" {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			to(302, "/cookie")
		}
	case path == "/cookie-never":
		w.Header().Add("Set-Cookie", "seen=1; Path=/elsewhere")
		to(302, "/cookie-never")
	case path == "/cookie-always":
		w.Header().Add("Set-Cookie", fmt.Sprintf("c%d=1", len(r.Cookies())))
		to(302, "/cookie-always")
	case path == "/dir/relative":
		to(302, "../end")
	case path == "/query":
		if r.URL.RawQuery == "" {
			to(302, "?ok=1")
		}
	case path == "/chinese":
		to(302, "/通知/")
	case path == "/gbk":
		to(302, "/\xcd\xa8\xd6\xaa/")
	case path == "/scheme-relative":
		to(302, "//"+r.Host+"/end")
	case path == "/backslash":
		to(302, `\end`)
	case path == "/spaces":
		to(302, " /end#top ")
	case path == "/to-missing":
		to(302, "/missing")
	case path == "/to-forbidden":
		to(302, "/forbidden/x")
	case path == "/to-outside":
		to(302, "http://outside.example/")
	case path == "/form-302":
		to(302, "/method")
	case path == "/form-307":
		to(307, "/method")
	case path == "/method":
		body := make([]byte, 64)
		n, _ := r.Body.Read(body)
		fmt.Fprint(w, r.Method, " ", string(body[:n]))
	case path == "/end", path == "/%E9%80%9A%E7%9F%A5/", path == "/%CD%A8%D6%AA/":
		fmt.Fprint(w, "end")
	default:
		http.NotFound(w, r)
	}
}

func TestRedirectChains(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(chains))
	defer server.Close()
	o := loopback()
	o.MaxHops = 8
	s := newStack(t, o).Within(crawler.NewScope(server.URL, nil))
	right := 0
	cases := []struct {
		from, end string
		status    int
		hops      int
		failure   govsweep.Failure
	}{
		{"/status/301", "/end", 200, 1, ""}, {"/status/302", "/end", 200, 1, ""}, {"/status/303", "/end", 200, 1, ""},
		{"/status/307", "/end", 200, 1, ""}, {"/status/308", "/end", 200, 1, ""},
		{"/status/300", "/status/300", 300, 0, ""}, {"/status/304", "/status/304", 304, 0, ""}, {"/status/200", "/status/200", 200, 0, ""},
		{"/down/8", "/down/0", 200, 8, ""}, {"/down/9", "/down/1", 302, 9, govsweep.FailLoop}, {"/down/5000", "/down/4992", 302, 9, govsweep.FailLoop},
		{"/self", "/self", 302, 1, govsweep.FailLoop}, {"/a", "/c", 302, 3, govsweep.FailLoop},
		{"/cookie", "/cookie", 200, 1, ""}, {"/cookie-never", "/cookie-never", 302, 1, govsweep.FailLoop}, {"/cookie-always", "/cookie-always", 302, 9, govsweep.FailLoop},
		{"/dir/relative", "/end", 200, 1, ""}, {"/query", "/query?ok=1", 200, 1, ""}, {"/chinese", "/%E9%80%9A%E7%9F%A5/", 200, 1, ""},
		{"/gbk", "/%CD%A8%D6%AA/", 200, 1, ""}, {"/scheme-relative", "/end", 200, 1, ""}, {"/backslash", "/end", 200, 1, ""}, {"/spaces", "/end", 200, 1, ""},
		{"/to-missing", "/missing", 404, 1, ""}, {"/to-forbidden", "/forbidden/x", 0, 1, govsweep.FailRobots},
		{"/to-outside", "http://outside.example/", 0, 1, govsweep.FailScope},
	}
	for _, c := range cases {
		p := fetch(t, s, server.URL+c.from, govsweep.ArticleRole)
		if !strings.HasPrefix(c.end, "http") {
			c.end = server.URL + c.end
		}
		if p.FinalURL != c.end || p.Status != c.status || len(p.Hops) != c.hops || p.Failure != c.failure {
			t.Errorf("%s: %d %q after %d hops at %s", c.from, p.Status, p.Failure, len(p.Hops), p.FinalURL)
			continue
		}
		right++
	}
	t.Logf("%d of %d chains exact", right, len(cases))
}

func TestRedirectedForms(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(chains))
	defer server.Close()
	s := newStack(t, loopback())
	for path, want := range map[string]string{"/form-302": "GET ", "/form-307": "POST page=2", "/method": "POST page=2"} {
		p, err := s.Fetch(t.Context(), govsweep.Visit{URL: server.URL + path, Form: "page=2", Role: govsweep.ListCallRole})
		if err != nil || string(p.Body) != want {
			t.Errorf("%s: %q %v", path, p.Body, err)
		}
	}
}

func TestTimeIsForTheWholeChain(t *testing.T) {
	wait := 300 * time.Millisecond
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			return
		}
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		}
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	}))
	defer server.Close()
	o := loopback()
	o.Timeout, o.MaxHops = 3*wait-wait/2, 50
	p := fetch(t, newStack(t, o), server.URL+"/", govsweep.ArticleRole)
	if p.Failure != govsweep.FailTimeout || len(p.Hops) < 1 || len(p.Hops) > 3 || p.Took > 2*o.Timeout {
		t.Errorf("%q after %d hops and %v", p.Failure, len(p.Hops), p.Took)
	}
}
