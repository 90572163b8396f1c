package paper

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestTheSamePaperPrintsTheSameBytesAndLeavesNothingBehind(t *testing.T) {
	need(t, "chromium", "chromium-browser", "google-chrome")
	tmp, err := os.MkdirTemp("", "p") // short: a browser's socket has no room for a long name
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(tmp) })
	t.Setenv("TMPDIR", tmp)
	before := children(t)
	var one, two bytes.Buffer
	start := time.Now()
	if err := PDF(t.Context(), &one, notice()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes in %d ms", one.Len(), time.Since(start).Milliseconds())
	err = Press(t.Context(), func(print func(io.Writer, *Paper) error) error {
		if err := print(io.Discard, circular()); err != nil {
			return err
		}
		start := time.Now()
		defer func() { t.Logf("one more paper in %d ms", time.Since(start).Milliseconds()) }()
		return print(&two, notice())
	})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two prints of a paper differ")
	}
	if bytes.Contains(one.Bytes(), []byte("Mozilla")) || bytes.Contains(one.Bytes(), []byte("/XYZ")) {
		t.Error("the print tells of the browser or keeps the marks it was measured by")
	}
	left, err := filepath.Glob(filepath.Join(tmp, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if after := children(t); after > before {
		t.Errorf("%d child processes before, %d after", before, after)
	}
}

// children counts the processes this one started, the dead ones that nobody
// waited for among them.
func children(t *testing.T) int {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Skip("SKIPPED: no /proc to count processes in")
	}
	n := 0
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // ended meanwhile
		}
		fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			n++
		}
	}
	return n
}

func TestWithoutABrowserTheErrorNamesTheProgramAndOtherFormsCome(t *testing.T) {
	t.Setenv("GOVSWEEP_CHROMIUM", "/nowhere/chromium")
	var b bytes.Buffer
	err := PDF(t.Context(), &b, notice())
	if !errors.Is(err, ErrNoBrowser) || b.Len() > 0 {
		t.Errorf("error %v, %d bytes", err, b.Len())
	}
	if !strings.Contains(err.Error(), "请安装chromium") {
		t.Errorf("the error names no remedy: %v", err)
	}
	if err := DOCX(&b, notice()); err != nil || b.Len() == 0 {
		t.Errorf("DOCX: %v", err)
	}
	t.Setenv("GOVSWEEP_CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	if err := PDF(t.Context(), &b, notice()); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("with an empty path: %v", err)
	}
}

func TestACancelledPrintEndsAtOnce(t *testing.T) {
	need(t, "chromium", "chromium-browser", "google-chrome")
	before := children(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := PDF(ctx, &bytes.Buffer{}, notice()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if after := children(t); after > before {
		t.Errorf("%d child processes before, %d after", before, after)
	}
}

// TestThePageThatIsPrintedReachesNobody prints a page no paper can give, with
// every way to ask for something.
func TestThePageThatIsPrintedReachesNobody(t *testing.T) {
	need(t, "chromium", "chromium-browser", "google-chrome")
	var asked atomic.Int32
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer srv.Close()
	evil := strings.ReplaceAll(`<base href="URL"><link rel=stylesheet href="URL/a"><style>@import url(URL/b);@font-face{font-family:x;src:url(URL/c)}body{font-family:x;background:url(URL/d)}</style>
<img src="URL/e"><iframe src="URL/f"></iframe><object data="URL/g"></object><script src="URL/h"></script><script>fetch("URL/i");new Image().src="URL/j"</script>
<meta http-equiv=refresh content="0;url=URL/k"><link rel=preconnect href="URL"><video src="URL/l" autoplay></video><p onclick=1>读</p>`, "URL", srv.URL)
	var pdf []byte
	err := withBrowser(t.Context(), func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		pdf, err = printPage(ctx, evil)
		return err
	})
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if err == nil && !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error("no PDF came")
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("the page asked %d times", n)
	}
}
