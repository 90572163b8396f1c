package reports_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
	"github.com/govsweep/govsweep/sampling"
)

// goldNumbers are counted by hand from the table above quarterAreas and the
// made-up figures.
var goldNumbers = map[string]string{
	"sites.targets": "40", "sites.checked": "38", "sites.failed": "2", "sites.qualified": "30", "sites.unqualified": "4", "sites.undecided": "4",
	"sites.decided": "34", "sites.rate": "88.24%", "findings.proposed": "3", "columns.sites": "38", "columns.total": "760", "columns.unread": "76",
	"region.all": "5", "region.full": "2", "level.市级.targets": "8", "level.市级.undecided": "2", "level.市级.rate": "83.33%",
	"level.县级.targets": "32", "level.县级.undecided": "4", "level.县级.rate": "89.29%",
	"findings.confirmed": "11", "findings.sites": "9", "findings.vetoes": "4",
	"frame.registered": "43", "frame.running": "41", "frame.out": "1", "frame.share": "92.68%",
	"recheck.all": "3", "recheck.fixed": "1", "recheck.still": "1", "recheck.unknown": "1", "recheck.rate": "50.00%",
	"notices.issued": "6", "notices.intime": "1", "notices.late": "3", "notices.pending": "2", "notices.rate": "25.00%",
	"notices.closed": "1", "notices.overdue": "1", "notices.escalated": "1",
	"accounts.registered": "202", "accounts.checked": "196", "accounts.qualified": "189", "accounts.unqualified": "4", "accounts.undecided": "3",
	"accounts.rate": "97.93%", "accounts.1.rate": "98.21%", "accounts.2.rate": "96.00%",
	"ipv6.sites": "16", "ipv6.home": "14", "ipv6.rate": "87.50%", "readings.items": "50", "readings.nontext": "—", "readings.share": "—",
	"ranking.sites": "4", "ranking.none": "1", "band.1": "1", "band.2": "0", "band.3": "2", "band.4": "0", "band.5": "1",
	"past.rate": "100%", "past.decided": "40", "past.open": "0",
}

func TestTheNumbersOfTheQuarterAreThoseCountedByHand(t *testing.T) {
	c, _ := newCircular(t, quarter(), reports.ScoreStyle)
	for key, want := range goldNumbers {
		n := c.Find(key)
		if n == nil || n.Text != want {
			t.Errorf("%s is %v, want %s", key, n, want)
		}
	}
	if low, top := c.Trends()[0].(paper.Trend).Points[2].Low, c.Trends()[0].(paper.Trend).Points[2].Top; low != 75 || top != 90 {
		t.Errorf("band from %v to %v, want 75 to 90", low, top)
	}
}

// TestEveryNumberIsCountedAgainFromItsList opens the workbook as a reader
// does and recomputes each number from the rows it names.
func TestEveryNumberIsCountedAgainFromItsList(t *testing.T) {
	for _, style := range []reports.CircularStyle{reports.VetoStyle, reports.ColumnStyle, reports.ScoreStyle} {
		c, _ := newCircular(t, withSample(quarter()), style)
		var b bytes.Buffer
		if err := reports.CircularWorkbook(&b, c); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows("数据出处")
		if err != nil || len(rows) != len(c.Numbers)+1 {
			t.Fatalf("%d rows for %d numbers: %v", len(rows), len(c.Numbers), err)
		}
		for _, row := range rows[1:] {
			row = append(row, make([]string, 12-len(row))...)
			if got := recount(t, f, row); got != row[2] {
				t.Errorf("%s %s: printed %s, counted %s", row[0], row[1], row[2], got)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// recount computes one line of 数据出处 from the sheet it names.
func recount(t *testing.T, f *excelize.File, row []string) string {
	if row[4] == "—" {
		return "—"
	}
	sheet, err := f.GetRows(row[4])
	if err != nil {
		t.Fatal(err)
	}
	part, ok := addUp(t, sheet, row[5], row[6])
	if row[3] != "%" {
		if !ok {
			return "—"
		}
		return strconv.FormatFloat(part, 'f', -1, 64)
	}
	whole, okWhole := addUp(t, sheet, row[7], row[8])
	if strings.HasPrefix(row[11], "sample.") {
		low, top := sampling.Wilson(int(part), int(whole))
		return fmt.Sprintf("%.2f%%", 100*map[string]float64{"sample.low": low, "sample.top": top}[row[11]])
	}
	switch {
	case !ok || !okWhole || whole == 0:
		return "—"
	case part == whole:
		return "100%"
	}
	return fmt.Sprintf("%.2f%%", 100*part/whole)
}

// addUp adds up a column over the rows written as 1-3、7; without a column it
// counts them.
func addUp(t *testing.T, sheet [][]string, rows, col string) (float64, bool) {
	sum := 0.0
	for _, r := range rowNumbers(t, rows) {
		if sheet[r][0] != strconv.Itoa(r) {
			t.Fatalf("row %d carries number %s", r, sheet[r][0])
		}
		if col == "" {
			sum++
			continue
		}
		v, err := strconv.ParseFloat(sheet[r][slices.Index(sheet[0], col)], 64)
		if err != nil {
			return 0, false
		}
		sum += v
	}
	return sum, true
}

func rowNumbers(t *testing.T, rows string) []int {
	var out []int
	if rows == "—" || rows == "" {
		return nil
	}
	for _, part := range strings.Split(rows, "、") {
		a, b, ok := strings.Cut(part, "-")
		if !ok {
			b = a
		}
		from, errA := strconv.Atoi(a)
		to, errB := strconv.Atoi(b)
		if errA != nil || errB != nil {
			t.Fatalf("rows %q", rows)
		}
		for r := from; r <= to; r++ {
			out = append(out, r)
		}
	}
	return out
}

var (
	markPattern = regexp.MustCompile(`（数据见([^）]*)）$`)
	whyPattern  = regexp.MustCompile(`（“—”为不能统计，[^）]*）`)
	figure      = regexp.MustCompile(`\d+(\.\d+)?%?|—`)
	notAFigure  = regexp.MustCompile(`2026年第.季度|IPv6|合格率为100%的|95%置信|^\d+\.|如：.*|份：[^。]*。|存在问题的账号.*`)
	markRange   = regexp.MustCompile(`表(\d+)-(\d+)(?:至\d+-(\d+))?`)
)

// TestEveryNumberInTheTextNamesItsRows reads the paper: each paragraph with
// numbers says which rows they come from, each of those numbers stands in it
// as counted, and no other number does.
func TestEveryNumberInTheTextNamesItsRows(t *testing.T) {
	for _, style := range []reports.CircularStyle{reports.VetoStyle, reports.ColumnStyle, reports.ScoreStyle} {
		c, f := newCircular(t, withSample(quarter()), style)
		byCode := map[string]*reports.Number{}
		for _, n := range c.Numbers {
			if byCode[n.Code] != nil {
				t.Errorf("code %s twice", n.Code)
			}
			byCode[n.Code] = n
		}
		checked := 0
		for _, p := range paragraphs(reports.CircularPaper(c, f)) {
			m := markPattern.FindStringSubmatch(p)
			if m == nil {
				continue
			}
			text := whyPattern.ReplaceAllString(markPattern.ReplaceAllString(p, ""), "")
			var want []string
			for _, r := range markRange.FindAllStringSubmatch(m[1], -1) {
				from, _ := strconv.Atoi(r[2])
				to := from
				if r[3] != "" {
					to, _ = strconv.Atoi(r[3])
				}
				for k := from; k <= to; k++ {
					want = append(want, byCode[fmt.Sprintf("表%s-%d", r[1], k)].Text)
				}
			}
			got := figure.FindAllString(notAFigure.ReplaceAllString(text, ""), -1)
			if style == reports.ColumnStyle && strings.Contains(text, "共计扣分") {
				got = figure.FindAllString(text[strings.Index(text, "共计扣分"):], -1)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: the text %q says %v, its rows %v", style, text, got, want)
			}
			checked += len(want)
		}
		if checked < 50 {
			t.Errorf("%s: only %d numbers stand in the text", style, checked)
		}
	}
}

func paragraphs(p *paper.Paper) []string {
	var out []string
	for _, b := range p.Body {
		if para, ok := b.(paper.Para); ok {
			out = append(out, para.Text)
		}
	}
	return out
}

func bodyText(p *paper.Paper) string { return strings.Join(paragraphs(p), "\n") }

func withSample(in reports.CircularInput) reports.CircularInput {
	var frame []sampling.Member
	for i := range in.Frame {
		s := &in.Frame[i]
		frame = append(frame, sampling.Member{ID: string(s.ID), Level: s.Level, Platform: s.Platform})
	}
	d, err := sampling.Sample(frame, "90", "2026-3")
	if err != nil {
		panic(err)
	}
	in.Sample = d
	return in
}

// everything is all that is written of a circular, as text.
func everything(t testing.TB, in reports.CircularInput, style reports.CircularStyle) map[string][]byte {
	t.Helper()
	c, f := newCircular(t, in, style)
	dir := t.TempDir()
	files, _, err := reports.WriteCircular(t.Context(), dir, c, f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Ext(file)] = body
	}
	return out
}

// plainText is everything a circular says, in one string: the paper with its
// annexes, the sheets, the lines of JSON.
func plainText(t testing.TB, in reports.CircularInput, style reports.CircularStyle) string {
	t.Helper()
	c, f := newCircular(t, in, style)
	var b strings.Builder
	fmt.Fprintf(&b, "%+v", *reports.CircularPaper(c, f))
	for _, l := range c.Lists {
		fmt.Fprintf(&b, "%+v", l.Grid)
	}
	if err := reports.CircularNumbers(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
