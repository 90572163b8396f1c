package workplan

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// The sheets of a ledger.
const (
	taskSheet   = "任务台账"
	demandSheet = "要求与指标"
	aboutSheet  = "说明"
)

// field is one column of the task sheet people may change.
type field struct {
	title string
	width float64
	get   func(*govsweep.Task) string
	set   func(*govsweep.Task, string) error
}

// fields are the columns of the task sheet between the number and the row mark.
var fields = []field{
	{"章节", 22, func(t *govsweep.Task) string { return t.Chapter }, func(t *govsweep.Task, s string) error { t.Chapter = s; return nil }},
	{"条目", 22, func(t *govsweep.Task) string { return t.Item }, func(t *govsweep.Task, s string) error { t.Item = s; return nil }},
	{"任务", 60, func(t *govsweep.Task) string { return t.Text }, setText},
	{"责任单位", 26, func(t *govsweep.Task) string { return strings.Join(t.Bodies, "、") }, setBodies},
	{"时限类型", 10, func(t *govsweep.Task) string { return dueWords[t.Due.Kind] }, setDueKind},
	{"完成时限", 13, func(t *govsweep.Task) string { return t.Due.Date }, setDueDate},
	{"时限原文", 16, func(t *govsweep.Task) string { return t.Due.Text }, func(t *govsweep.Task, s string) error { t.Due.Text = s; return nil }},
	{"状态", 9, func(t *govsweep.Task) string { return stateWords[t.State] }, setState},
	{"佐证", 30, func(t *govsweep.Task) string { return t.Proof }, func(t *govsweep.Task, s string) error { t.Proof = s; return nil }},
	{"备注", 26, func(t *govsweep.Task) string { return t.Note }, func(t *govsweep.Task, s string) error { t.Note = s; return nil }},
	{"填写人", 10, func(t *govsweep.Task) string { return t.By }, func(t *govsweep.Task, s string) error { t.By = s; return nil }},
	{"原件残缺", 26, func(t *govsweep.Task) string { return t.Damaged }, func(t *govsweep.Task, s string) error { t.Damaged = s; return nil }},
}

var dueWords = map[govsweep.DueKind]string{
	govsweep.DueNone: "未写明", govsweep.DueDate: "限期", govsweep.DueOpen: "长期", govsweep.DuePeriodic: "定期", govsweep.DueDamaged: "原件残缺",
}

var stateWords = map[govsweep.TaskState]string{
	govsweep.TaskOpen: "未完成", govsweep.TaskDone: "已完成", govsweep.TaskDropped: "已取消", "": "未完成",
}

func setText(t *govsweep.Task, s string) error {
	if s == "" {
		return fmt.Errorf("任务不能为空；要取消一项任务，请把状态改为“已取消”")
	}
	t.Text = s
	return nil
}

func setBodies(t *govsweep.Task, s string) error {
	if s == strings.Join(t.Bodies, "、") {
		return nil
	}
	t.Bodies = splitBodies(s)
	return nil
}

func setDueKind(t *govsweep.Task, s string) error {
	if s == "" {
		t.Due.Kind = govsweep.DueNone
		return nil
	}
	for kind, word := range dueWords {
		if s == word {
			t.Due.Kind = kind
			return nil
		}
	}
	return fmt.Errorf("时限类型“%s”不认识，应为限期、长期、定期、未写明或原件残缺", shorten(s, 20))
}

// setDueDate takes a day as people write it, or as a sheet counts it. A task
// of another kind that is given a day becomes one with a day.
func setDueDate(t *govsweep.Task, s string) error {
	if s == "" {
		t.Due.Date = ""
		if t.Due.Kind == govsweep.DueDate {
			return fmt.Errorf("时限类型为“限期”，但没有填写完成时限")
		}
		return nil
	}
	d, ok := anyDay(s)
	if !ok {
		return fmt.Errorf("“%s”不是日期，请写成 2021-11-30", shorten(s, 20))
	}
	if t.Due.Date != d && t.Due.Kind != govsweep.DuePeriodic {
		t.Due.Kind = govsweep.DueDate
	}
	t.Due.Date = d
	return nil
}

var writtenDay = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?$`)

func anyDay(s string) (string, bool) {
	if m := writtenDay.FindStringSubmatch(s); m != nil {
		d := day(m[1], m[2], m[3])
		return d, d != ""
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 20000 && n < 80000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("2006-01-02"), true
	}
	return "", false
}

func setState(t *govsweep.Task, s string) error {
	switch s {
	case "", "未完成", "进行中":
		t.State = govsweep.TaskOpen
	case "已完成", "完成":
		t.State = govsweep.TaskDone
	case "已取消", "取消":
		t.State = govsweep.TaskDropped
	default:
		return fmt.Errorf("状态“%s”不认识，应为未完成、已完成或已取消", shorten(s, 20))
	}
	return nil
}

// mark is the digest of what a ledger shows of a task: it tells whether the
// task was changed since the ledger was written.
func mark(t *govsweep.Task) string {
	h := sha256.New()
	put := func(s string) { fmt.Fprintf(h, "%d:%s", len(s), s) }
	put(t.ID)
	for _, f := range fields {
		put(f.get(t))
	}
	for _, d := range t.Demands {
		put(d.Text)
		put(strings.Join(d.Indicators, "、"))
		put(d.Checklist)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// rowMark is what stands in the last column of a row.
func rowMarkOf(version int, t *govsweep.Task) string { return fmt.Sprintf("v%d-%s", version, mark(t)) }

var rowMarkForm = regexp.MustCompile(`^v(\d{1,6})-([0-9a-f]{16})$`)

// guard puts an apostrophe before text that a spreadsheet would take for a
// formula when the cell is edited; unguard takes it away again.
func guard(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n'＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// shown is text as a cell holds it: without control characters and without
// blanks at its ends.
func shown(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")))
}

func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && guard(rest) != rest {
		return rest
	}
	return s
}
