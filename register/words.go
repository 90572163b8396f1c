package register

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"golang.org/x/text/width"
)

// choice is a word of a register and what it stands for.
type choice[V any] struct {
	words []string // the first is the one asked for
	value V
}

func pick[V any](choices []choice[V], s, what string) (V, error) {
	word := strings.ToLower(strings.ReplaceAll(width.Fold.String(s), " ", ""))
	var ask []string
	for _, c := range choices {
		if slices.Contains(c.words, word) {
			return c.value, nil
		}
		ask = append(ask, c.words[0])
	}
	var none V
	return none, fmt.Errorf("%s“%s”无法识别，可填：%s", what, short(s), strings.Join(ask, "、"))
}

// wordOf gives the word asked for; "" when v has none.
func wordOf[V comparable](choices []choice[V], v V) string {
	for _, c := range choices {
		if c.value == v {
			return c.words[0]
		}
	}
	return ""
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// plainWord takes a cell of free words; 无 and dashes say there is none.
func plainWord(s string) string {
	switch s {
	case "无", "-", "—", "——", "/", "暂无":
		return ""
	}
	return strings.Join(strings.Fields(s), " ")
}

var decimal = regexp.MustCompile(`^\d+(\.\d+)?[eE]\+?\d+$|^\d+\.0+$`)

// codeOf reads a 网站标识码 also where a spreadsheet turned it into a number.
func codeOf(s string) (string, error) {
	s = strings.ToLower(strings.TrimLeft(strings.ReplaceAll(width.Fold.String(s), " ", ""), "'`‘’"))
	if decimal.MatchString(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && f < 1e12 {
			s = strconv.FormatFloat(f, 'f', 0, 64)
		}
	}
	if !govsweep.ValidSiteIDCode(s) {
		return "", fmt.Errorf("网站标识码“%s”不正确，应为10位数字，或 bm 加8位数字", short(s))
	}
	return s, nil
}

var (
	scheme   = regexp.MustCompile(`^(?i)[a-z][a-z0-9+.-]*:`)
	hostPort = regexp.MustCompile(`^[^/]*:\d+(/|$)`)
)

// webAddress gives the canonical form of an address; a bare host counts as http.
func webAddress(s string) (string, error) {
	raw := strings.TrimSpace(width.Fold.String(s))
	if !strings.Contains(raw, "://") && (!scheme.MatchString(raw) || hostPort.MatchString(raw)) {
		raw = "http://" + strings.TrimPrefix(raw, "//")
	}
	out, err := address.Canonical(raw)
	if err != nil || !isHost(address.Hostname(out)) {
		return "", fmt.Errorf("网址“%s”不正确，应为 http:// 或 https:// 开头的完整网址", short(s))
	}
	return out, nil
}

// isHost keeps words that are no host, 暂无网址 for one, from becoming addresses.
func isHost(host string) bool {
	return strings.ContainsAny(host, ".:") || host == "localhost"
}

// list takes apart what a cell lists.
func list(s string) []string {
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;|\n\t 　", r) }) {
		if p = plainWord(p); p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

var yesWords = []choice[bool]{
	{[]string{"是", "有", "y", "yes", "true", "1", "√", "具有"}, true},
	{[]string{"否", "无", "没有", "n", "no", "false", "0", "×", "x", "不具有"}, false},
}

var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-01-02 15:04:05", "2006/1/2 15:04", "2006/1/2 15:04:05",
	"2006-01-02T15:04:05Z", "2006-01-02T15:04:05"}

// dateOf reads a date as people write it, or the number a workbook keeps.
func dateOf(s string) (string, error) {
	raw := strings.TrimSpace(width.Fold.String(s))
	for _, form := range dateForms {
		if t, err := time.Parse(form, raw); err == nil && t.Year() >= 1949 && t.Year() < 2200 {
			return t.Format("2006-01-02"), nil
		}
	}
	if f, err := strconv.ParseFloat(raw, 64); err == nil && f >= 18000 && f < 110000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(f)).Format("2006-01-02"), nil
	}
	return "", fmt.Errorf("日期“%s”不正确，应为 2026-12-31 这样的格式", short(s))
}

var cycle = regexp.MustCompile(`^(\d{1,4})(?:\.0+)?(天|日|周)?$`)

func daysOf(s string) (int, error) {
	m := cycle.FindStringSubmatch(strings.ReplaceAll(width.Fold.String(s), " ", ""))
	if m != nil {
		n, err := strconv.Atoi(m[1])
		if m[2] == "周" {
			n *= 7
		}
		if err == nil && n >= 1 && n <= 3660 {
			return n, nil
		}
	}
	return 0, fmt.Errorf("更新周期“%s”不正确，应为1至3660之间的天数", short(s))
}
