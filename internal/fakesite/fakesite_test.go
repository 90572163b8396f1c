package fakesite_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/internal/fakesite"
)

func get(t *testing.T, url string) (status int, body string, header http.Header) {
	t.Helper()
	resp, err := http.DefaultTransport.RoundTrip(httptest.NewRequest(http.MethodGet, url, nil))
	if err != nil {
		return 0, "", nil
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b), resp.Header
}

func TestDirectives(t *testing.T) {
	site := fakesite.Serve(t, `A site.
-- / --
header: X-Server nginx
type: text/plain

home {{base}}/a
-- /gbk --
charset: gbk

通知
-- /sometimes --
statuses: 500,0

good
-- /away --
redirect: {{base}}/

-- /cut --
reset:

-- /rl --
calendar:

八月
`)
	if status, body, h := get(t, site.URL+"/"); status != 200 || body != "home "+site.URL+"/a" || h.Get("X-Server") != "nginx" || h.Get("Content-Type") != "text/plain" {
		t.Error(status, body, h)
	}
	if _, body, _ := get(t, site.URL+"/gbk"); body != "\xcd\xa8\xd6\xaa" {
		t.Errorf("%q", body)
	}
	if status, _, _ := get(t, site.URL+"/sometimes"); status != 500 {
		t.Error(status)
	}
	if status, _, h := get(t, site.URL+"/away"); status != 302 || h.Get("Location") != site.URL+"/" {
		t.Error(status, h)
	}
	if status, _, _ := get(t, site.URL+"/cut"); status != 0 {
		t.Error("not cut")
	}
	if _, body, _ := get(t, site.URL+"/rl?m=7"); !strings.Contains(body, `href="/rl?m=8"`) {
		t.Error(body)
	}
	if status, _, _ := get(t, site.URL+"/none"); status != 404 {
		t.Error(status)
	}
	if site.Asked("/gbk") != 1 || len(site.Log()) < 7 {
		t.Error(site.Log())
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

func TestUnknownDirectiveIsAnError(t *testing.T) {
	for _, bad := range []string{"-- / --\nstatsu: 200\n\nx", "-- / --\nstatus: many\n\nx", "-- / --\ncharset: klingon\n\nx"} {
		if _, err := fakesite.Parse(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestTrapsAreEndlessAndKeepTheirPages(t *testing.T) {
	if n := len(fakesite.Traps()); n != 12 {
		t.Errorf("%d traps", n)
	}
	for _, trap := range fakesite.Traps() {
		w := httptest.NewRecorder()
		trap.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		if n := strings.Count(w.Body.String(), "<a "); n <= len(trap.Real) {
			t.Errorf("%s: %d links, %d real pages", trap.Name, n, len(trap.Real))
		}
	}
}
