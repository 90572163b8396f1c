package reports_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

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
