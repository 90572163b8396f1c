package facts

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"unicode/utf8"
)

// gold is what a person reads on the saved pages of the shared folder, by
// file: kind, title, breadcrumb, published, source, items, newest, first
// item, last item. Words are kept as digests: nothing of those pages is copied.
var gold = map[string][9]string{
	"ahjyt_1":    {"article", "126d17", "cd6619", "2023-11-06T00:00:00+08:00", "a1ab01", "", "", "", ""},
	"beijing_1":  {"article", "3bf54f", "", "2024-03-01T16:39:00+08:00", "cc5747", "", "", "", ""},
	"fcgs_1":     {"article", "b9f8bd", "33ed5d", "2024-09-12T10:10:00+08:00", "03dba3", "", "", "", ""},
	"fgwzj_1":    {"article", "0ff18b", "6419ad", "2016-11-22T09:53:00+08:00", "d71884", "", "", "", ""},
	"gz_zrzyt_1": {"column", "10653a", "4d06fa", "", "", "8", "2026-07-24", "64f6cb", "4df888"},
	"gzcity_1":   {"article", "df6fdf", "50cd8e", "2023-12-05T09:30:26+08:00", "556abe", "", "", "", ""},
	"handan_1":   {"column", "7bb26b", "", "", "", "24", "2020-08-02", "266787", "27f019"},
	"henan_1":    {"article", "1c7dd2", "5bd6f8", "2022-08-11T14:21:00+08:00", "e174b3", "", "", "", ""},
	"miit_1":     {"article", "9b9b3a", "69328e", "2009-09-30T10:53:00+08:00", "911fb0", "", "", "", ""},
	"moe_1":      {"article", "4d3440", "f5adab", "2024-06-13T14:54:00+08:00", "429861", "", "", "", ""},
	"ndrc_1":     {"column", "879937", "380470", "", "", "10", "2026-07-31", "ace25a", "f1645d"},
	"pingtan_1":  {"article", "229e42", "b7beac", "2024-04-09T09:02:00+08:00", "", "", "", "", ""},
	"pingtan_2":  {"column", "5e1478", "b7beac", "", "", "20", "2025-11-11", "778215", "9dee84"},
	"sc_1":       {"article", "cefc21", "", "2020-09-15T09:32:00+08:00", "691872", "", "", "", ""},
	"shanxi_1":   {"article", "3c9f54", "7f1f65", "2019-09-18T06:23:00+08:00", "d9d85a", "", "", "", ""},
	"taiyuan_1":  {"article", "183744", "", "", "", "", "", "", ""},
	"tangshan_1": {"column", "9ff8cd", "ae9eda", "", "", "6", "2026-09-15", "de6284", "6d2879"},
	"wlmq_1":     {"article", "d702c3", "13ad76", "2024-03-03T15:54:07+08:00", "aad32f", "", "", "", ""},
	"xiangtan_1": {"article", "09e425", "179a1e", "2024-09-30T09:24:00+08:00", "ee3209", "", "", "", ""},
	"yn_dnr_1":   {"column", "7649a6", "2fb463", "", "", "25", "2026-09-15", "1d9417", "b09dd5"},
}

func mark(s string) string {
	if s == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(nowhite(s)))
	return hex.EncodeToString(sum[:3])
}

// plainBody makes a saved page UTF-8: those of the folder are UTF-8, UTF-16 or GB 18030.
func plainBody(b []byte) []byte {
	if len(b) > 2 && b[0] == 0xFF && b[1] == 0xFE {
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		}
		return []byte(string(utf16.Decode(u)))
	}
	if !utf8.Valid(b) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
			return s
		}
	}
	return b
}

func TestSavedPagesAgainstWhatAPersonReads(t *testing.T) {
	names := [9]string{"kind", "title", "breadcrumb", "published", "source", "items", "newest", "first", "last"}
	fields, wrong := 0, 0
	for _, file := range sharedPages(t) {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		want, ok := gold[name]
		if !ok {
			continue
		}
		f := Extract(nil, plainBody(body), "", nil)
		got := [9]string{string(f.Kind), mark(f.Title), mark(strings.Join(f.Breadcrumb, "/")), f.Published, mark(f.Source)}
		if l := f.List; l != nil && len(l.Items) > 0 {
			got[5], got[6] = strconv.Itoa(len(l.Items)), l.Newest
			got[7], got[8] = mark(l.Items[0].Title+l.Items[0].Date), mark(l.Items[len(l.Items)-1].Title+l.Items[len(l.Items)-1].Date)
		}
		for i := range want {
			fields++
			if got[i] == want[i] {
				continue
			}
			wrong++
			t.Logf("%s: %s %q, a person reads %q", name, names[i], got[i], want[i])
			if (i == 3 || i == 6) && got[i] != "" {
				t.Errorf("%s: a wrong date: %s", name, got[i])
			}
		}
	}
	t.Logf("%d of %d fields right", fields-wrong, fields)
	if wrong*20 > fields {
		t.Errorf("%d of %d fields wrong", wrong, fields)
	}
}
