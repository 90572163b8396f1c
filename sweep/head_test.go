package sweep

import (
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestTheHeaderOfAnAnswerIsKeptAsReceivedAndBounded(t *testing.T) {
	p := &govsweep.Page{Status: 404, Header: http.Header{"Server": {"nginx"}, "Content-Type": {"text/html; charset=gbk"}, "X-Two": {"a", "b"}}}
	if got, want := string(headOf(p)), "HTTP/1.1 404 Not Found\r\nContent-Type: text/html; charset=gbk\r\nServer: nginx\r\nX-Two: a\r\nX-Two: b\r\n"; got != want {
		t.Errorf("got %q", got)
	}
	p.Header["A"] = []string{strings.Repeat("x", 1<<20)}
	if got := headOf(p); len(got) > maxHeadKept || !strings.Contains(string(got), "nginx") {
		t.Errorf("%d bytes kept of a huge header", len(got))
	}
	if got := headOf(&govsweep.Page{}); got != nil {
		t.Errorf("no answer has the header %q", got)
	}
}
