package facts

import (
	"testing"
	"time"
)

func TestFindDate(t *testing.T) {
	for in, want := range map[string]string{
		"2021-08-06":               "2021-08-06",
		"[2021/8/6]":               "2021-08-06",
		"2021.08.06 更新":            "2021-08-06",
		"2021年8月6日":                "2021-08-06",
		"2021 年 8 月 6 日":           "2021-08-06",
		"2021—08—06 10:53":         "2021-08-06T10:53:00+08:00",
		"2021-08-06T10:53:07":      "2021-08-06T10:53:07+08:00",
		"2021年8月6日10时5分":           "2021-08-06T10:05:00+08:00",
		"二〇二六年一月五日":                "2026-01-05",
		"二○一九年十二月三十一日":             "2019-12-31",
		"二零二一年二十月一日":               "",
		"2021-02-30":               "",
		"2021-13-01":               "",
		"2020-2025年":               "",
		"〔2019〕54号":                "",
		"2021-01-02-3":             "",
		"第12021-08-06号":            "",
		"3天前":                      "",
		"昨天 10:20":                 "",
		"ip 10.20.21.8":            "",
		"00014349/2017-00110":      "",
		"农历八月十五":                   "",
		"2021年8月":                  "",
		"电话0470-12345":             "",
		"2024-1-15~2024-2-15":      "2024-01-15",
		"公元2021年02月29日 2021-03-01": "2021-03-01",
	} {
		got, at := "", 0
		for {
			h, ok := findDate(in, at)
			if !ok {
				break
			}
			if got = h.String(); got != "" {
				break
			}
			at = h.to
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"20210806":                      "2021-08-06",
		"20210806103000":                "2021-08-06T10:30:00+08:00",
		"Fri Aug 06 10:53:00 CST 2021":  "2021-08-06T10:53:00+08:00",
		"2024.09.30 09:24:36 GMT+08:00": "2024-09-30T09:24:36+08:00",
		"null":                          "",
		"印发《2020-01-02条例》的通知等若干，2021-08-06": "",
	} {
		h, ok := parseDate(in)
		if got := h.String(); (ok && got != want) || (!ok && want != "") {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2021-08-06 10:20", "二〇二一年八月六日", "[07-12]", "2021年8月", "99999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for at := 0; ; {
			h, ok := findDate(s, at)
			if !ok {
				return
			}
			if h.to <= at || h.to > len(s) {
				t.Fatalf("%q: no progress: %+v", s, h)
			}
			at = h.to
			if h.form != fullDate {
				continue
			}
			if _, err := time.Parse("2006-01-02", h.Day()); err != nil {
				t.Fatalf("%q: impossible date %s", s, h.Day())
			}
		}
	})
}
