package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

// reviewer walks a person through the findings that wait for a decision, one
// key a decision.
type reviewer struct {
	keys   *keys
	out    io.Writer
	decide func(ids []string, event govsweep.Event, reason, until string) ([]govsweep.Transition, error)
	undo   func(ids []string) error
	show   func(f *govsweep.Finding) []string // what the captured page holds, some lines

	done []reviewDone // the newest last
}

// reviewDone is what was done with one case; no moves = skipped.
type reviewDone struct{ moves []govsweep.Transition }

// count says how often each decision was made.
func (r *reviewer) count() map[govsweep.Event]int {
	n := map[govsweep.Event]int{}
	for _, d := range r.done {
		for _, m := range d.moves {
			n[m.Event]++
		}
	}
	return n
}

func (r *reviewer) skipped() int {
	n := 0
	for _, d := range r.done {
		if len(d.moves) == 0 {
			n++
		}
	}
	return n
}

// A reviewCase is what one key decides: a finding, or all that have one cause.
type reviewCase struct {
	title    string
	titles   map[govsweep.IndicatorCode]string
	findings []govsweep.Finding
}

const reviewHelp = `  y 确认属实　n 排除（不属实）　e 豁免（属实但有正当理由）　s 跳过
  o 查看证据　u 撤回上一个决定　? 帮助　q 结束（已作的决定都已保存）`

// rejectReasons are the reasons that come up again and again, by their key.
var rejectReasons = []string{"页面内容正常，判定有误", "日期识别有误", "该栏目不属于应更新栏目", "页面已下线或不属于本网站"}

// errReviewEnded says that the person has had enough.
var errReviewEnded = errors.New("review ended")

// run takes the cases in order until they or the keys run out.
func (r *reviewer) run(cases []reviewCase) error {
	for i := 0; i < len(cases) || i == len(cases) && i > 0; {
		back, err := r.at(cases, i)
		if errors.Is(err, errReviewEnded) || errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case !back:
			i++
		case i > 0:
			i--
		}
	}
	return nil
}

// at asks about one case; behind the last one it only lets the last decision
// be taken back.
func (r *reviewer) at(cases []reviewCase, i int) (back bool, err error) {
	if i < len(cases) {
		r.card(&cases[i], i+1, len(cases))
		return r.one(&cases[i])
	}
	fmt.Fprint(r.out, "\n全部处理完毕。撤回上一个决定按 u，其他任意键结束：")
	k, err := r.keys.key()
	if err != nil || k != 'u' {
		return false, errors.Join(err, errReviewEnded)
	}
	return r.takeBack()
}

// card prints what the decision is about.
func (r *reviewer) card(c *reviewCase, n, of int) {
	f := &c.findings[0]
	fmt.Fprintf(r.out, "\n── 第%d个，共%d个 ── %s ── %s %s（%s）\n", n, of, reports.Clean(f.Target.Name), f.BookID, reports.Clean(c.title), reports.ClassName(f.Class))
	if f.Column != nil {
		fmt.Fprintf(r.out, "栏目　　%s\n", reports.Clean(columnPath(f.Column)))
	}
	fmt.Fprintf(r.out, "问题　　%s\n", reports.Clean(f.Summary))
	for _, d := range facts4(f) {
		fmt.Fprintf(r.out, "　　　　%s\n", reports.Clean(d))
	}
	r.others(c)
	fmt.Fprintf(r.out, "地址　　%s\n", reports.Clean(f.URL))
	for i, clause := range clausesOf(c.findings) {
		fmt.Fprintf(r.out, "%s%s\n", []string{"依据　　", "　　　　"}[min(i, 1)], reports.Clean(clause))
	}
	if e := captureOf(f); e != nil {
		fmt.Fprintf(r.out, "证据　　%s（%s）\n", e.Digest, f.LastSeen.In(govsweep.Shanghai).Format("2006-01-02 15:04"))
	}
	for _, line := range r.show(f) {
		fmt.Fprintf(r.out, "　　　　%s\n", reports.Clean(line))
	}
}

// others lists what the same key decides: every finding with its indicator,
// and with its own fact where that differs.
func (r *reviewer) others(c *reviewCase) {
	if len(c.findings) < 2 {
		return
	}
	fmt.Fprintf(r.out, "同因　　另有%d项出于同一原因，一并处理：\n", len(c.findings)-1)
	for _, f := range first(c.findings[1:], 8) {
		line := strings.TrimSpace(f.BookID+" "+c.titles[f.Indicator]) + "　" + f.ID
		if f.Summary != c.findings[0].Summary {
			line += "　" + f.Summary
		}
		fmt.Fprintf(r.out, "　　　　· %s\n", reports.Clean(line))
	}
	if more := len(c.findings) - 9; more > 0 {
		fmt.Fprintf(r.out, "　　　　· 其余%d项从略，按 o 查看证据\n", more)
	}
}

// columnPath is the path of a column, whose last step is mostly its name.
func columnPath(c *govsweep.ColumnRef) string {
	path := c.Path
	if len(path) == 0 || !strings.HasPrefix(strings.TrimSpace(path[len(path)-1]), strings.TrimSuffix(strings.TrimSpace(c.Name), "…")) {
		path = append(path[:len(path):len(path)], c.Name)
	}
	return strings.Join(path, " › ")
}

// facts4 are the first quoted facts but for the path of the column, which
// stands above them.
func facts4(f *govsweep.Finding) []string {
	var all []string
	for _, d := range f.Detail {
		if f.Column == nil || !strings.HasPrefix(d, "栏目路径：") {
			all = append(all, d)
		}
	}
	if len(all) > 5 {
		return append(all[:4:4], fmt.Sprintf("另有%d条", len(all)-4))
	}
	return all
}

func clausesOf(fs []govsweep.Finding) []string {
	var out []string
	for i := range fs {
		if c := fs[i].Clause; !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func first[T any](all []T, n int) []T { return all[:min(n, len(all))] }

// one asks until a case is decided or skipped; back says that the decision
// before it was taken back and is to be made again.
func (r *reviewer) one(c *reviewCase) (back bool, err error) {
	for {
		fmt.Fprint(r.out, "决定（y确认 n排除 e豁免 s跳过 o证据 u撤回 ?帮助 q结束）：")
		k, err := r.keys.key()
		if err != nil {
			return false, err
		}
		fmt.Fprintf(r.out, "%c\n", k)
		switch k {
		case 'y':
			return false, r.keep(c, govsweep.Confirm, "", "")
		case 'n':
			return false, r.reject(c)
		case 'e':
			return false, r.exempt(c)
		case 's':
			r.done = append(r.done, reviewDone{})
			return false, nil
		case 'u':
			if again, err := r.takeBack(); again || err != nil {
				return again, err
			}
		case 'o':
			r.evidence(c)
		case 'q', interrupt:
			return false, errReviewEnded
		default:
			fmt.Fprintln(r.out, reviewHelp)
		}
	}
}

// evidence names every capture behind a case once, and how to read it.
func (r *reviewer) evidence(c *reviewCase) {
	said := map[string]bool{}
	once := func(line string) {
		if !said[line] {
			fmt.Fprintln(r.out, line)
		}
		said[line] = true
	}
	for _, f := range c.findings {
		for _, e := range f.Evidence {
			once(fmt.Sprintf("　%s　%s　%s", e.Digest, e.At, reports.Clean(e.URL)))
		}
		for _, p := range first(f.Pages, 10) {
			once("　" + reports.Clean(p))
		}
	}
	fmt.Fprintln(r.out, "　查看原文：govsweep evidence show 证据编号 > 证据.html")
}
