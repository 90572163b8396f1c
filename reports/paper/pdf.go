package paper

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// PDF writes a paper as PDF: its HTML, printed by the Chromium of this
// computer on the paper size and margins of the standard, page numbers
// outside on odd and even pages, 版记 at the foot of the last page. Without
// Chromium the error is ErrNoBrowser. It takes ten minutes at most, and no
// process and no file stays behind. The letters are those of this computer's
// fonts. The same paper gives the same bytes with the same browser and fonts;
// another version of either may give others, so what must be proved later is
// proved by the DOCX or HTML.
func PDF(ctx context.Context, w io.Writer, p *Paper) error {
	return Press(ctx, func(print func(io.Writer, *Paper) error) error { return print(w, p) })
}

// Press runs one browser for many papers: print writes each as PDF does, in a
// fraction of the time. print may not be used by two goroutines at once, nor
// after use returns.
func Press(ctx context.Context, use func(print func(w io.Writer, p *Paper) error) error) error {
	return withBrowser(ctx, func(ctx context.Context) error {
		return use(func(w io.Writer, p *Paper) error {
			ctx, cancel := context.WithTimeout(ctx, printTime)
			defer cancel()
			data, err := printPaper(ctx, p)
			if err != nil {
				return fmt.Errorf("print paper: %w", err)
			}
			if _, err := w.Write(data); err != nil {
				return fmt.Errorf("write pdf: %w", err)
			}
			return nil
		})
	})
}

// printPaper prints twice when there is a 版记: first to learn where it comes
// to stand, then with as much room before it as brings it to the foot.
func printPaper(ctx context.Context, p *Paper) ([]byte, error) {
	if p.Printed.IsZero() {
		return printOnce(ctx, p, printing{})
	}
	first, err := printOnce(ctx, p, printing{Marks: true})
	if err != nil {
		return nil, err
	}
	second, err := printOnce(ctx, p, printing{Push: imprintGap + below(first)})
	if err != nil {
		return nil, err
	}
	if pageCount(second) > pageCount(first) { // better out of place than on a page alone
		return printOnce(ctx, p, printing{})
	}
	return second, nil
}

// imprintGap is the room before 版记 in the style sheet, in points.
const imprintGap = 6

func printOnce(ctx context.Context, p *Paper, how printing) ([]byte, error) {
	var html strings.Builder
	if err := render(&html, p, how); err != nil {
		return nil, err
	}
	data, err := printPage(ctx, html.String())
	if err != nil {
		return nil, err
	}
	return timeless(data, p.Date), nil
}

var (
	edgeMark = regexp.MustCompile(`/edge \[[^\]]*?/XYZ [0-9.]+ ([0-9.]+)`)
	footMark = regexp.MustCompile(`/foot \[[^\]]*?/XYZ [0-9.]+ ([0-9.]+)`)
	pageMark = regexp.MustCompile(`/Type /Page\b[^s]`)
)

// below says how much of the last page is free below 版记, in points, less a
// hair. The marks are measured against each other, because browsers differ
// in whether they count the margin.
func below(pdf []byte) float64 {
	edge, ok := markAt(edgeMark, pdf)
	foot, found := markAt(footMark, pdf)
	if !ok || !found {
		return 0
	}
	return max(foot-(edge-textTall/20.0)-1, 0)
}

// markAt gives the height a mark stands at on its page.
func markAt(mark *regexp.Regexp, pdf []byte) (float64, bool) {
	m := mark.FindSubmatch(pdf)
	if m == nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(m[1]), 64)
	return v, err == nil
}

func pageCount(pdf []byte) int { return len(pageMark.FindAll(pdf, -1)) }
