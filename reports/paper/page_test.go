package paper

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// grid is a paper of nothing but full lines.
func grid() *Paper {
	return &Paper{Body: []Block{Para{Text: strings.Repeat("国", 28*22*3), Flush: true}}}
}

// ruled is a paper whose table begins at the upper edge of the type area and
// whose 版记 ends at the lower one.
func ruled() *Paper {
	p := notice()
	return &Paper{Body: []Block{list(3)}, Printer: p.Printer, Printed: p.Printed, CopyTo: p.CopyTo}
}

// TestPagesAsPrinted measures the pages two programs that are not ours make
// of the same papers: an office program of the DOCX, a browser of the HTML.
func TestPagesAsPrinted(t *testing.T) {
	draft := notice()
	draft.Draft = true
	papers := map[string]*Paper{"grid": grid(), "ruled": ruled(), "circular": circular(), "draft": draft, "notice": notice()}
	for name, print := range map[string]func(*testing.T, map[string]*Paper) map[string]string{"office": office, "browser": browser} {
		t.Run(name, func(t *testing.T) {
			pdf := print(t, papers)
			t.Run("22 lines of 28 characters within the type area", func(t *testing.T) { checkGrid(t, sheets(t, pdf["grid"])) })
			t.Run("the margins are 37, 26, 35 and 28 mm", func(t *testing.T) { checkMargins(t, picture(t, pdf["ruled"], 1)) })
			t.Run("the red rule is 156 mm wide", func(t *testing.T) { checkHead(t, pdf["circular"]) })
			t.Run("page numbers stand outside", func(t *testing.T) { checkNumbers(t, sheets(t, pdf["circular"])) })
			t.Run("a table keeps its head on every page", func(t *testing.T) { checkTable(t, sheets(t, pdf["circular"])) })
			t.Run("版记 stands at the foot of the last page", func(t *testing.T) {
				checkImprint(t, sheets(t, pdf["circular"]))
				checkImprint(t, sheets(t, pdf["notice"]))
			})
			t.Run("a draft says so on every page", func(t *testing.T) {
				for i, s := range sheets(t, pdf["draft"]) {
					if got := s.text(); !strings.Contains(got, "草") || !strings.Contains(got, "未经签发") {
						t.Errorf("page %d: no 草稿 on %.200s", i+1, got)
					}
				}
			})
		})
	}
}

// near fails when a length is more than a millimetre off.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	t.Logf("%s: %.2f mm", what, got)
	if math.Abs(got-want) > 1 {
		t.Errorf("%s is %.2f mm, want %.2f ± 1 mm", what, got, want)
	}
}

func checkGrid(t *testing.T, pages []sheetOf) {
	if len(pages) != 3 {
		t.Fatalf("%d pages, want 3 full ones", len(pages))
	}
	for _, p := range pages {
		if math.Abs(p.W-210) > 0.5 || math.Abs(p.H-297) > 0.5 {
			t.Errorf("the page is %.1f × %.1f mm", p.W, p.H)
		}
		perLine := map[int]int{}
		left, right := p.W, 0.0
		for _, w := range p.Words {
			if strings.Contains(w.Text, "国") {
				perLine[int(w.Top*2)] += utf8.RuneCountInString(w.Text)
				left, right = min(left, w.Left), max(right, w.Right)
			}
		}
		if len(perLine) != 22 {
			t.Errorf("%d lines on a page, want 22", len(perLine))
		}
		for y, n := range perLine {
			if n != 28 {
				t.Errorf("%d characters on the line at %d mm, want 28", n, y/2)
			}
		}
		near(t, "left of the text", left, 28)
		near(t, "right of the text", p.W-right, 26)
	}
}

func checkMargins(t *testing.T, p dotsOf) {
	lines := p.rules(dark3)
	if len(lines) < 5 {
		t.Fatalf("only %d rules found", len(lines))
	}
	first, last := lines[0], lines[len(lines)-1]
	near(t, "upper margin", first.Top, 37)
	near(t, "left margin", first.Left, 28)
	near(t, "right margin", 210-first.Right, 26)
	near(t, "lower margin", 297-last.Top-last.Thick, 35)
	near(t, "left of 版记", last.Left, 28)
	near(t, "width of 版记", last.Right-last.Left, 156)
}

func checkHead(t *testing.T, pdf string) {
	lines := picture(t, pdf, 1).rules(red)
	if len(lines) != 1 {
		t.Fatalf("%d red rules, want one", len(lines))
	}
	near(t, "red rule", lines[0].Right-lines[0].Left, 156)
	near(t, "left of the red rule", lines[0].Left, 28)
	page := sheets(t, pdf)[0]
	mark := page.find(t, "人民政府")
	// the box of a word is that of its font, the character stands within it
	near(t, "top of 发文机关标志", mark.Top+(mark.Bottom-mark.Top-mark.width(12))/2, 72)
	number := page.find(t, "青政办")
	near(t, "发文字号 above the rule", lines[0].Top-(number.Bottom+number.Top)/2-16*perPoint/2, 4)
}

// width is the width of one of n characters of a word.
func (w word) width(n int) float64 { return (w.Right - w.Left) / float64(n) }

func checkNumbers(t *testing.T, pages []sheetOf) {
	for i, p := range pages {
		right, below := 26.0, 35.0
		if p.W > p.H {
			right, below = 37, 26
		}
		left := p.W - 156 - right
		if p.W > p.H {
			left = 35
		}
		var dashes []word
		for _, w := range p.Words {
			if strings.HasPrefix(w.Text, "—") && w.Top > p.H-below {
				dashes = append(dashes, w)
			}
		}
		if len(dashes) == 0 {
			t.Fatalf("page %d has no number", i+1)
		}
		one := 14 * perPoint
		if i%2 == 0 {
			near(t, "odd page: right of the number", p.W-dashes[len(dashes)-1].Right, right+one)
		} else {
			near(t, "even page: left of the number", dashes[0].Left, left+one)
		}
		near(t, "number below the type area", (dashes[0].Top+dashes[0].Bottom)/2-(p.H-below), 7)
	}
}

func checkTable(t *testing.T, pages []sheetOf) {
	with := 0
	for _, p := range pages {
		if text := p.text(); strings.Contains(text, "栏目不更") {
			with++
			if strings.Count(text, "问题描述") != 1 {
				t.Errorf("a page of a table has its head %d times", strings.Count(text, "问题描述"))
			}
		}
	}
	if with < 3 {
		t.Errorf("the tables take %d pages, too few to tell", with)
	}
}

func checkImprint(t *testing.T, pages []sheetOf) {
	for i, p := range pages {
		if got := strings.Contains(p.text(), "印发"); got != (i == len(pages)-1) && !(i < 3 && strings.Contains(p.text(), "关于印发")) {
			t.Errorf("版记 on page %d of %d: %v", i+1, len(pages), got)
		}
	}
	last := pages[len(pages)-1]
	w := last.find(t, "印发")
	if gap := last.H - 35 - w.Bottom; gap < -1 || gap > 6 {
		t.Errorf("版记 stands %.1f mm above the lower edge of the type area", gap)
	}
}

// TestTheImprintCoversNoText fills the last page line by line until 版记 has
// no room on it.
func TestTheImprintCoversNoText(t *testing.T) {
	papers := map[string]*Paper{}
	for _, n := range []int{18, 19, 22} {
		p := notice()
		papers[itoa(n)] = &Paper{Body: []Block{Para{Text: strings.Repeat("国", 28*n), Flush: true}}, Printer: p.Printer, Printed: p.Printed, CopyTo: p.CopyTo}
	}
	for name, print := range map[string]func(*testing.T, map[string]*Paper) map[string]string{"office": office, "browser": browser} {
		t.Run(name, func(t *testing.T) {
			for n, file := range print(t, papers) {
				pages := sheets(t, file)
				checkImprint(t, pages)
				above := pages[len(pages)-1].find(t, "抄送").Top
				for _, w := range pages[len(pages)-1].Words {
					if strings.Contains(w.Text, "国") && w.Bottom > above {
						t.Errorf("%s lines: the text at %.1f mm runs into 版记 at %.1f mm", n, w.Bottom, above)
					}
				}
				t.Logf("%s lines: %d pages", n, len(pages))
			}
		})
	}
}
