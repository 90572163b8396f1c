package register_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

const sites = `网站标识码,网站名称,首页网址,主办单位,层级,网站类型(门户/部门),是否有对外服务职能,标签,网站状态,其他域名
9901020003,云川市人民政府,www.yunchuan.example,云川市人民政府办公室,地市级,门户,是,季度抽查、重点,正常运行,yc.example/zf
bm99000001,云岭省水利厅,https://slt.yunling.example/,云岭省水利厅,省级,部门网站,否,,,
`

func TestSitesInEveryEncodingAndSeparator(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(sites)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(sites, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"utf-8": sites, "bom": "\ufeff" + sites, "gbk": gbk, "crlf": strings.ReplaceAll(sites, "\n", "\r\n"),
		"semicolon": strings.ReplaceAll(sites, ",", ";"), "tab": strings.ReplaceAll(sites, ",", "\t"), "utf-16": utf16,
		"title above": "全省政府网站登记表,,,\n,,,\n" + sites,
	} {
		rows, refused, err := register.ReadSites(strings.NewReader(file), "sites.csv")
		if err != nil || len(refused) > 0 || len(rows) != 2 {
			t.Errorf("%s: %d rows, refused %v, error %v", name, len(rows), refused, err)
			continue
		}
		yes := true
		want := govsweep.Site{
			ID: "9901020003", Code: "9901020003", Name: "云川市人民政府", URL: "http://www.yunchuan.example/", Host: "云川市人民政府办公室",
			Level: "市级", Kind: govsweep.Portal, PublicService: &yes, Tags: []string{"季度抽查", "重点"}, State: govsweep.Running, Domains: []string{"yc.example/zf"},
		}
		if d := cmp.Diff(want, rows[0].Value); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
}

func TestRefusedCellsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"bad code", "标识码,站点名称,网址\n990102,甲,a.example\n", "文件“f.csv”单元格A2：网站标识码“990102”不正确，应为10位数字，或 bm 加8位数字"},
		{"bad address", "站点名称,网址\n甲,javascript:alert(1)\n", "文件“f.csv”单元格B2：网址“javascript:alert(1)”不正确，应为 http:// 或 https:// 开头的完整网址"},
		{"no name", "站点名称,网址\n,a.example\n", "文件“f.csv”单元格A2：网站名称不能为空"},
		{"duplicate", "站点名称,网址\n甲,a.example\n乙,b.example\n丙,http://A.example:80/\n", "文件“f.csv”单元格A4：与第2行重复（首页网址http://a.example/）"},
		{"unknown level", "站点名称,网址,级别\n甲,a.example,特级\n", "文件“f.csv”单元格C2：层级“特级”无法识别，可填：部委、省级、市级、县级、乡级"},
		{"broken formula", "站点名称,网址\n#REF!,a.example\n", "文件“f.csv”单元格A2：单元格的公式出错（#REF!），请改为实际内容"},
		{"no host", "站点名称,网址\n甲,暂无网址\n", "文件“f.csv”单元格B2：网址“暂无网址”不正确，应为 http:// 或 https:// 开头的完整网址"},
		{"broken charset", "站点名称,网址\n\uFFFD,a.example\n", "文件“f.csv”单元格A2：含有无法识别的字符，请检查文件的编码"},
		{"row behind a line break", "站点名称,网址\n\"甲\n站\",a.example\n乙,ftp://b\n", "文件“f.csv”单元格B3：网址“ftp://b”不正确，应为 http:// 或 https:// 开头的完整网址"},
	} {
		_, refused, err := register.ReadSites(strings.NewReader(c.file), "f.csv")
		if err != nil || len(refused) != 1 || refused[0].String() != c.want {
			t.Errorf("%s: error %v, refused %v, want %s", c.name, err, refused, c.want)
		}
	}
}

func TestFilesThatAreNoRegister(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", " \n", "是空的"},
		{"other table", "a,b\n1,2\n", "找不到网站登记表的表头"},
		{"missing header", "网站标识码,网站名称\n9901020003,甲\n", "缺少“首页网址”一列"},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为不加密的 .xlsx"},
		{"no rows", "网站名称,首页网址\n", "没有数据"},
		{"open quote", "网站名称,首页网址\n\"甲,a.example\n", "第2行的引号不成对"},
		{"binary", "\x00\x01\x02", "不是 CSV 或 XLSX"},
		{"cut archive", "PK\x03\x04zz", "已损坏"},
	} {
		_, _, err := register.ReadSites(strings.NewReader(c.file), "f.csv")
		if govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func workbook(t testing.TB, fill func(f *excelize.File)) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return &b
}

func set(t testing.TB, f *excelize.File, cells map[string]any) {
	t.Helper()
	for at, v := range cells {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWorkbookWithTitleMergedCellsAndNumbers(t *testing.T) {
	book := workbook(t, func(f *excelize.File) {
		set(t, f, map[string]any{
			"A1": "云川市政府网站登记表", "A2": "序号", "B2": "网站信息", "E2": "主办单位",
			"B3": "网站标识码", "C3": "网站名称", "D3": "首页网址",
			"A4": 1, "B4": 9901020003, "C4": "云川市人民政府", "D4": "www.yunchuan.example", "E4": "云川市人民政府办公室",
			"A5": 2, "B5": "9901020004", "C5": "云川市档案馆", "D5": "daj.yunchuan.example",
		})
		for _, m := range [][2]string{{"A1", "E1"}, {"A2", "A3"}, {"B2", "D2"}, {"E2", "E3"}, {"E4", "E5"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellFormula("Sheet1", "F4", `HYPERLINK("http://evil.example")`); err != nil {
			t.Fatal(err)
		}
	})
	rows, refused, err := register.ReadSites(book, "sites.xlsx")
	if err != nil || len(refused) > 0 || len(rows) != 2 {
		t.Fatalf("%d rows, refused %v, error %v", len(rows), refused, err)
	}
	for i, r := range rows {
		if r.Sheet != "Sheet1" || r.Line != 4+i || r.Value.Host != "云川市人民政府办公室" {
			t.Errorf("row %d: %+v", i, r)
		}
	}
	if rows[0].Value.Code != "9901020003" {
		t.Errorf("code kept as a number: %q", rows[0].Value.Code)
	}
}

func TestColumns(t *testing.T) {
	book := workbook(t, func(f *excelize.File) {
		set(t, f, map[string]any{
			"A1": "网站标识码", "B1": "栏目名称", "C1": "栏目路径", "D1": "栏目网址", "E1": "栏目类别", "F1": "更新周期(天)", "G1": "豁免至", "H1": "豁免原因", "I1": "设定人",
			"A2": "9901020003", "B2": "通知公告", "C2": "政务公开 > 通知公告", "D2": "http://www.yunchuan.example/zwgk/tzgg/index.html", "E2": "通知公告", "F2": 30, "I2": "李明",
			"A3": "9901020003", "B3": "旧闻", "C3": "首页→专题→旧闻", "D3": "http://www.yunchuan.example/jw/", "G3": 46387, "H3": "历史专题",
			"A4": "9901020003", "B4": "错", "D4": "http://www.yunchuan.example/c/", "E4": "什么", "G4": "明年",
		})
	})
	rows, refused, err := register.ReadColumns(book, "columns.xlsx")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, error %v, refused %v", len(rows), err, refused)
	}
	want := []govsweep.Column{
		{Site: "9901020003", URL: "http://www.yunchuan.example/zwgk/tzgg/index.html", Name: "通知公告", Path: []string{"首页", "政务公开", "通知公告"}, Level: 2,
			Class: govsweep.AnnouncementColumn, ClassBy: "李明", Confidence: 1, ClassReason: "登记表中填写的类别", CycleDays: 30, Source: "register"},
		{Site: "9901020003", URL: "http://www.yunchuan.example/jw/", Name: "旧闻", Path: []string{"首页", "专题", "旧闻"}, Level: 2,
			ExemptUntil: "2026-12-31", ExemptWhy: "历史专题", Source: "register"},
	}
	if d := cmp.Diff(want, []govsweep.Column{rows[0].Value, rows[1].Value}); d != "" {
		t.Error(d)
	}
	if len(refused) != 2 || refused[0].Cell != "E4" || refused[1].Cell != "G4" {
		t.Errorf("refused %v", refused)
	}
}

func TestOrgs(t *testing.T) {
	rows, refused, err := register.ReadOrgs(strings.NewReader("统一社会信用代码,单位名称,上级单位,邮箱\nA1,云川市人民政府办公室,云川市人民政府,bgs@yunchuan.example\nA1,又一个,,\nA2,坏邮箱,,x\n"), "orgs.csv")
	if err != nil || len(rows) != 1 || len(refused) != 2 {
		t.Fatalf("%v, refused %v, error %v", rows, refused, err)
	}
	want := govsweep.Org{Code: "A1", Name: "云川市人民政府办公室", Parent: "云川市人民政府", Email: "bgs@yunchuan.example"}
	if rows[0].Value != want {
		t.Errorf("got %+v", rows[0].Value)
	}
}

// archive is a zip of one part, n times what repeats.
func archive(t *testing.T, part, repeat string, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	w, err := zw.Create(part)
	for i := 0; i < n && err == nil; i++ {
		_, err = w.Write([]byte(repeat))
	}
	if err == nil {
		err = zw.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesThatUnpackTooFarAreRefusedUnopened(t *testing.T) {
	spaces := strings.Repeat(" ", 1<<20)
	for name, file := range map[string][]byte{
		"400 MB":          archive(t, "xl/worksheets/sheet1.xml", spaces, 400),
		"ratio":           archive(t, "xl/worksheets/sheet1.xml", spaces, 20),
		"styles":          archive(t, "xl/styles.xml", spaces, 9),
		"too many texts":  archive(t, "xl/sharedStrings.xml", "<si><t>a</t></si><si/><si ><t/></si>"+strings.Repeat("<b>", 5), 140_000),
		"texts too large": archive(t, "xl/sharedStrings.xml", spaces, 17),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := register.ReadSites(bytes.NewReader(file), "bomb.xlsx")
		runtime.ReadMemStats(&after)
		var e *govsweep.Error
		if !errors.As(err, &e) || !strings.Contains(e.Say, "已拒绝读取") {
			t.Errorf("%s: %v", name, err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 16 {
			t.Errorf("%s: %d MB allocated", name, used)
		}
	}
}

func TestAnArchiveThatLiesAboutItsSizeIsRefused(t *testing.T) {
	var packed, out bytes.Buffer
	fw, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fw.Write(bytes.Repeat([]byte(" "), 100<<20)); err != nil {
		t.Fatal(err)
	}
	if err := fw.Close(); err != nil {
		t.Fatal(err)
	}
	zw := zip.NewWriter(&out)
	w, err := zw.CreateRaw(&zip.FileHeader{Name: "xl/sharedStrings.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err = register.ReadSites(&out, "lie.xlsx")
	runtime.ReadMemStats(&after)
	if govsweep.KindOf(err) != govsweep.Wrong {
		t.Errorf("got %v", err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 16 {
		t.Errorf("%d MB allocated", used)
	}
}

func TestASheetCutInTheMiddleIsNotHalfARegister(t *testing.T) {
	book := workbook(t, func(f *excelize.File) {
		set(t, f, map[string]any{"A1": "网站名称", "B1": "首页网址", "A2": "甲", "B2": "a.example", "A3": "乙", "B3": "b.example"})
	})
	zr, err := zip.NewReader(bytes.NewReader(book.Bytes()), int64(book.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, part := range zr.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == "xl/worksheets/sheet1.xml" {
			body = body[:bytes.Index(body, []byte(`<row r="3"`))]
		}
		w, err := zw.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	rows, refused, err := register.ReadSites(&out, "cut.xlsx")
	if err == nil || len(rows)+len(refused) > 0 || !strings.Contains(err.Error(), "已损坏") {
		t.Errorf("%d rows, refused %v, error %v", len(rows), refused, err)
	}
}

func TestDiffAndMerge(t *testing.T) {
	yes := true
	old := []govsweep.Site{
		{ID: "9901020003", Code: "9901020003", Name: "云川市人民政府", URL: "http://www.yunchuan.example/", Host: "旧单位", Platform: "省平台", PublicService: &yes},
		{ID: "9901020009", Code: "9901020009", Name: "云川市气象局", URL: "http://qx.yunchuan.example/"},
	}
	rows, _, err := register.ReadSites(strings.NewReader("网站标识码,网站名称,首页网址,主办单位,所属平台\n9901020003,云川市人民政府,www.yunchuan.example,新单位,\n9901020005,云川市统计局,tj.yunchuan.example,,\n"), "s.csv")
	if err != nil {
		t.Fatal(err)
	}
	now := register.Merged(old, rows)
	if now[0].Platform != "省平台" || now[0].PublicService != &yes || now[0].Host != "新单位" {
		t.Errorf("merged: %+v", now[0])
	}
	var b strings.Builder
	if err := register.Diff(old, now).Print(&b); err != nil {
		t.Fatal(err)
	}
	want := `新增  云川市统计局（网站标识码9901020005）
变更  云川市人民政府（网站标识码9901020003）
        主办单位：“旧单位” → “新单位”
未涉及  云川市气象局（网站标识码9901020009）
共新增1行，变更1行，不变0行；原有1行不在文件中，保持不变。
`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
	if again := register.Diff(now, register.Merged(now, rows)); len(again.Added)+len(again.Changed) != 0 || again.Unchanged != 2 {
		t.Errorf("a second import changes something: %+v", again)
	}
}

func TestAnImportedClassIsAPersonsAndAnEmptyOneChangesNothing(t *testing.T) {
	old := []govsweep.Column{{
		Site: "9901020003", URL: "http://a.example/x/", Name: "甲栏", Path: []string{"首页", "甲栏"}, Level: 1,
		Class: govsweep.PolicyColumn, ClassBy: "李明", ClassReason: "人工设定", ExemptUntil: "2026-12-31", ExemptWhy: "改版", HadContent: true,
	}}
	read := func(file string) []register.Row[govsweep.Column] {
		rows, refused, err := register.ReadColumns(strings.NewReader(file), "c.csv")
		if err != nil || len(refused) > 0 {
			t.Fatal(refused, err)
		}
		return rows
	}
	kept := register.Merged(old, read("网站标识码,栏目名称,栏目网址,栏目类别,设定人,豁免至,豁免原因\n9901020003,甲栏,http://a.example/x/,,王芳,,\n"))[0]
	if kept.Class != govsweep.PolicyColumn || kept.ClassBy != "李明" || kept.ExemptUntil != "2026-12-31" || !kept.HadContent {
		t.Errorf("empty cells changed what a person set: %+v", kept)
	}
	set := register.Merged(old, read("网站标识码,栏目名称,栏目网址,栏目类别\n9901020003,甲栏,http://a.example/x/,通知公告\n"))[0]
	if set.Class != govsweep.AnnouncementColumn || set.ClassBy != "登记" || set.Confidence != 1 {
		t.Errorf("class of the register not taken: %+v", set)
	}
}
