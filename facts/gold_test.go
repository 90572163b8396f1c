package facts

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/text/encoding/unicode"
)

// gold is what a person read off the saved pages: the CMS family, the number
// of head tags and of empty ones, 标识码 and time of the tags, the keys of the
// metadata with the length of their values, and the marks. Addresses are not
// saved with the pages, so families told by the address alone are unknown.
var gold = map[string]string{
	"ahjyt_1":    "longxun tags 13/0 3400000072 2023-11-06 00:00 meta pub_date:16 marks 3400000072 20004145 34010302000782 -/- unread host",
	"beijing_1":  "trs tags 10/0 1100000088 2024-03-01 16:39 meta marks    -/- unread",
	"fcgs_1":     "trs tags 12/3 4506000001 2024-09-12 10:10 meta marks 4506000001 08000262 45060202000004 red/current ipv6 host",
	"fgwzj_1":    "jcms tags 13/4  2016-11-22 09:53 meta pub_date:10 marks 3300000020 05018911 33010602009328 red/outdated",
	"gz_zrzyt_1": "trs tags 7/0 5200000041  meta marks    -/- unread",
	"gzcity_1":   "gkmlpt tags 14/1 4401000004 2023-12-05 09:30:26 meta marks 4401000004 2022092331 44010602000929 red/current ipv6 host",
	"handan_1":   "unknown tags 9/0 1304000009  meta marks    -/- unread",
	"henan_1":    "unknown tags 12/1 4500000001 2022-08-11 14:21 meta marks    -/- unread",
	"miit_1":     "jpaas tags 12/2 bm07000001 2023-05-12 23:20 meta pub_date:16 marks    -/- unread",
	"moe_1":      "trs tags 11/0 bm05000001 2024-06-13 14:54 meta index_number:21 topic_category:4 issuing_body:6 written_date:10 title:38 document_number:14 pub_date:10 marks bm05000001 10028400 11010202007625 red/current",
	"ndrc_1":     "trs tags 7/0 bm04000007  meta marks    -/- unread",
	"pingtan_1":  "trs tags 13/5 3590000001 2024-04-09 09:02 meta marks    -/- ipv6 unread",
	"pingtan_2":  "trs tags 9/0 3590000001  meta marks    -/- ipv6 unread",
	"sc_1":       "ucap tags 14/0 5100000062 2022-10-14 10:16:14 meta marks 5100000062 13001288 51010402000507 red/current ipv6 host",
	"shanxi_1":   "trs tags 12/1 1400000045 2019-09-18 06:23 meta marks 1400000045 12000773 14010502050691 red/outdated host",
	"taiyuan_1":  "unknown tags 0/0   meta marks 1401000055 05003854 14010002001529 -/- ipv6 host",
	"tangshan_1": "unknown tags 7/0 1302000033  meta marks    -/- unread",
	"wlmq_1":     "unknown tags 12/1 6501000002 2024-03-03 15:54:07 meta marks 6501000002 05001907 65010502000005 red/current host",
	"xiangtan_1": "unknown tags 14/2 4303000006 2024-09-30 09:24 meta pub_date:16 marks    -/- unread",
	"yn_dnr_1":   "unknown tags 7/0 5300000004  meta marks    -/- unread",
}

func TestGold(t *testing.T) {
	for _, file := range sharedPages(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(body) > 1 && body[0] == 0xFF && body[1] == 0xFE {
			if body, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(body); err != nil {
				t.Fatal(err)
			}
		}
		if got := goldLine(readAt("http://www.a.gov.cn/zw/"+name+".html", string(body))); got != gold[name] {
			t.Errorf("%s:\n got %s\nwant %s", name, got, gold[name])
		}
	}
}

func goldLine(d *Document) string {
	tags, _ := d.headTags()
	empty := 0
	for _, v := range tags {
		if v == "" {
			empty++
		}
	}
	line := fmt.Sprintf("%s tags %d/%d %s %s meta", d.family(), len(tags), empty, tags["SiteIDCode"], tags["PubDate"])
	core := d.metadata().core
	for _, key := range metaKeysOf(core) {
		line += fmt.Sprintf(" %s:%d", key, utf8.RuneCountInString(core[key].Value))
	}
	m := d.marks()
	if m == nil {
		return line + " no marks"
	}
	digits := func(s string) string {
		i := strings.IndexAny(s, "0123456789")
		if i < 0 {
			return ""
		}
		return s[i : i+digitRun(s[i:])]
	}
	orDash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	line += fmt.Sprintf(" marks %s %s %s %s/%s", m.SiteIDCode, digits(m.ICP), digits(m.Police), orDash(m.Conac), orDash(m.ErrorReport))
	if m.IPv6Label {
		line += " ipv6"
	}
	if m.MarksUnread {
		line += " unread"
	}
	if m.Host != "" {
		line += " host"
	}
	return line
}

func metaKeysOf(core map[string]govsweep.MetaValue) []string {
	var keys []string
	for _, key := range govsweep.MetaKeys {
		if _, ok := core[key]; ok {
			keys = append(keys, key)
		}
	}
	return keys
}
