package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"golang.org/x/net/html/atom"
)

// emptyWords are what templates print in place of the rows of an empty list.
var emptyWords = [...]string{"暂无信息", "暂无数据", "暂无内容", "暂无相关", "暂无记录", "暂无文章", "暂无更新", "暂无公告", "暂无文件", "没有相关内容", "没有相关信息", "没有找到相关",
	"没有数据", "没有信息", "没有内容", "无相关数据", "无相关信息", "无数据", "无记录", "该栏目下暂无", "本栏目暂无", "此栏目暂无", "内容更新中", "栏目建设中", "正在建设中", "暂無資料", "暂未发布", "共0条", "共 0 条", "no data"}

// emptyMark gives the index of a block that says, by itself, that the list is
// empty; -1 when there is none. Running prose with 暂无 in it is none.
func (d *Document) emptyMark() int {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region != BodyRegion || b.Hiding != 0 || len(b.Text) < 6 || len(b.Text) > 180 {
			continue
		}
		if isZeroPager(b.Text) {
			return i
		}
		if utf8.RuneCountInString(b.Text) > 24 {
			continue
		}
		t := strings.Trim(lower(b.Text), " ！!。.~…（）()【】[]、，,")
		if t == "暂无" || t == "暂缺" {
			return i
		}
		for _, w := range emptyWords {
			if k := strings.Index(t, w); k == 0 || k > 0 && utf8.RuneCountInString(t[:k]) <= 6 && !has(t, "。") && utf8.RuneCountInString(t[k+len(w):]) <= 8 {
				return i
			}
		}
	}
	return -1
}

// saysEmpty says whether the page prints that its list is empty.
func (d *Document) saysEmpty() bool { return d.emptyMark() >= 0 }

// emptyList judges a column page without rows. nil means the page is no list
// page: a column of one article.
func (d *Document) emptyList(f *govsweep.PageFacts) *govsweep.List {
	unread := func(why string) *govsweep.List {
		return &govsweep.List{State: govsweep.UnreadList, Reason: why}
	}
	switch {
	case f.Response == govsweep.Truncated:
		return unread("页面过大，只读取了一部分，列表未能读全")
	case len(f.ListCalls) > 0:
		return unread("列表由脚本另行调取数据后生成，尚未读取")
	case d.asksLogin():
		return unread("页面要求登录，栏目内容未能读取")
	case len(f.Frames) > 0:
		return unread("栏目内容在内嵌框架中，尚未读取")
	case f.MetaRefresh != "":
		return unread("页面转向另一地址，栏目内容未能读取")
	}
	if why := d.scriptBuilt(); why != "" {
		return unread(why)
	}
	if d.saysEmpty() {
		return &govsweep.List{State: govsweep.BlankList}
	}
	if d.scriptFills() {
		return unread(scriptMade)
	}
	if rows := d.outsideLinks(f); len(rows) > 0 {
		return listOf(rows)
	}
	if d.asksInput() || d.showsOther() {
		return nil
	}
	if d.isEntrance(f) {
		return nil
	}
	if d.bodyProse() < 40 && d.picturesIn() == 0 && (d.emptyContainer() || d.isColumnTemplate(f)) {
		return &govsweep.List{State: govsweep.BlankList}
	}
	return nil
}

// asksLogin says whether the main area is a form that asks for a password.
func (d *Document) asksLogin() bool {
	for _, n := range d.Inputs {
		if lower(n.Attr("type")) == "password" && n.Region != NavRegion && n.Region != FootRegion && !n.Hidden() {
			return true
		}
	}
	return false
}

const scriptMade = "列表由脚本生成，未运行脚本，未能读取"

// scriptBuilt says why the list may be built by a script; "" when nothing speaks for it.
func (d *Document) scriptBuilt() string {
	const why = scriptMade
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if has(b.Text, "{{") || has(b.Text, "<%=") || has(b.Text, "${") {
			return why
		}
	}
	for i := range d.Scripts {
		s := &d.Scripts[i]
		if isTemplateType(s.Type) && len(s.Text) > 20 {
			return why
		}
		if s.Text != "" && s.Node.Region != FootRegion && buildsList(s.Text) {
			return why
		}
	}
	if d.writtenHTML().made {
		return why
	}
	for _, n := range d.IDs {
		switch n.ID() {
		case "app", "root", "__next", "__nuxt":
			if n.t0 == n.t1 {
				return why
			}
		}
	}
	return ""
}

func isTemplateType(t string) bool {
	return has(t, "template") || has(t, "text/html") || has(t, "x-handlebars") || has(t, "x-tmpl") || has(t, "text/x-")
}

// buildsList says whether a script asks for data that may be a list. Counters,
// searches, weather and log-in calls are none.
func buildsList(s string) bool {
	asks := false
	for _, w := range [...]string{"$.ajax", "$.get", "$.post", "getJSON", "XMLHttpRequest", "fetch(", "axios", ".load(", "jQuery.ajax", "dataproxy", "v-for", "new Vue", "createApp(", "layui.use", "laypage"} {
		if has(s, w) {
			asks = true
			break
		}
	}
	if !asks {
		return false
	}
	low := lower(s)
	for _, w := range [...]string{"list", "channel", "column", "article", "catalog", "dataproxy", "pagesize", "pageno", "page_no", "pagenum", "v-for", "new vue", "createapp", ".append(", ".html("} {
		if has(low, w) {
			for _, not := range [...]string{"hits", "click", "counter", "visit", "weather", "login", "userinfo", "suggest", "hotword"} {
				if has(low, not) && !has(low, "pagesize") && !has(low, "list") {
					return false
				}
			}
			return true
		}
	}
	return false
}

// bodyProse counts the runes of the main area that are neither links nor labels.
func (d *Document) bodyProse() int {
	sum := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Region == BodyRegion && b.Hiding&^ByStyle == 0 && len(b.Text) > 45 && !d.isLinkText(b) {
			sum += utf8.RuneCountInString(b.Text)
		}
	}
	return sum
}

// picturesIn counts the pictures of the main area that may be its content.
func (d *Document) picturesIn() int {
	n := 0
	for _, m := range d.Images {
		src := lower(m.Attr("src"))
		if m.Region == BodyRegion && !m.Hidden() && m.Up(atom.A) == nil && !has(src, "logo") && !has(src, "icon") && !has(src, "ewm") && !has(src, "qr") && !has(src, "banner") && !has(src, "/images/") && !has(src, "gif") {
			n++
		}
	}
	return n
}

// emptyContainer says whether the main area holds a list element without rows.
func (d *Document) emptyContainer() bool {
	for _, n := range d.Lists {
		if n.Region == BodyRegion && n.Hiding == 0 && n.t0 == n.t1 && n.Tag != atom.Tbody {
			return true
		}
	}
	return false
}

// isColumnTemplate says whether the page is made from the template of a
// column: it has the tags or a breadcrumb of one.
func (d *Document) isColumnTemplate(f *govsweep.PageFacts) bool {
	return len(f.Breadcrumb) > 1 || tagText(d.MetaContent("ColumnName")) != ""
}

// asksInput says whether the main area is a form to fill in.
func (d *Document) asksInput() bool {
	fields := 0
	for _, n := range d.Inputs {
		if n.Region != BodyRegion || n.Hidden() {
			continue
		}
		switch lower(n.Attr("type")) {
		case "", "text", "tel", "email", "radio", "checkbox", "date":
			fields++
		}
		if n.Tag == atom.Textarea {
			fields += 2
		}
	}
	return fields >= 3
}

// isZeroPager says whether the line of a pager counts no pages or no items.
func isZeroPager(s string) bool {
	s = nowhite(s)
	for _, w := range [...]string{"共0页", "共0条", "总数：0条", "总数0条"} {
		if has(s, w) {
			return true
		}
	}
	return false
}

// showsOther says whether the main area shows what is neither list nor prose:
// a film, an embedded file, linked pictures, a table of figures.
func (d *Document) showsOther() bool {
	if d.Media {
		return true
	}
	pictures := 0
	for _, m := range d.Images {
		src := lower(m.Attr("src"))
		if m.Region == BodyRegion && !m.Hidden() && m.Up(atom.A) != nil && !isGadget(src) && !has(src, "logo") && !has(src, "icon") && !has(src, "gif") {
			pictures++
		}
	}
	return pictures > 1 || d.tableRows() > 2
}

// tableRows counts the rows of the main area that are filled with words.
func (d *Document) tableRows() int {
	rows := 0
	for _, r := range d.Rows {
		if r.Region != BodyRegion || r.Hidden() {
			continue
		}
		cells := 0
		for c := r.First; c != nil; c = c.Next {
			if c.Tag == atom.Td && c.t1-c.t0 > 2 && c.t1-c.t0 < 300 && len(d.LinksIn(c)) == 0 && c.find(atom.Table, 0) == nil {
				cells++
			}
		}
		if cells > 1 {
			rows++
		}
	}
	return rows
}
