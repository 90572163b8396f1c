package reports_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
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

func TestWhatNobodyConfirmedIsNeverNamed(t *testing.T) {
	in := quarter()
	secret := 0
	for i := range in.Targets {
		for j := range in.Targets[i].Findings {
			f := &in.Targets[i].Findings[j]
			fixedUnseen := (f.Status == govsweep.Fixed || f.Status == govsweep.Reopened) && !f.Confirmed
			if f.Status == govsweep.Proposed || f.Status == govsweep.Rejected || f.Status == govsweep.Exempted || fixedUnseen {
				f.Summary, f.URL, f.ID, f.Column = "机密词", "http://secret.example/", "F-SECRET", &govsweep.ColumnRef{Name: "机密词", Path: []string{"机密词"}}
				secret++
			}
		}
	}
	if secret != 6 {
		t.Fatalf("%d findings nobody confirmed", secret)
	}
	for _, style := range []reports.CircularStyle{reports.VetoStyle, reports.ColumnStyle, reports.ScoreStyle} {
		text := plainText(t, in, style)
		for _, word := range []string{"机密词", "secret.example", "F-SECRET"} {
			if strings.Contains(text, word) {
				t.Errorf("%s names %q", style, word)
			}
		}
	}
}

func TestUndecidedSitesStandApart(t *testing.T) {
	c, f := newCircular(t, quarter(), reports.VetoStyle)
	rows := map[string][]string{}
	for _, l := range c.Lists {
		for _, r := range l.Grid.Rows {
			rows[l.Title] = append(rows[l.Title], r[1].Text)
		}
	}
	if want := []string{"9901000004", "9901010005", "9901030001", "9901030002"}; !slices.Equal(rows["不合格网站名单"], want) {
		t.Errorf("unqualified: %v, want %v", rows["不合格网站名单"], want)
	}
	if want := []string{"9901000005", "9901000006", "9901010006", "9901030005", "9901040003", "9901040005"}; !slices.Equal(rows["待核网站名单"], want) {
		t.Errorf("undecided: %v, want %v", rows["待核网站名单"], want)
	}
	body := bodyText(reports.CircularPaper(c, f))
	for _, want := range []string{
		"待核网站4个、未能检查网站2个单列名单", "尚未经人工确认的问题3个，未列入本通报", "已发督办单的1份：南坪县第4局（云政办网改〔2026〕4号，网站“南坪县第4局网站”，期限2026年9月29日）",
		"逾期未回复或未整改的1份：南坪县第3局", "南坪县第1局（“南坪县第1局网站”连续3期存在“空白栏目达5个”问题）",
		"云川市本级人民政府门户网站首页“政务公开”下“规划计划”栏目最近一条信息发布于2025年1月2日，距监测时间点已超过12个月",
		"据云川市政务新媒体管理平台提供，", "本期未统计“我为政府网站找错”网民留言办理情况。", "（已整改）",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the circular does not say %q", want)
		}
	}
	for _, never := range []string{"连续4期", "第三方评估"} {
		if strings.Contains(body, never) {
			t.Errorf("the circular says %q", never)
		}
	}
}

func TestWhatWasNotInspectedIsNeverZero(t *testing.T) {
	in := quarter()
	in.Figures, in.Notices, in.Frame, in.Past = reports.Figures{}, nil, nil, nil
	for i := range in.Targets {
		in.Targets[i].Columns = nil
	}
	c, f := newCircular(t, in, reports.VetoStyle)
	body := bodyText(reports.CircularPaper(c, f))
	for _, want := range []string{"本期未检查政务新媒体。", "本期未检查IPv6改造情况。", "本期未检查政策解读情况。", "本期未统计整改通知办理情况。", "没有可供复查的上期检查结果。", "本期未统计栏目数量。", "本期未提供在册网站名录"} {
		if !strings.Contains(body, want) {
			t.Errorf("the circular does not say %q", want)
		}
	}
	for _, prefix := range []string{"accounts.", "ipv6.", "readings.", "messages.", "notices.", "frame.", "recheck."} {
		for _, n := range c.Numbers {
			if strings.HasPrefix(n.Key, prefix) {
				t.Errorf("%s is %s without anybody having counted", n.Key, n)
			}
		}
	}
}

func TestNullIsWrittenWhereNobodyCounted(t *testing.T) {
	c, _ := newCircular(t, quarter(), reports.VetoStyle)
	var b bytes.Buffer
	if err := reports.CircularNumbers(&b, c); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		var n struct {
			Key, Text, Unknown string
			Value              *float64
		}
		if err := json.Unmarshal([]byte(line), &n); err != nil {
			t.Fatal(err)
		}
		if (n.Value == nil) != (n.Unknown != "") || (n.Value == nil) != (n.Text == "—") {
			t.Errorf("%s: value %v, text %s, unknown %q", n.Key, n.Value, n.Text, n.Unknown)
		}
		if n.Key == "readings.nontext" && n.Value == nil {
			found++
		}
	}
	if found != 1 {
		t.Error("what was not supplied has a value")
	}
}

func TestASweepWithNothingConfirmed(t *testing.T) {
	in := quarter()
	in.Past, in.Notices = nil, []govsweep.Notice{}
	for i := range in.Targets {
		for j := range in.Targets[i].Findings {
			in.Targets[i].Findings[j].Status, in.Targets[i].Findings[j].Confirmed = govsweep.Proposed, false
		}
	}
	c, f := newCircular(t, in, reports.ColumnStyle)
	body := bodyText(reports.CircularPaper(c, f))
	for key, want := range map[string]string{"sites.unqualified": "0", "findings.confirmed": "0", "sites.undecided": "8", "sites.rate": "100%", "findings.proposed": "17"} {
		if n := c.Find(key); n.Text != want {
			t.Errorf("%s is %s, want %s", key, n, want)
		}
	}
	for _, want := range []string{"没有经检查人员确认的问题可以通报。", "本期没有判定为不合格的网站。", "本期没有下发整改通知书和监管提示单。"} {
		if !strings.Contains(body, want) {
			t.Errorf("the circular does not say %q", want)
		}
	}
}

func TestASweepInWhichEverythingIsSuspect(t *testing.T) {
	in := quarter()
	for i := range in.Targets {
		in.Targets[i].Coverage = &govsweep.Coverage{Suspect: true}
	}
	c, f := newCircular(t, in, reports.ScoreStyle)
	for key, want := range map[string]string{"sites.qualified": "0", "sites.unqualified": "0", "sites.undecided": "38", "sites.rate": "—", "ranking.sites": "0"} {
		if n := c.Find(key); n.Text != want {
			t.Errorf("%s is %s, want %s", key, n, want)
		}
	}
	if body := bodyText(reports.CircularPaper(c, f)); !strings.Contains(body, "暂不能计算合格率（—）") {
		t.Error("the circular gives a pass rate of nothing")
	}
}

func TestEqualScoresShareAPlace(t *testing.T) {
	c, _ := newCircular(t, quarter(), reports.ScoreStyle)
	var got []string
	for _, l := range c.Lists {
		if l.Title != "得分排名" {
			continue
		}
		for _, r := range l.Grid.Rows {
			got = append(got, strings.Join([]string{r[1].Text, r[4].Text, r[6].Text, r[7].Text, r[8].Text, r[9].Text}, " "))
		}
	}
	// before: 云川市本级 900, 东陵县 890, 西江县 880, 南坪县 870, 北原区 860
	want := []string{"9901000001 110.5 1 1 持平 ", "9901010001 92 2 2 持平 ", "9901020001 92 2 3 ↑1 ", "9901030001 55 4 4 持平 ", "9901040001 — — 5 — 有扣分问题尚待确认或裁定"}
	if !slices.Equal(got, want) {
		t.Errorf("ranking\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPointsThatAreNotEnteredGiveNoRanking(t *testing.T) {
	in := quarter()
	for i := range in.Targets {
		if v := in.Targets[i].Verdict; v != nil && v.Score != nil {
			v.Score, v.Unpriced = nil, []govsweep.IndicatorCode{"x"}
		}
	}
	c, _ := newCircular(t, in, reports.ScoreStyle)
	if n := c.Find("ranking.sites"); n.Text != "0" {
		t.Errorf("%s sites are ranked", n)
	}
}

func TestPointsForEachFaultAddUpToTheScoreCard(t *testing.T) {
	in := quarter()
	in.Targets[0].Verdict.Items[0].Deducted = tenths(15) // a cap of 1.5 for two faults of 1 point
	c, f := newCircular(t, in, reports.ColumnStyle)
	if n := c.Find("points.9901000001"); n == nil || n.Text != "1.5" || len(n.Rows) != 3 {
		t.Errorf("points %v", n)
	}
	body := bodyText(reports.CircularPaper(c, f))
	if !strings.Contains(body, "共计扣分1.5分。") || strings.Contains(body, "。。") {
		t.Errorf("the circular does not say the points:\n%s", body)
	}
}

func TestTheSameInputGivesTheSameBytesInAnyOrder(t *testing.T) {
	want := everything(t, withSample(quarter()), reports.ScoreStyle)
	in := withSample(quarter())
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(in.Targets), func(i, j int) { in.Targets[i], in.Targets[j] = in.Targets[j], in.Targets[i] })
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(in.Frame), func(i, j int) { in.Frame[i], in.Frame[j] = in.Frame[j], in.Frame[i] })
	slices.Reverse(in.Notices)
	got := everything(t, in, reports.ScoreStyle)
	if len(want) < 4 {
		t.Fatalf("%d files", len(want))
	}
	for ext, body := range want {
		if ext != ".pdf" && !bytes.Equal(body, got[ext]) {
			t.Errorf("%s differs", ext)
		}
	}
}

func TestWithoutABrowserTheOtherFormsStillCome(t *testing.T) {
	t.Setenv("GOVSWEEP_CHROMIUM", filepath.Join(t.TempDir(), "none"))
	c, f := newCircular(t, quarter(), reports.VetoStyle)
	files, skipped, err := reports.WriteCircular(t.Context(), t.TempDir(), c, f)
	if err != nil || len(files) != 4 || len(skipped) != 1 || !strings.Contains(skipped[0], "生成PDF需要Chromium浏览器") {
		t.Errorf("%v, %v, %v", files, skipped, err)
	}
}

func TestWhatCannotBePublishedIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*reports.CircularInput)
		say   string
	}{
		"no targets":     {func(in *reports.CircularInput) { in.Targets = nil }, "没有检查对象"},
		"a target twice": {func(in *reports.CircularInput) { in.Targets = append(in.Targets, in.Targets[0]) }, "出现两次"},
		"two rulebooks": {func(in *reports.CircularInput) {
			in.Sweeps = append(in.Sweeps, govsweep.Sweep{ID: 13, Rulebook: "other"})
		}, "规则不同"},
		"a gate nobody lifted":    {func(in *reports.CircularInput) { in.Suspect = "对照网站未能打开。" }, "须由负责人具名"},
		"a figure below zero":     {func(in *reports.CircularInput) { in.Figures.IPv6.Rows[0].Sites = num(-1) }, "不正确"},
		"parts above their whole": {func(in *reports.CircularInput) { in.Figures.Interpretations.Rows[0].NonText = num(99) }, "大于总数"},
	} {
		in := quarter()
		c.spoil(&in)
		_, err := reports.NewCircular(in, circularForm(t, reports.VetoStyle))
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	in := quarter()
	in.Suspect, in.Override = "对照网站未能打开。", &govsweep.Override{By: "王芳", Reason: "对照网站当日停电"}
	c, f := newCircular(t, in, reports.VetoStyle)
	if body := bodyText(reports.CircularPaper(c, f)); !strings.Contains(body, "曾被判定为存疑（对照网站未能打开），经王芳同意使用，理由：对照网站当日停电。") {
		t.Error("the override is not told")
	}
}
