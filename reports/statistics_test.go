package reports_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/reports/paper"
)

func statisticsAccount(media govsweep.MediaKind, name string, state govsweep.AccountState, months ...govsweep.AccountMonth) reports.StatisticsAccount {
	return reports.StatisticsAccount{Account: govsweep.Account{Media: media, Name: name, State: state}, Months: months}
}

func monthOf(month string, posts int, whole bool) govsweep.AccountMonth {
	return govsweep.AccountMonth{Month: month, Posts: posts, Whole: whole}
}

func articleOn(day, url, place string) govsweep.Published {
	p := govsweep.Published{Title: "某某信息", URL: url, Place: place}
	if day != "" {
		p.At = at(day)
	}
	return p
}

// statisticsInput is a unit counted from July to September 2026, on 20 September.
func statisticsInput() reports.StatisticsInput {
	site := govsweep.Site{ID: "1", Name: "云川市人民政府", URL: "http://www.yc.example/"}
	reading := annexColumn("政策解读", govsweep.InterpretationColumn, "2026-08-30", "2026-08-01", "2026-07-15", "2026-06-30")
	gazette := annexColumn("政府公报", govsweep.GazetteColumn, "2026-08-15", "2026-07-20", "2026-07-20", "2026-06-20")
	gazette.Titles = []string{"云川市人民政府公报2026年第8期", "2026年第7期（总第99期）", "市政府公报2026年第7期目录", "2026年第6期"}
	return reports.StatisticsInput{Unit: "云川市人民政府办公室", From: at("2026-07-01"), To: at("2026-09-30"), AsOf: at("2026-09-20"),
		Accounts: []reports.StatisticsAccount{
			statisticsAccount(govsweep.WeChat, "云川发布", govsweep.AccountRunning, monthOf("2026-07", 5, true), monthOf("2026-08", 0, true), monthOf("2026-09", 2, false)),
			statisticsAccount(govsweep.WeChat, "云川政务", "", monthOf("2026-07", 3, true), monthOf("2026-08", 4, false), monthOf("2026-09", 0, false)),
			statisticsAccount(govsweep.Weibo, "云川微博", govsweep.AccountClosing, monthOf("2026-07", 0, false), monthOf("2026-08", 0, false), monthOf("2026-09", 0, false)),
			statisticsAccount(govsweep.Weibo, "旧微博", govsweep.AccountClosed, monthOf("2026-07", 0, true), monthOf("2026-08", 0, true), monthOf("2026-09", 0, true)),
			statisticsAccount(govsweep.App, "云川通", govsweep.AccountRunning, monthOf("2026-07", 0, false)),
		},
		Sites: []reports.StatisticsSite{{Site: site, AsOf: at("2026-09-20"), Since: "2026-07-31",
			Articles: []govsweep.Published{
				articleOn("2026-07-15", "http://www.yc.example/1", "http://www.yc.example/a/"), // July: not read whole
				articleOn("2026-08-01", "http://www.yc.example/2", "http://www.yc.example/a/"),
				articleOn("2026-08-31", "http://yc.example/3", ""),                       // on the site itself
				articleOn("2026-08-31", "http://other.example/4", ""),                    // a link of the home page to another site
				articleOn("2026-08-10", "https://mp.example/5", "http://yc.example/a/"),  // in a column of the site
				articleOn("2026-09-02", "http://yc.example/6", "http://yc.example/a/"),   // September was not over
				articleOn("2026-09-25", "http://yc.example/7", "http://yc.example/a/"),   // dated after the check point
				articleOn("", "http://www.yc.example/8", "http://www.yc.example/a/"),     // no day
				articleOn("2026-06-30", "http://www.yc.example/9", "http://yc.example/"), // before the period
			},
			Inspections: []reports.AnnexInspection{{Sweep: 1, AsOf: at("2026-09-20"), Columns: []govsweep.ColumnVerdict{
				inWeeks(reading, "2026-09-20"), inWeeks(gazette, "2026-09-20")}}},
		}},
	}
}

// statisticsOf prints every line as "group/item/of/month=number".
func statisticsOf(t *testing.T, in reports.StatisticsInput) map[string]string {
	t.Helper()
	u, err := reports.NewUnitStatistics(in)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for i, row := range reports.StatisticsGrid(u).Rows {
		l := u.Lines[i]
		key := strings.TrimSuffix(strings.Join([]string{l.Group, l.Item, l.Of, l.Month}, "/"), "/")
		if _, twice := out[key]; twice {
			t.Errorf("%s stands there twice", key)
		}
		out[key] = row[4].Text
		if row[4].IsNum != (l.State == reports.StatisticsExact) {
			t.Errorf("%s is printed as a number though it is %s", key, l.State)
		}
		if l.State == reports.StatisticsUnknown && row[4].Text != "—" {
			t.Errorf("%s is not known and printed as %s", key, row[4].Text)
		}
		if l.State != reports.StatisticsExact && l.Note == "" {
			t.Errorf("%s has no reason", key)
		}
	}
	return out
}

func holdStatistics(t *testing.T, got map[string]string, want string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		key, number, _ := strings.Cut(strings.TrimSpace(line), "=")
		if got[key] != number {
			t.Errorf("%s is %q, by hand %q", key, got[key], number)
		}
	}
}

func TestEveryNumberOfAUnitIsTheOneCountedByHand(t *testing.T) {
	got := statisticsOf(t, statisticsInput())
	holdStatistics(t, got, `
政务新媒体账号/在册/微信=2
政务新媒体账号/正常运行/微信=2
政务新媒体账号/在册/微博=2
政务新媒体账号/正常运行/微博=0
政务新媒体账号/关停注销中/微博=1
政务新媒体账号/已关停/微博=1
政务新媒体账号/在册/移动客户端=1
政务新媒体账号/在册/合计=5
政务新媒体账号/正常运行/合计=3
政务新媒体账号/关停注销中/合计=1
政务新媒体账号/已关停/合计=1
网站发布信息/发布信息/云川市人民政府/2026-07=—
网站发布信息/发布信息/云川市人民政府/2026-08=3
网站发布信息/发布信息/云川市人民政府/2026-09=—
网站发布信息/发布信息/云川市人民政府=至少3
网站发布信息/发布信息/合计/2026-08=3
网站发布信息/发布信息/合计=至少3
新媒体发布信息/发布信息/微信/2026-07=8
新媒体发布信息/发布信息/微信/2026-08=至少4
新媒体发布信息/发布信息/微信/2026-09=至少2
新媒体发布信息/发布信息/微信=至少14
新媒体发布信息/发布信息/微博/2026-07=—
新媒体发布信息/发布信息/微博=—
新媒体发布信息/发布信息/合计/2026-07=至少8
新媒体发布信息/发布信息/合计/2026-08=至少4
新媒体发布信息/发布信息/合计=至少14
政策解读/政策解读/合计/2026-07=至少1
政策解读/政策解读/合计/2026-08=2
政策解读/政策解读/合计/2026-09=—
政策解读/政策解读/合计=至少3
政府公报/公报期数/合计=至少2
网民留言答复/网站公开的留言答复/合计=—
网民留言答复/收到网民留言/合计=—
网民留言答复/答复网民留言/合计=—`)
	if _, ok := got["新媒体发布信息/发布信息/移动客户端"]; ok {
		t.Error("an app is asked for no posts")
	}
}

func TestAPeriodThatWasReadWholeHasExactNumbers(t *testing.T) {
	in := statisticsInput()
	in.To, in.Sites[0].Since = at("2026-08-31"), "2026-06-30"
	holdStatistics(t, statisticsOf(t, in), `
网站发布信息/发布信息/合计/2026-07=1
网站发布信息/发布信息/合计/2026-08=3
网站发布信息/发布信息/合计=4
政策解读/政策解读/合计=3
政府公报/公报期数/合计=2`)
	in.Sites[0].Why = "网站有1个栏目未能读取（如“财政信息”），不能统计发布数量。"
	holdStatistics(t, statisticsOf(t, in), `
网站发布信息/发布信息/合计/2026-08=—
网站发布信息/发布信息/合计=—`)
	in.Sites[0].Inspections[0].Columns[0].Unread = "列表由脚本生成，本次未能读取。"
	holdStatistics(t, statisticsOf(t, in), "政策解读/政策解读/合计=—")
}

func TestAColumnThatWasReadForAMonthOrTwoHasNoZeroBefore(t *testing.T) {
	in := statisticsInput()
	in.From = at("2026-05-01")
	url := in.Sites[0].Inspections[0].Columns[0].URL
	in.Sites[0].Columns = map[string]string{url: "2026-06-30"}
	holdStatistics(t, statisticsOf(t, in), `
政策解读/政策解读/合计/2026-05=—
政策解读/政策解读/合计/2026-06=至少1
政策解读/政策解读/合计/2026-07=1`)
	in.Sites[0].Columns[url] = ""
	holdStatistics(t, statisticsOf(t, in), `
政策解读/政策解读/合计/2026-05=0
政策解读/政策解读/合计/2026-06=1`)
}

func TestAnythingNobodyCountedIsADashAndNeverZero(t *testing.T) {
	in := reports.StatisticsInput{Unit: "空", From: at("2026-07-01"), To: at("2026-07-31"), AsOf: at("2026-09-20"), Sites: []reports.StatisticsSite{{}}}
	for key, number := range statisticsOf(t, in) {
		if number != "—" {
			t.Errorf("%s is %s", key, number)
		}
	}
}

const givenYAML = `
填报单位: 云川市人民政府办公室
统计起始: 2026-07
统计截止: 2026-09
政策解读: 4
政府公报期数: 1
收到网民留言: 30
答复网民留言: 28
网站发布信息: {2026-07: 9, 2026-08: 7, 2026-09: 1}
新媒体发布信息:
  微信: {2026-07: 8, 2026-08: 6, 2026-09: 1}
`

func TestWhatAUnitFillsInStandsOnlyWhereNothingWasCountedWhole(t *testing.T) {
	in := statisticsInput()
	var err error
	if in.Given, err = reports.LoadGivenStatistics(strings.NewReader(givenYAML)); err != nil {
		t.Fatal(err)
	}
	// August was read whole: 3. Of WeChat 2 posts of September are proven, more than were filled in.
	holdStatistics(t, statisticsOf(t, in), `
网站发布信息/发布信息/合计/2026-07=9
网站发布信息/发布信息/合计/2026-08=3
网站发布信息/发布信息/合计/2026-09=1
网站发布信息/发布信息/合计=13
新媒体发布信息/发布信息/微信/2026-07=8
新媒体发布信息/发布信息/微信/2026-08=6
新媒体发布信息/发布信息/微信/2026-09=至少2
新媒体发布信息/发布信息/微信=至少16
政策解读/政策解读/合计=4
政府公报/公报期数/合计=至少2
网民留言答复/收到网民留言/合计=30
网民留言答复/答复网民留言/合计=28`)
	u, _ := reports.NewUnitStatistics(in)
	for _, l := range u.Lines {
		if l.Of == "合计" && l.Month == "2026-08" && l.Group == "网站发布信息" && !strings.Contains(l.Note, "单位填报为7") {
			t.Errorf("a number that differs is not told: %q", l.Note)
		}
	}
}

func TestAFileThatCannotBeIsRefusedWithItsPlace(t *testing.T) {
	for change, say := range map[string]string{
		"填报单位: 云川市人民政府办公室>":           "未写明“填报单位”",
		"统计起始: 2026-07>统计起始: 七月":      "“统计起始”应写明月份",
		"政策解读: 4>政策解读: -4":            "“政策解读”",
		"答复网民留言: 28>答复网民留言: 31":       "多于“收到网民留言”30件",
		"{2026-07: 9>{2026-13: 9":     "“2026-13”不是月份",
		"政府公报期数: 1>公报: 1":             "公报",
		"统计截止: 2026-09>统计截止: 2026-08": "与本次统计的2026-07至2026-09不一致",
		"  微信: {>  抖音: {":             "平台“抖音”",
	} {
		old, now, _ := strings.Cut(change, ">")
		in := statisticsInput()
		var err error
		if in.Given, err = reports.LoadGivenStatistics(strings.NewReader(strings.Replace(givenYAML, old, now, 1))); err == nil {
			_, err = reports.NewUnitStatistics(in)
		}
		if err == nil || govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v, want %s", change, err, say)
		}
	}
	if _, err := reports.NewUnitStatistics(reports.StatisticsInput{From: at("2026-07-01"), To: at("2026-06-01")}); govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("a period that ends before it begins: %v", err)
	}
}

func TestHostileNamesAreInertInStatistics(t *testing.T) {
	want := ""
	for _, s := range hostile() {
		in := statisticsInput()
		in.Unit, in.Sites[0].Site.Name, in.Sites[0].Why, in.Accounts[1].Account.Name = s, "网"+s, s+"。", s
		u, err := reports.NewUnitStatistics(in)
		if err != nil {
			t.Fatal(err)
		}
		u.Lines[0].Of, u.Lines[1].Note = s, s
		var b, page, doc bytes.Buffer
		p := reports.StatisticsPaper(u)
		for _, err := range []error{reports.CSV(&b, reports.StatisticsGrid(u)), paper.HTML(&page, p), paper.DOCX(&doc, p)} {
			if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
		}
		rows, err := csv.NewReader(bytes.NewReader(b.Bytes()[3:])).ReadAll()
		if err != nil || len(rows) != len(u.Lines)+1 {
			t.Fatalf("%q: %d rows, %v", s, len(rows), err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if checkText(t, cell); isFormula(cell) {
					t.Fatalf("%q: a cell begins a formula: %q", s, cell)
				}
			}
		}
		if len(leftOf(s)) == 0 {
			continue // nothing is left of it: there is no note to print
		}
		if got := shapeOf(t, page.Bytes()); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%q changes the structure of the page", s)
		}
	}
}

// leftOf is what is left of a text when it is printed.
func leftOf(s string) string { return strings.TrimSpace(reports.Clean(s)) }

// TestTheStatisticsAreWrittenOut writes them where a person can look at them,
// when GOVSWEEP_LOOK names a folder.
func TestTheStatisticsAreWrittenOut(t *testing.T) {
	dir := os.Getenv("GOVSWEEP_LOOK")
	if dir == "" {
		dir = t.TempDir()
	}
	in := statisticsInput()
	in.From = at("2026-01-01")
	in.Given = &reports.GivenStatistics{Source: "云川市人民政府办公室", From: "2026-01", To: "2026-09", Posts: map[string]map[string]int{"微信": {"2026-01": 30}}}
	u, err := reports.NewUnitStatistics(in)
	if err != nil {
		t.Fatal(err)
	}
	files, skipped, err := reports.WriteStatistics(t.Context(), dir, u)
	if err != nil || len(files)+len(skipped) != 5 || !strings.HasSuffix(files[0], "政务公开统计-云川市人民政府办公室-2026年1月至2026年9月.docx") {
		t.Errorf("%v, skipped %v, %v", files, skipped, err)
	}
	for _, path := range files {
		if info, err := os.Stat(path); err != nil || info.Size() < 1000 {
			t.Errorf("%s is short: %v", path, err)
		}
	}
}
