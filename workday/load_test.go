package workday_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/workday"
)

const head = "日期,安排,名称,依据\n"

// whole is a made-up arrangement of 2027 with a local holiday.
func whole() string {
	var b strings.Builder
	b.WriteString("\ufeff" + head + "# 示例\n")
	for _, r := range [][2]string{
		{"2027-01-01", "元旦"}, {"2027-02-06", "春节"}, {"2027-04-05", "清明节"}, {"2027-05-01", "劳动节"}, {"2027-06-09", "端午节"},
		{"2027-07-13", "那达慕"}, {"2027-09-15", "中秋节"}, {"2027-10-01", "国庆节"},
	} {
		fmt.Fprintf(&b, "%s,放假,%s,某政发〔2026〕9号\r\n", r[0], r[1])
	}
	b.WriteString("2027-10-09,上班,国庆节,某政发〔2026〕9号\n")
	return b.String()
}

func TestABureausFileReplacesTheYearsItCovers(t *testing.T) {
	c, err := workday.Load(strings.NewReader(whole()))
	if err != nil {
		t.Fatal(err)
	}
	if c.Source(2027) != "某政发〔2026〕9号" || c.Source(2026) != workday.Default().Source(2026) {
		t.Errorf("sources %q %q", c.Source(2027), c.Source(2026))
	}
	for day, want := range map[string]bool{"2027-07-13": false, "2027-10-09": true, "2027-10-04": true, "2026-10-10": true, "2026-10-05": false} {
		if c.IsWorkday(on(t, day)) != want {
			t.Errorf("%s: not %t", day, want)
		}
	}
	if workday.Default().Covers(2027) {
		t.Error("the default was changed")
	}
	own, err := workday.Load(strings.NewReader(strings.ReplaceAll(whole(), "2027-", "2026-")))
	if err == nil || !strings.Contains(err.Error(), "2026-10-09") {
		t.Errorf("9 October 2026 is a Friday: %v %v", own, err)
	}
	own, err = workday.Load(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(whole(), "2027-10-09,上班", "2027-10-10,上班"), "2027-", "2026-")))
	if err != nil || !own.IsWorkday(on(t, "2026-10-05")) || !own.IsWorkday(on(t, "2026-10-10")) || own.IsWorkday(on(t, "2026-02-14")) {
		t.Errorf("the year is not taken from the file alone: %v", err)
	}
}

func TestABrokenFileNamesItsLines(t *testing.T) {
	cases := map[string]struct{ file, want string }{
		"nothing at all":           {"", "没有内容"},
		"only a head":              {head, "没有内容"},
		"a wrong head":             {"date,kind\n2027-01-01,off\n", "第1行应为表头"},
		"no date":                  {whole() + "2027-02-30,放假,春节,某\n", "第12行的日期“2027-02-30”"},
		"a day twice":              {whole() + "2027-10-01,放假,国庆节,某\n", "第12行的日期2027-10-01与第10行重复"},
		"a word of its own":        {whole() + "2027-10-02,休息,国庆节,某\n", "第12行的安排“休息”应为"},
		"make-up on a weekday":     {whole() + "2027-10-08,上班,国庆节,某\n", "第12行把2027-10-08列为调休上班，但当天是星期五"},
		"no source":                {whole() + "2027-10-02,放假,国庆节,\n", "第12行必须写明"},
		"a cell too few":           {whole() + "2027-10-02,放假\n", "第12行应有4栏，实有2栏"},
		"a year half covered":      {whole() + "2028-01-01,放假,元旦,某\n", "第12行起的2028年不完整，缺春节、清明、劳动、端午、中秋、国庆"},
		"a quote without its pair": {whole() + "\"2027\n", "引号不成对"},
		"not UTF-8":                {"\xc8\xd5\xc6\xda", "UTF-8"},
		"a far year":               {whole() + "9999-01-01,放假,元旦,某\n", "第12行的日期“9999-01-01”"},
		"too long":                 {head + strings.Repeat("#\n", 1<<20), "超过1MB"},
	}
	for name, c := range cases {
		got, err := workday.Load(strings.NewReader(c.file))
		if got != nil || govsweep.KindOf(err) != govsweep.Wrong || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSeveralFaultsAreNamedAtOnce(t *testing.T) {
	_, err := workday.Load(strings.NewReader(head + "甲,放假,元旦,某\n乙,放假,元旦,某\n2027-01-01,放假,元旦,某\n"))
	for _, want := range []string{"第2行", "第3行", "第4行起的2027年"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is missing in %v", want, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(whole())
	f.Add(head + "2027-01-01,放假,\"元\n旦\",某\n")
	f.Fuzz(func(t *testing.T, file string) {
		c, err := workday.Load(strings.NewReader(file))
		if (c == nil) == (err == nil) {
			t.Errorf("%v beside %v", c, err)
		}
		if c != nil && !c.Covers(2026) {
			t.Error("the years of the default are lost")
		}
	})
}
