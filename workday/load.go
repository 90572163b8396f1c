package workday

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// The limits of a file: real ones have some forty rows a year.
const (
	maxFile   = 1 << 20
	maxFaults = 20
)

// seven are the holidays every year has; a year that lacks one is half typed.
var seven = []string{"元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"}

// Load reads a bureau's own table, CSV in UTF-8 with the columns 日期, 安排
// (放假 or 上班), 名称 and 依据, and lays it over the Default: a year the file
// names is taken from the file alone. Every fault is named with its line.
func Load(r io.Reader) (*Calendar, error) {
	own, err := read(r)
	if err != nil {
		return nil, err
	}
	c := &Calendar{off: map[string]bool{}, sources: maps.Clone(Default().sources)}
	for day, off := range Default().off {
		if !own.Covers(yearOf(day)) {
			c.off[day] = off
		}
	}
	maps.Copy(c.off, own.off)
	maps.Copy(c.sources, own.sources)
	return c, nil
}

func yearOf(day string) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0 // cannot be: every key was parsed before
	}
	return t.Year()
}

// reader keeps what is known of the years while the rows come.
type reader struct {
	*Calendar
	lines  map[string]int   // of each day
	first  map[int]int      // line each year begins on
	names  map[int]string   // all holidays of a year
	papers map[int][]string // in the order they come
	faults []string
}

func read(r io.Reader) (*Calendar, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read workday table: %w", err)
	case len(raw) > maxFile:
		return nil, wrong("放假安排文件超过1MB，请检查是否选错了文件")
	case !utf8.Valid(raw):
		return nil, wrong("放假安排文件不是 UTF-8 编码，请另存为“CSV UTF-8”后再用")
	}
	in := &reader{Calendar: &Calendar{off: map[string]bool{}, sources: map[int]string{}},
		lines: map[string]int{}, first: map[int]int{}, names: map[int]string{}, papers: map[int][]string{}}
	if err := in.rows(strings.TrimPrefix(string(raw), "\ufeff")); err != nil {
		return nil, err
	}
	in.years()
	if len(in.faults) > 0 {
		return nil, wrong("放假安排文件有误：" + strings.Join(in.faults, "；"))
	}
	return in.Calendar, nil
}

func wrong(say string) error { return &govsweep.Error{Kind: govsweep.Wrong, Say: say} }

func (in *reader) fault(line int, format string, args ...any) {
	if len(in.faults) < maxFaults {
		in.faults = append(in.faults, fmt.Sprintf("第%d行", line)+fmt.Sprintf(format, args...))
	}
}

func (in *reader) rows(text string) error {
	cr := csv.NewReader(bufio.NewReader(strings.NewReader(text)))
	cr.FieldsPerRecord, cr.Comment, cr.TrimLeadingSpace = -1, '#', true
	for n := 0; ; n++ {
		row, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return in.empty(n)
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return wrong(fmt.Sprintf("放假安排文件第%d行的引号不成对，请检查该行", bad.StartLine))
		}
		line, _ := cr.FieldPos(0)
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if n == 0 {
			if len(row) != 4 || row[0] != "日期" || row[1] != "安排" || row[2] != "名称" || row[3] != "依据" {
				return wrong(fmt.Sprintf("放假安排文件第%d行应为表头“日期,安排,名称,依据”", line))
			}
			continue
		}
		in.row(line, row)
	}
}

func (in *reader) empty(rows int) error {
	if rows < 2 {
		return wrong("放假安排文件没有内容，应有表头“日期,安排,名称,依据”和各年的放假、上班日期")
	}
	return nil
}

func (in *reader) row(line int, row []string) {
	if len(row) != 4 {
		in.fault(line, "应有4栏，实有%d栏", len(row))
		return
	}
	day, kind, name, paper := row[0], row[1], row[2], row[3]
	t, err := time.ParseInLocation(time.DateOnly, day, govsweep.Shanghai)
	switch {
	case err != nil || t.Year() < 1950 || t.Year() > 2200:
		in.fault(line, "的日期“%s”不是1950年至2200年间的日期，应写作2026-10-01", clip(day))
	case in.lines[day] != 0:
		in.fault(line, "的日期%s与第%d行重复", day, in.lines[day])
	case kind != "放假" && kind != "上班":
		in.fault(line, "的安排“%s”应为“放假”或“上班”", clip(kind))
	case kind == "上班" && weekday(t):
		in.fault(line, "把%s列为调休上班，但当天是%s，本来就上班", day, weekdayName(t))
	case name == "" || paper == "":
		in.fault(line, "必须写明节日名称和依据的文件")
	default:
		in.keep(line, t, day, kind == "放假", name, paper)
	}
}

func (in *reader) keep(line int, t time.Time, day string, off bool, name, paper string) {
	y := t.Year()
	if in.first[y] == 0 {
		in.first[y] = line
	}
	in.lines[day], in.off[day] = line, off
	if off {
		in.names[y] += name + "、"
	}
	if !slices.Contains(in.papers[y], paper) {
		in.papers[y] = append(in.papers[y], paper)
	}
}

// years refuses a year that is half typed.
func (in *reader) years() {
	for _, y := range slices.Sorted(maps.Keys(in.first)) {
		var missing []string
		for _, name := range seven {
			if !strings.Contains(in.names[y], name) {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			in.fault(in.first[y], "起的%d年不完整，缺%s的放假日期；一年须一次列全", y, strings.Join(missing, "、"))
		}
		in.sources[y] = strings.Join(in.papers[y], "、")
	}
}

func weekdayName(t time.Time) string {
	return "星期" + string([]rune("日一二三四五六")[t.Weekday()])
}

func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
