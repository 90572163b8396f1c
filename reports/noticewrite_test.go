package reports_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

func TestANoticeIsWrittenInFiveForms(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: starts a browser")
	}
	f := general(t)
	n := issued(t, draft(t, confirmedCase(), f), f, "2021-09-17")
	dir := filepath.Join(t.TempDir(), "文书")
	files, skipped, err := reports.WriteNotice(t.Context(), dir, n, f)
	if err != nil {
		t.Fatal(err)
	}
	if len(skipped) > 0 {
		t.Skipf("SKIPPED: %s", skipped[0])
	}
	for i, ext := range []string{".docx", ".html", ".pdf", ".xlsx", ".json"} {
		if want := filepath.Join(dir, "网改〔2021〕3号-云川市人民政府门户网站"+ext); files[i] != want {
			t.Errorf("%s, want %s", files[i], want)
		}
	}
	pdf, err := os.ReadFile(files[2])
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
}

func TestALightPaperOfOneFindingIsOnePage(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: starts a browser")
	}
	f, c := general(t), confirmedCase()
	c.Kind, c.Findings = govsweep.Reminder, c.Findings[:1]
	var b bytes.Buffer
	err := paper.PDF(t.Context(), &b, reports.NoticePaper(issued(t, draft(t, c, f), f, "2021-09-17"), f))
	if errors.Is(err, paper.ErrNoBrowser) {
		t.Skipf("SKIPPED: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if n := len(regexp.MustCompile(`/Type\s*/Page[^s]`).FindAll(b.Bytes(), -1)); n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestWithoutABrowserTheOtherFormsCome(t *testing.T) {
	t.Setenv("GOVSWEEP_CHROMIUM", "/nowhere/chromium")
	f := general(t)
	n := draft(t, confirmedCase(), f)
	n.ID = "N7"
	dir := t.TempDir()
	files, skipped, err := reports.WriteNotice(t.Context(), dir, n, f)
	if err != nil || len(files) != 4 || len(skipped) != 1 {
		t.Fatalf("%v, %v, %v", files, skipped, err)
	}
	if !strings.Contains(skipped[0], "PDF") || !strings.HasSuffix(skipped[0], "。") || strings.Count(skipped[0], "\n") > 0 {
		t.Errorf("%q", skipped[0])
	}
	if filepath.Base(files[0]) != "草稿N7-云川市人民政府门户网站.docx" {
		t.Errorf("%s", files[0])
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 4 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func TestACancelledWriteLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f, dir := general(t), t.TempDir()
	if _, _, err := reports.WriteNotice(ctx, dir, draft(t, confirmedCase(), f), f); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}
