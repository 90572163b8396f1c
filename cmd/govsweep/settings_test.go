package main

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
)

func TestConfigurationFileNamesEveryFaultAtOnce(t *testing.T) {
	_, faults := parseFile([]byte("ratte: 3\nrate: fast\nparallel: 2\nnett: [10.0.0.0/8]\nparallel: 3\n"))
	want := []string{"第1行不认识的键“ratte”", "第2行键“rate”的值不正确，应为数", "第4行不认识的键“nett”", "第5行键“parallel”重复"}
	if len(faults) != len(want)+1 || !slices.Equal(faults[:len(want)], want) {
		t.Errorf("got  %q\nwant %q and the keys there are", faults, want)
	}
}

func TestConfigurationFileWithEveryKey(t *testing.T) {
	s, faults := parseFile([]byte("# 说明\ndata: d\ndb: sqlite:x\nallow_net: [10.0.0.0/8, 172.16.0.0/12]\nresolver: 10.0.0.1:53\nrate: 1.5\nparallel: 3\n" +
		"max_pages: -1\ncontact: 某市\nrobots_authority: 某市政府办公室\nwindow: 22:00-06:00\nrulebook: gov-2019-19\n"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if s.Data != "d" || s.DB != "sqlite:x" || len(s.AllowNet) != 2 || s.Resolver != "10.0.0.1:53" || s.Rate != 1.5 || s.Parallel != 3 ||
		s.MaxPages != -1 || s.Contact != "某市" || s.Authority != "某市政府办公室" || s.Window != "22:00-06:00" || s.Rulebook != "gov-2019-19" {
		t.Errorf("got %+v", s)
	}
}

func TestConfigurationFileWithoutKeys(t *testing.T) {
	for text, fault := range map[string]string{"": "", "# 只有说明\n": "", "- a\n- b\n": "键: 值", "只有文字": "键: 值", "a: [": "YAML"} {
		_, faults := parseFile([]byte(text))
		if got := strings.Join(faults, "；"); (fault == "") != (got == "") || !strings.Contains(got, fault) {
			t.Errorf("%q: got %q, want %q", text, got, fault)
		}
	}
}

func TestEveryValueOfTheConfigurationFileIsCheckedWithItsLineAndRemedy(t *testing.T) {
	folder := t.TempDir()
	for line, want := range map[string]string{
		"rate: 0":                     "应大于0、不超过1000，-1为不限；用默认值2的，删去这一行",
		"rate: -3":                    "-1为不限",
		"rate: .nan":                  "-1为不限",
		"rate: fast":                  "应为数",
		"platform_rate: 0":            "用默认值8的，删去这一行",
		"parallel: 0":                 "应在1至256之间",
		"parallel: 1.5":               "应为整数",
		"max_pages: -2":               "应不小于1，-1为不限",
		"window: 22点到6点":              "应为整点的时段，起止不能相同，如 22:00-06:00",
		"resolver: 10.0.0.1":          "应写成 主机:端口",
		"db: mysql://x":               "应以 sqlite: 或 postgres:// 开头",
		"allow_net: [10.0.0.0/99]":    "网段“10.0.0.0/99”不正确，应如 10.0.0.0/8",
		"control: [\"http://\"]":      "不正确，应如 https://www.example.gov.cn",
		"contact: \"a\\nb\"":          "不能有换行和控制字符",
		"rulebook: nosuch.yaml":       "评分规则“nosuch.yaml”不存在，请核对路径；也可以用内置的",
		"holidays: " + folder:         "是目录，应写明其中的文件",
		"form: /dev/null":             "文书格式“/dev/null”不是普通文件",
		"alarm: {quiet: 从晚到早}":        "从晚到早",
		"alarm: {allow_net: [alles]}": "网段“alles”不正确",
		"alarm: {browsers: true}":     "不认识的键“browsers”",
		"data: [a]":                   "应为文字",
	} {
		_, faults := parseFile([]byte("# 说明\n" + line + "\n"))
		if len(faults) != 1 || !strings.Contains(faults[0], "第2行") || !strings.Contains(faults[0], want) {
			t.Errorf("%s: got %q, want %q with its line", line, faults, want)
		}
	}
	for _, line := range []string{"rate: -1", "rate: 0.5", "rate: null", "parallel: ~", "max_pages: -1", "window:", "form: general", "rulebook: gov-2019-19"} {
		if _, faults := parseFile([]byte(line + "\n")); len(faults) > 0 {
			t.Errorf("%s: %q", line, faults)
		}
	}
}

func TestAConfigurationFileThatIsNoYAMLIsToldInChinese(t *testing.T) {
	for _, text := range []string{"rate: [1\n", "rate: 2\n\tparallel: 3\n", "rate: : 3\n", strings.Repeat("[", 100_000)} {
		_, faults := parseFile([]byte(text))
		got := strings.Join(faults, "；")
		if !strings.Contains(got, "不是正确的YAML：第") || strings.Contains(got, " token") || strings.Contains(got, "not ") {
			t.Errorf("%.20q: %s", text, got)
		}
		if _, _, faults := parseSchedules([]byte(text), nil); !strings.HasPrefix(strings.Join(faults, ""), "不是正确的YAML：第") {
			t.Errorf("%.20q as a timetable: %q", text, faults)
		}
	}
}

func TestFilesOfAWindowsEditorAreReadOrRefusedWithTheRemedy(t *testing.T) {
	const mark = "\xEF\xBB\xBF"
	if s, faults := parseFile([]byte(mark + "contact: 某市\n")); len(faults) > 0 || s.Contact != "某市" {
		t.Errorf("configuration: %q", faults)
	}
	timetable := mark + "schedules:\n- {name: 甲, kind: full, when: 每日 02:00}\n"
	if all, _, faults := parseSchedules([]byte(timetable), nil); len(faults) > 0 || len(all) != 1 {
		t.Errorf("timetable: %q", faults)
	}
	if all, faults := parseWindows([]byte(mark+"- {site: a}\n"), nil); len(all) != 1 || strings.Contains(strings.Join(faults, ""), "不认识的键") {
		t.Errorf("announcements: %q", faults)
	}
	gbk := []byte("contact: \xc4\xb3\xca\xd0\n")
	if _, faults := parseFile(gbk); !strings.Contains(strings.Join(faults, ""), "另存为UTF-8") {
		t.Errorf("configuration in GBK: %q", faults)
	}
	if faults := rules.Lint(gbk, nil); len(faults) != 1 || !strings.Contains(faults[0].Why, "另存为UTF-8") {
		t.Errorf("rulebook in GBK: %v", faults)
	}
	if faults := reports.LintForm(gbk); len(faults) != 1 || !strings.Contains(faults[0].Why, "另存为UTF-8") {
		t.Errorf("form in GBK: %v", faults)
	}
	if faults := reports.LintForm([]byte(mark + "name: x\n")); strings.Contains(fmt.Sprint(faults), "没有“") {
		t.Errorf("form with a mark: %v", faults)
	}
}

func TestAChannelWithoutItsSecretIsNamedAlone(t *testing.T) {
	t.Parallel()
	_, faults := parseFile([]byte("alarm:\n  channels:\n  - {name: 平台, kind: webhook, url: 'https://a.example.cn/'}\n"))
	if want := "第3行：通知渠道“平台”：缺少密钥（secret），写成 env:变量名 或 file:文件"; len(faults) != 1 || faults[0] != want {
		t.Errorf("%q, want %q", faults, want)
	}
}

func TestTheLogIsWrittenInTheTimeOfShanghai(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	log := slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: shanghaiTime}))
	log.Info("begun", "due", time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC))
	if !strings.Contains(b.String(), `"due":"2026-03-03T04:00:00+08:00"`) || strings.Count(b.String(), "+08:00") != 2 {
		t.Error(b.String())
	}
}
