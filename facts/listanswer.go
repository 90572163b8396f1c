package facts

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// errNoList says that an answer holds no list in a form we know.
var errNoList = errors.New("the answer of the list call holds no list")

// ReadListAnswer reads what the data address behind a script-built list
// answered: the datastore of jcms, the html of jpaas, the articles of gkmlpt,
// or any JSON or HTML with titles, addresses and dates. more are the
// addresses of the next calls, where the answer tells them. An empty list
// that the answer states as such is a list with the state blank.
func ReadListAnswer(call govsweep.ListCall, body []byte) (*govsweep.List, []string, error) {
	base := cmp.Or(call.Page, call.URL)
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF")))
	switch {
	case len(body) == 0:
		return nil, nil, errNoList
	case bytes.Contains(body, []byte("<recordset")) || bytes.Contains(body, []byte("<datastore")):
		return answerList(recordRows(string(body), base)), nextDatastore(call, string(body)), nil
	case body[0] == '{' || body[0] == '[':
		return readJSONAnswer(call, body)
	case body[0] == '<':
		d := Read(nil, body, nil)
		d.URL = base
		d.setBase("")
		rows := d.fragmentRows()
		if len(rows) == 0 && !d.saysEmpty() {
			return nil, nil, errNoList
		}
		return answerList(rows), nil, nil
	}
	if i := bytes.IndexAny(body, "({["); i >= 0 && i < 80 && body[i] == '(' { // JSONP
		if j := bytes.LastIndexByte(body, ')'); j > i {
			return readJSONAnswer(call, bytes.TrimSpace(body[i+1:j]))
		}
	}
	return nil, nil, errNoList
}

func answerList(rows []listRow) *govsweep.List {
	if len(rows) == 0 {
		return &govsweep.List{State: govsweep.BlankList}
	}
	return listOf(rows)
}

// recordRows reads <record><![CDATA[…]]></record>: each record is a piece of HTML.
func recordRows(s, base string) []listRow {
	var html strings.Builder
	for {
		i := strings.Index(s, "<![CDATA[")
		if i < 0 {
			break
		}
		s = s[i+len("<![CDATA["):]
		j := strings.Index(s, "]]>")
		if j < 0 {
			break
		}
		html.WriteString("<div class=record>")
		html.WriteString(s[:j])
		html.WriteString("</div>\n")
		s = s[j:]
	}
	if html.Len() == 0 {
		return nil
	}
	d := Read(nil, []byte(html.String()), nil)
	d.URL = base
	d.setBase("")
	return d.fragmentRows()
}

// fragmentRows reads all rows of a piece of HTML that is nothing but a list.
func (d *Document) fragmentRows() []listRow {
	lists := d.findLists(dateSpots(d), "")
	var rows []listRow
	for i := range lists {
		rows = append(rows, lists[i].items...)
	}
	if len(rows) > 0 {
		return rows
	}
	for i := range d.Links { // a single row without a date
		a := &d.Links[i]
		if r := (listLine{nodes: []*Node{a.Node}}); mayBeTitle(a) {
			if it, ok := d.readRow(r); ok {
				rows = append(rows, it)
			}
		}
	}
	return rows
}

// nextDatastore derives the next call of a dataproxy from <nextgroup> or the record range.
func nextDatastore(call govsweep.ListCall, body string) []string {
	if i := strings.Index(body, "<nextgroup"); i >= 0 {
		if j := strings.Index(body[i:], "</nextgroup>"); j > 0 {
			for _, q := range [...]string{"href=\"", "href='"} {
				if k := strings.Index(body[i:i+j], q); k >= 0 {
					ref, _, _ := strings.Cut(body[i+k+len(q):], q[len(q)-1:])
					if u, ok := resolveAgainst(call.URL, attrText(ref)); ok {
						return []string{u}
					}
				}
			}
		}
	}
	u, err := url.Parse(call.URL)
	if err != nil {
		return nil
	}
	q := u.Query()
	from, e1 := strconv.Atoi(q.Get("startrecord"))
	to, e2 := strconv.Atoi(q.Get("endrecord"))
	total := totalRecords(body)
	if e1 != nil || e2 != nil || to < from || total <= to {
		return nil
	}
	q.Set("startrecord", strconv.Itoa(to+1))
	q.Set("endrecord", strconv.Itoa(min(total, to+to-from+1)))
	u.RawQuery = q.Encode()
	return []string{u.String()}
}

func totalRecords(body string) int {
	for _, w := range [...]string{"<totalrecord>", "totalRecord=\"", "totalrecord=\""} {
		if i := strings.Index(body, w); i >= 0 {
			n, _ := number(body, i+len(w), 7)
			return n
		}
	}
	return 0
}

func readJSONAnswer(call govsweep.ListCall, body []byte) (*govsweep.List, []string, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, nil, errNoList
	}
	if html, total, ok := htmlAnswer(v); ok {
		d := Read(nil, []byte(html), nil)
		d.URL = cmp.Or(call.Page, call.URL)
		d.setBase("")
		rows := d.fragmentRows()
		return answerList(rows), nextPage(call.URL, len(rows), total), nil
	}
	j := jsonList{base: cmp.Or(call.Page, call.URL)}
	j.find(v, 0)
	if !j.seen || len(j.rows) == 0 && refused(v) {
		return nil, nil, errNoList
	}
	return answerList(j.rows), nextPage(call.URL, len(j.rows), j.total), nil
}

// refused says whether an answer reports a failure: its empty list is none.
func refused(v any) bool {
	m, ok := v.(map[string]any)
	if !ok {
		return false
	}
	for _, k := range [...]string{"success", "ok"} {
		if b, ok := m[k].(bool); ok && !b {
			return true
		}
	}
	for _, k := range [...]string{"code", "status", "errcode", "errorCode"} {
		if n := asInt(m[k]); n < 0 || n >= 400 {
			return true
		}
	}
	return m["error"] != nil && m["error"] != ""
}

// htmlAnswer finds {"data":{"html":"…"}} and the number of rows it announces.
func htmlAnswer(v any) (string, int, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return "", 0, false
	}
	for _, key := range [...]string{"html", "content", "listHtml"} {
		if s, ok := m[key].(string); ok && strings.Contains(s, "<") {
			total := 0
			for _, w := range [...]string{"rows=\"", "rows='", "count=\"", "count='"} {
				if i := strings.Index(s, w); i >= 0 {
					if n, _ := number(s, i+len(w), 7); n > total {
						total = n
					}
				}
			}
			return s, total, true
		}
	}
	for _, key := range [...]string{"data", "result", "body"} {
		if s, n, ok := htmlAnswer(m[key]); ok {
			return s, n, true
		}
	}
	return "", 0, false
}

// nextPage raises the page number of an address when more rows are announced.
func nextPage(call string, rows, total int) []string {
	u, err := url.Parse(call)
	if err != nil || rows == 0 {
		return nil
	}
	q := u.Query()
	for _, key := range [...]string{"page", "pageNo", "pageNum", "PageIndex", "pageIndex", "currPage", "pn", "p"} {
		n, err := strconv.Atoi(q.Get(key))
		if err != nil || n < 1 || total > 0 && n*rows >= total || total == 0 {
			continue
		}
		q.Set(key, strconv.Itoa(n+1))
		u.RawQuery = q.Encode()
		return []string{u.String()}
	}
	if raw := q.Get("paramJson"); raw != "" && total > 0 {
		var p map[string]any
		if json.Unmarshal([]byte(raw), &p) == nil {
			n, size := asInt(p["pageNo"]), asInt(p["pageSize"])
			if n > 0 && n*max(size, rows) < total {
				p["pageNo"] = n + 1
				if b, err := json.Marshal(p); err == nil {
					q.Set("paramJson", string(b))
					u.RawQuery = q.Encode()
					return []string{u.String()}
				}
			}
		}
	}
	return nil
}

func asInt(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case json.Number:
		n, _ := strconv.Atoi(v.String())
		return n
	case string:
		n, _ := strconv.Atoi(v)
		return n
	}
	return 0
}
