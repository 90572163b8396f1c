package facts

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// jsonList reads a list from JSON of any shape: the first array whose objects
// have a title.
type jsonList struct {
	base  string
	rows  []listRow
	total int
	seen  bool // an array of items, perhaps empty, was found
}

// Keys of a list item, the surest first.
var (
	titleKeys = []string{"title", "Title", "docTitle", "doctitle", "infoTitle", "articleTitle", "name", "subject", "TITLE", "bt", "headline"}
	urlKeys   = []string{"url", "post_url", "href", "link", "docUrl", "docpuburl", "docPubUrl", "puburl", "pubUrl", "infoUrl", "linkUrl", "URL", "articleUrl", "path", "mpost_url"}
	dateKeys  = []string{"display_publish_time", "publishTime", "publish_time", "pubDate", "pubdate", "PubDate", "publishDate", "publish_date", "docRelTime", "docreltime", "docPubTime", "releaseTime",
		"releaseDate", "publishedTime", "publishedTimeStr", "showTime", "date", "time", "first_publish_time", "created_at", "createTime", "createDate", "create_time", "fbsj", "fbrq"}
	listKeys  = []string{"articles", "list", "rows", "data", "items", "records", "result", "results", "content", "docs", "datas", "pageList", "infolist", "newsList"}
	totalKeys = []string{"total", "post_count", "totalCount", "count", "totalRecords", "totalElements", "recordCount", "totalrecord"}
)

func (j *jsonList) find(v any, depth int) bool {
	if depth > 6 {
		return false
	}
	switch v := v.(type) {
	case []any:
		return j.array(v)
	case map[string]any:
		for _, k := range totalKeys {
			if n := asInt(v[k]); n > j.total {
				j.total = n
			}
		}
		if c, ok := v["classify"].(map[string]any); ok {
			j.total = max(j.total, asInt(c["post_count"]))
		}
		for _, k := range listKeys {
			if w, ok := v[k]; ok && j.find(w, depth+1) {
				return true
			}
		}
	}
	return false
}

func (j *jsonList) array(items []any) bool {
	if len(items) == 0 {
		j.seen = true
		return true
	}
	for _, v := range items {
		m, ok := v.(map[string]any)
		if !ok {
			return false
		}
		if it, ok := j.item(m); ok {
			j.rows = append(j.rows, it)
		}
	}
	j.seen = j.seen || len(j.rows) > 0
	return len(j.rows) > 0
}

func (j *jsonList) item(m map[string]any) (listRow, bool) {
	var it listRow
	it.Title = squeeze(Read(nil, []byte(first(m, titleKeys)), nil).All())
	if it.Title == "" {
		return it, false
	}
	ref := first(m, urlKeys)
	if u, ok := resolveAgainst(j.base, ref); ok && ref != "" {
		it.URL = u
	}
	for _, k := range dateKeys {
		if h, ok := jsonDate(m[k]); ok {
			it.Date = h.Day()
			break
		}
	}
	for _, k := range [...]string{"is_top", "isTop", "istop", "top", "pinned", "sticky"} {
		switch v := m[k].(type) {
		case bool:
			it.Pinned = it.Pinned || v
		default:
			it.Pinned = it.Pinned || asInt(v) == 1
		}
	}
	return it, it.URL != "" || it.Date != ""
}

func first(m map[string]any, keys []string) string {
	for _, k := range keys {
		if s, ok := m[k].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// jsonDate reads a date as text or as seconds or milliseconds since 1970.
func jsonDate(v any) (dateHit, bool) {
	switch v := v.(type) {
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && (len(v) == 10 || len(v) == 13) {
			return epochDate(n)
		}
		return parseDate(v)
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return dateHit{}, false
		}
		return epochDate(n)
	case float64:
		return epochDate(int64(v))
	}
	return dateHit{}, false
}

func epochDate(n int64) (dateHit, bool) {
	if n > 1e11 {
		n /= 1000
	}
	if n < 3e8 || n > 4e9 {
		return dateHit{}, false
	}
	t := time.Unix(n, 0).In(govsweep.Shanghai)
	return dateHit{year: t.Year(), month: int(t.Month()), day: t.Day()}, true
}

func resolveAgainst(base, ref string) (string, bool) {
	d := Document{URL: base}
	if b, err := address.NewBase(base); err == nil {
		d.base = b
	}
	return d.Resolve(ref)
}

// scriptRows reads lists that stand as data in inline scripts: datastore
// records and JSON arrays with titles.
func (d *Document) scriptRows() []listRow {
	for i := range d.Scripts {
		s := &d.Scripts[i]
		if len(s.Text) < 30 {
			continue
		}
		if has(s.Text, "<recordset") || has(s.Text, "<datastore") || has(s.Text, "<record>") {
			if rows := recordRows(s.Text, d.Base); len(rows) > 0 {
				return rows
			}
		}
		if rows := d.jsonRows(s.Text); len(rows) > 0 {
			return rows
		}
	}
	if rows := d.writtenRows(); len(rows) > 0 {
		return rows
	}
	for i := range d.Comments {
		if c := d.Comments[i]; hasPrefix(c, "[CDATA[") && has(c, "<a ") {
			return d.looseRecords()
		}
	}
	return nil
}

// looseRecords reads <record><![CDATA[…]]> that stands in the page itself.
func (d *Document) looseRecords() []listRow {
	var b strings.Builder
	for _, c := range d.Comments {
		if hasPrefix(c, "[CDATA[") {
			b.WriteString("<!")
			b.WriteString(c)
			b.WriteString("]]>")
		}
	}
	return recordRows(b.String(), d.Base)
}

// jsonRows looks for arrays of items in a script.
func (d *Document) jsonRows(s string) []listRow {
	for tries := 0; tries < 8; tries++ {
		i := arrayOfObjects(s)
		if i < 0 {
			return nil
		}
		if head := lower(s[i:min(len(s), i+3000)]); has(head, "title") || has(head, "name") || has(head, "subject") {
			if rows := d.itemsOf(s[i:]); datedRows(rows) > 0 {
				return rows
			}
		}
		s = s[i+2:]
	}
	return nil
}

// arrayOfObjects gives where [{ stands in a script; -1 for nowhere.
func arrayOfObjects(s string) int {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '[')
		if i < 0 {
			return -1
		}
		i += from
		if k := afterBlank(s, i+1); k < len(s) && s[k] == '{' {
			return i
		}
		from = i + 1
	}
}

// itemsOf reads the array s begins with, as JSON or in the looser way of scripts.
func (d *Document) itemsOf(s string) []listRow {
	var v []any
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	if dec.Decode(&v) != nil {
		text, ok := asJSON(s[:min(len(s), maxScripted)])
		if !ok {
			return nil
		}
		dec = json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		if v = nil; dec.Decode(&v) != nil {
			return nil
		}
	}
	j := jsonList{base: d.Base}
	if !j.array(v) {
		return nil
	}
	return j.rows
}

func datedRows(rows []listRow) int {
	n := 0
	for i := range rows {
		if rows[i].Date != "" {
			n++
		}
	}
	return n
}
