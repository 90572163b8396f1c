package crawler

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep/address"
)

// Bounds of an address that looks like a page.
const (
	longestURL      = 1024
	mostSegments    = 20
	mostParameters  = 12
	calendarBack    = 30
	calendarForward = 2
)

// Trap says, by its shape alone, whether an address leads into endless pages
// that are no content, and why (Chinese, whole sentence). It is made so that
// real paging and columns never match.
func Trap(url string) (reason string, ok bool) { return trapAt(url, time.Now().Year()) }

func trapAt(url string, year int) (string, bool) {
	path, query := address.Path(url), address.Query(url)
	switch {
	case len(url) > longestURL:
		return fmt.Sprintf("网址长度超过%d个字符，疑为程序循环生成。", longestURL), true
	case strings.Count(path, "/") > mostSegments:
		return fmt.Sprintf("网址目录超过%d层，疑为程序循环生成。", mostSegments), true
	case repeats(path):
		return "网址中的目录循环重复，疑为相对链接写错造成的循环。", true
	case sessionLeft(path, query):
		return "网址中带有会话标识，每次访问都不同。", true
	case calendarPath(path, year):
		return "日历网址指向过远的年份，疑为没有尽头的日历。", true
	}
	return queryTrap(query, year)
}

// repeats finds a segment that comes three times running, and a run of
// segments that comes twice, such as /a/b/a/b/: a relative link that should
// have been absolute leads there.
func repeats(path string) bool {
	s := strings.Split(strings.Trim(path, "/"), "/")
	for length := 1; length <= len(s)/2; length++ {
		same, words := 0, 0
		for i := length; i < len(s); i++ {
			if s[i] != s[i-length] || s[i] == "" || length == 1 && shortNumber(s[i]) {
				same, words = 0, 0
				continue
			}
			same++
			if !shortNumber(s[i]) {
				words++
			}
			if length == 1 && same >= 2 || length > 1 && same >= length && words > 1 {
				return true
			}
		}
	}
	return false
}

// shortNumber is a segment of a divided number, as in /art/1/1/1/.
func shortNumber(s string) bool { return len(s) <= 4 && strings.Trim(s, "0123456789") == "" }

// calendarPath finds a far year below a directory that names a calendar.
func calendarPath(path string, year int) bool {
	calendar := false
	for s := range strings.SplitSeq(strings.ToLower(path), "/") {
		if calendar && farYear(s, year) {
			return true
		}
		calendar = calendar || strings.Contains(s, "calendar") || s == "rili" || s == "rl"
	}
	return false
}

func sessionLeft(path, query string) bool {
	if i := strings.IndexByte(path, ';'); i >= 0 && strings.Contains(strings.ToLower(path[i:]), "sess") {
		return true
	}
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		switch strings.ToLower(key) {
		case "jsessionid", "phpsessid", "sessionid", "session_id", "aspsessionid", "sid", "cfid", "cftoken", "zenid":
			if len(value) >= 16 {
				return true
			}
		}
	}
	return false
}

// queryTrap looks at what the parameters ask for together.
func queryTrap(query string, year int) (string, bool) {
	if query == "" {
		return "", false
	}
	var parameters, facets, calendar int
	far := false
	seen := map[string]int{}
	for pair := range strings.SplitSeq(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		key = strings.ToLower(key)
		parameters++
		seen[key]++
		if seen[key] > 4 {
			return "网址中同一参数反复出现，疑为程序循环生成。", true
		}
		if isFacet(key) && value != "" {
			facets++
		}
		if isCalendar(key) {
			calendar++
			far = far || farYear(value, year)
		}
	}
	switch {
	case parameters > mostParameters:
		return fmt.Sprintf("网址参数超过%d个，疑为检索条件的组合。", mostParameters), true
	case calendar > 0 && far:
		return "日历网址指向过远的年份，疑为没有尽头的日历。", true
	case facets >= 3:
		return "网址是排序、视图等显示方式的组合，内容与原页面相同。", true
	}
	return "", false
}

func isFacet(key string) bool {
	switch key {
	case "sort", "sortby", "sort_by", "orderby", "order_by", "order", "dir", "direction", "view", "viewmode", "view_mode", "layout",
		"perpage", "per_page", "display", "theme", "style", "color", "colour", "fontsize", "filter":
		return true
	}
	return false
}

func isCalendar(key string) bool {
	switch key {
	case "year", "y", "nian", "month", "mon", "yue", "date", "day", "riqi", "ym", "calendar", "caldate", "startdate", "enddate", "start", "end":
		return true
	}
	return false
}

// farYear says that value begins with a year no site has content of.
func farYear(value string, now int) bool {
	digits := strings.TrimLeft(value, "-")
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	if end != 4 && end != 6 && end != 8 {
		return false
	}
	y, err := strconv.Atoi(digits[:4])
	if err != nil || end > 4 && y < 1000 {
		return false
	}
	return y > now+calendarForward && y < 10000 && y >= 2000 || y < now-calendarBack && y >= 1000 && plausibleDate(digits[:end])
}

// plausibleDate tells 196503 from a number that only begins like a year.
func plausibleDate(s string) bool {
	if len(s) == 4 {
		return s >= "1800"
	}
	return s[4:6] >= "01" && s[4:6] <= "12"
}
