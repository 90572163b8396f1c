package register_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep/register"
)

func TestPostsOfAPlatformsExport(t *testing.T) {
	const head = "内容标题,发表时间,是否原创,内容url\n"
	for cell, want := range map[string]string{
		"2026-03-02 09:30":          "2026-03-02T09:30:00+08:00 false",
		"2026/3/2 9:30:05":          "2026-03-02T09:30:05+08:00 false",
		"2026年3月2日 09:30":           "2026-03-02T09:30:00+08:00 false",
		"2026-03-02T01:30:00Z":      "2026-03-02T09:30:00+08:00 false",
		"46083.395833333336":        "2026-03-02T09:30:00+08:00 false",
		"46083":                     "2026-03-02T00:00:00+08:00 true",
		"2026.3.2":                  "2026-03-02T00:00:00+08:00 true",
		"2026-03-02T09:30:00+08:00": "2026-03-02T09:30:00+08:00 false",
	} {
		rows, refused, err := register.ReadPosts(strings.NewReader(head+"甲,"+cell+",是,https://m.example/1\n"), "a.csv")
		if err != nil || len(refused) > 0 || len(rows) != 1 {
			t.Fatal(cell, refused, err)
		}
		p := rows[0].Value.Post
		got := p.At.Format("2006-01-02T15:04:05-07:00") + map[bool]string{true: " true", false: " false"}[p.DayOnly]
		if got != want || p.Original == nil || !*p.Original || p.URL == "" {
			t.Errorf("%s: %s %+v, want %s", cell, got, p, want)
		}
	}
	_, refused, err := register.ReadPosts(strings.NewReader(head+"甲,,是,\n乙,3天前,是,\n丙,2026-03-02,也许,\n"), "a.csv")
	if err != nil || len(refused) != 3 || refused[0].Cell != "B2" || refused[1].Cell != "B3" || refused[2].Cell != "C4" {
		t.Errorf("%v %v", refused, err)
	}
}

// A post without a title is one: those of 微博 have none.
func TestRefusedRowsOfPostsAreNamedInTheOrderOfTheTable(t *testing.T) {
	const text = "标题,发布时间,是否原创\n,2026-03-01,是\n甲,下周,也许\n乙,,是\n"
	_, refused, err := register.ReadPosts(strings.NewReader(text), "man.csv")
	var cells []string
	for _, r := range refused {
		cells = append(cells, r.Cell+" "+r.Reason)
	}
	got := strings.Join(cells, "\n")
	if err != nil || len(refused) != 3 || !strings.HasPrefix(got, "B3 ") || !strings.Contains(got, "\nC3 ") || !strings.HasSuffix(got, "\nB4 发布时间不能为空") {
		t.Errorf("%v\n%s", err, got)
	}
}
