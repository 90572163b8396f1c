package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestEveryFaultOfAFileOfAnnouncementsIsNamedWithItsLine(t *testing.T) {
	t.Parallel()
	known := []govsweep.Site{{ID: "1507830002", Code: "1507830002", URL: "http://www.a.example/"}}
	const text = `- site: "1507830002"
  from: 2026-03-02 22:00
  to: 2026-03-03 06:00
  announced: 2026-03-01 09:00
  source: 公告第1号
- site: "9999999999"
  from: 下周
  to: 2026-03-03 06:00
  announced: 2026-03-01
  source: 公告第2号
- site: "1507830002"
  from: 2026-03-05 22:00
  to: 2026-03-05 20:00
  announced: 2026-03-01
  author: 张三
- 公告
`
	_, faults := parseWindows([]byte(text), known)
	all := strings.Join(faults, "\n")
	for _, want := range []string{
		"第6行：名录中没有“9999999999”", "第7行：from“下周”不正确", "第15行：不认识的键“author”", "第13行：止“2026-03-05 20:00”应晚于起“2026-03-05 22:00”",
		"没有写明 source", "第16行：这里应为“键: 值”",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
	if len(faults) != 6 {
		t.Errorf("%d faults:\n%s", len(faults), all)
	}
	file := filepath.Join(t.TempDir(), "gonggao.yaml")
	must(t, os.WriteFile(file, []byte(text), 0o644))
	if _, errs, code := cli(t, t.TempDir(), "probe", "maintenance", file); code != exitWrong || !strings.Contains(errs, "处错误，未登记任何一条") || !strings.Contains(errs, "第16行") {
		t.Errorf("%d %s", code, errs)
	}
}

func TestAFileOfAnnouncementsThatIsNoListIsRefused(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{"empty": "", "a comment alone": "# 无\n", "a word": "公告", "a mapping": "site: a\n", "no YAML": "- site: [\n", "null": "null\n", "an empty item": "-\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if windows, faults := parseWindows([]byte(raw), nil); len(faults) == 0 {
				t.Errorf("%q gives %+v", raw, windows)
			}
		})
	}
}
