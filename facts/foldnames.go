package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// notAColumn are links of a navigation bar that lead to functions of the site.
var notAColumn = map[string]bool{
	"首页": true, "网站首页": true, "返回首页": true, "主页": true, "设为首页": true, "加入收藏": true, "收藏本站": true,
	"登录": true, "注册": true, "用户登录": true, "个人中心": true, "退出": true, "搜索": true, "高级搜索": true, "智能问答": true,
	"无障碍": true, "无障碍浏览": true, "无障碍阅读": true, "长者模式": true, "长者版": true, "关怀版": true, "适老版": true, "老年模式": true,
	"繁体": true, "繁體": true, "简体": true, "繁体中文": true, "简体中文": true, "繁體中文": true, "English": true, "EN": true, "蒙文": true,
	"手机版": true, "移动版": true, "客户端": true, "电脑版": true, "微信": true, "微博": true, "网站地图": true, "站点地图": true, "RSS": true,
}

var moreWords = regexp.MustCompile(`^(?i:更多|查看更多|more|>>|》)[>》+…\.\s]*$`)

// columnWords cleans the words of a link to a column; "" when they name none.
func columnWords(s string) string {
	s = closeUp(strings.Join(strings.Fields(s), " "))
	s = strings.Trim(s, " >»›·|+-")
	if moreWords.MatchString(s) {
		return ""
	}
	return clip(s, 60)
}

// closeUp takes out the spaces that only set Chinese words wide: 政务 公开.
func closeUp(s string) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] == ' ' && i > 0 && i+1 < len(s) && s[i-1] >= utf8.RuneSelf && s[i+1] >= utf8.RuneSelf {
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

var homeWords = map[string]bool{"首页": true, "网站首页": true, "主页": true, "首頁": true, "本站首页": true, "返回首页": true, "门户首页": true}

var pageWords = map[string]bool{"": true, "正文": true, "列表": true, "栏目列表": true, "文章列表": true, "详情": true, "内容": true, "信息列表": true, "当前位置": true}

// cleanCrumbs gives a breadcrumb as a column path: from 首页, without words
// that name no column; nil when nothing is left.
func cleanCrumbs(crumbs []string) []string {
	path := []string{"首页"}
	for i, c := range crumbs {
		c = columnWords(c)
		if pageWords[c] || homeWords[c] || i == 0 && len(crumbs) > 1 && siteWord(c) {
			continue
		}
		path = append(path, c)
	}
	if len(path) == 1 {
		return nil
	}
	return path
}

// siteWord says that a first crumb names the site, not a column.
func siteWord(s string) bool {
	for _, end := range []string{"网", "网站", "门户", "首页", "门户网站"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// nameOf picks the name of a column: the register's, the last step of its
// breadcrumb, the navigation's, the ColumnName tag, the title.
func (col *columnFold) nameOf(f *front) string {
	if col.known != nil && col.known.Source == sourceRegister && col.known.Name != "" {
		return col.known.Name
	}
	var crumb, tag, title, known string
	if f != nil {
		if n := len(f.breadcrumb); n > 0 && f.saw != sawArticle {
			crumb = f.breadcrumb[n-1]
		}
		tag, title = f.columnName, titleHead(f.title)
	}
	if col.known != nil {
		known = col.known.Name
	}
	return firstOf(crumb, col.nav, tag, known, title, col.url)
}

var titleCut = regexp.MustCompile(`\s*[-_|—–]+\s*`)

// titleHead cuts the name of the site off a title.
func titleHead(title string) string {
	return firstOf(strings.TrimSpace(titleCut.Split(title, 2)[0]), title)
}

const sourceRegister = "register"

// sourceOf says where a column was found.
func (col *columnFold) sourceOf(f *front) string {
	switch {
	case col.known != nil && col.known.Source != "":
		return col.known.Source
	case col.inNav:
		return "navigation"
	case f != nil && f.columnName != "":
		return "head-tags"
	case f != nil && len(f.breadcrumb) > 0:
		return "breadcrumb"
	}
	return "pattern"
}

var (
	pagerFile  = regexp.MustCompile(`^(?i:index|list|default|column-index)[_-]?\d+\.\w+$`)
	pagerQuery = regexp.MustCompile(`(?i)(^|&)(?:page|pageindex|pageno|pagenum|currpage|pn|p)=\d*`)
)

// pageOf says that url is a further list page of a column, by its address.
func pageOf(url, column string) bool {
	if address.Host(url) != address.Host(column) {
		return false
	}
	path, query := address.Path(url), address.Query(url)
	if cut := pagerQuery.ReplaceAllString(query, ""); cut != query {
		return columnBase(path) == columnBase(address.Path(column))
	}
	slash := strings.LastIndexByte(path, '/')
	dir, file := path[:slash+1], path[slash+1:]
	if pagerFile.MatchString(file) {
		return dir == address.Path(column)[:strings.LastIndexByte(address.Path(column), '/')+1]
	}
	num, rest := leadingDigits(file)
	return num != "" && strings.HasPrefix(rest, ".") && dir == columnBase(address.Path(column))
}

var indexFile = regexp.MustCompile(`^(?i:index|list|default|main|node)(?:_\d+)?\.\w+$`)

// columnBase gives the directory in which what belongs to a column lives:
// /zwgk/ for /zwgk/index.html and for /zwgk.htm.
func columnBase(path string) string {
	slash := strings.LastIndexByte(path, '/')
	dir, file := path[:slash+1], path[slash+1:]
	if file == "" || indexFile.MatchString(file) {
		return dir
	}
	if dot := strings.LastIndexByte(file, '.'); dot > 0 {
		file = file[:dot]
	}
	return dir + file + "/"
}

// treeBase is columnBase with its host; "" when the address says nothing
// about what lies below it.
func treeBase(url string) string {
	if address.Query(url) != "" {
		return ""
	}
	return address.Host(url) + columnBase(address.Path(url))
}

// useful says that a front may speak for its column.
func (f *front) useful() bool { return f != nil && f.saw != sawUnread && f.saw != sawOnward }

// best gives the front that describes a column: the first one that was read.
func (col *columnFold) best() *front {
	for i := range col.fronts {
		if col.fronts[i].useful() {
			return &col.fronts[i]
		}
	}
	if len(col.fronts) > 0 {
		return &col.fronts[0]
	}
	return nil
}

// isColumn says whether what was seen is a column at all. What a person or
// the navigation names is one, and what shows itself as one. alone says that
// no other page has its breadcrumb.
func (col *columnFold) isColumn(alone bool) bool {
	if col.known != nil && col.known.Source == sourceRegister {
		return true
	}
	if len(col.fronts) == 0 {
		return col.inNav || col.known != nil
	}
	if col.known == nil && notAColumn[col.nameOf(col.best())] {
		return false
	}
	if col.known == nil && !col.inNav && !alone && col.endless() {
		return false
	}
	absent := true
	for i := range col.fronts {
		f := &col.fronts[i]
		absent = absent && f.gone
		switch {
		case f.kind == govsweep.ColumnPage, f.saw == sawNothing && f.columnName != "":
			return true
		case f.saw == sawList, f.saw == sawAttachments, f.saw == sawBlank, f.saw == sawElsewhere:
			return true
		}
	}
	f := col.best()
	switch {
	case col.known != nil:
		return true
	case f.saw == sawOnward:
		return false // the page it leads to stands for it
	case f.saw == sawArticle:
		return f.own || col.inNav && utf8.RuneCountInString(col.nav) <= maxNavName
	case f.saw == sawUnread:
		return !absent
	}
	return col.inNav
}

// crumbPath gives the breadcrumb of a column below the home page; "" when it
// ends with a number or date, as those of calendars do, or there is none.
func (col *columnFold) crumbPath() string {
	f := col.best()
	if f == nil || len(f.breadcrumb) < 2 {
		return ""
	}
	if last := f.breadcrumb[len(f.breadcrumb)-1]; strings.ContainsAny(last, "0123456789") || len(last) < 6 {
		return ""
	}
	return strings.Join(f.breadcrumb, "/")
}

// endless says whether an address nobody named looks like one of those a
// script makes without end, and nothing but blank pages came of it.
func (col *columnFold) endless() bool {
	if address.Query(col.url) == "" {
		return false
	}
	for i := range col.fronts {
		if s := col.fronts[i].saw; s != sawBlank && s != sawNothing && s != sawArticle {
			return false
		}
	}
	return true
}

// maxNavName: longer words of a link to a single article are a headline, not
// the name of a column.
const maxNavName = 12
