package reports

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// TestTheReportPrintsOnPaper lets a real browser print the sample report, as
// a bureau does, and looks at what comes out of it.
func TestTheReportPrintsOnPaper(t *testing.T) {
	browser := findBrowser(t)
	dir := t.TempDir()
	page, err := filepath.Abs("testdata/site.html")
	if err != nil {
		t.Fatal(err)
	}
	paper := filepath.Join(dir, "report.pdf")
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--print-to-pdf="+paper, "file://"+page).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, out)
	}
	pdf, err := os.ReadFile(paper)
	if err != nil {
		t.Fatal(err)
	}
	pages := len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(pdf, -1))
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || pages < 2 || pages > 60 {
		t.Errorf("%d bytes of PDF with %d pages", len(pdf), pages)
	}
	if !regexp.MustCompile(`/FontName\s*/\S*(?i:cjk|song|hei|kai|fang|wqy|han)`).Match(pdf) {
		t.Error("no Chinese font is in the PDF: the report would print as boxes")
	}
	t.Logf("%d pages, %d bytes", pages, len(pdf))
}

// findBrowser gives Chromium; without one the test is skipped, loudly, but
// in CI it fails.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("Chromium is not installed; run make deps")
	}
	t.Skip("SKIPPED: Chromium is not installed; run make deps")
	return ""
}
