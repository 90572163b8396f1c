package main

import (
	"fmt"
	"io"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules/account"
	"github.com/govsweep/govsweep/storage"
)

type accountsChecklistCmd struct {
	Media    string `help:"只列出该平台的账号。" placeholder:"平台"`
	Region   string `help:"只列出该行政区划的账号。" placeholder:"区划"`
	Host     string `help:"只列出该主办单位的账号。" placeholder:"单位"`
	Tag      string `help:"只列出有该标签的账号。" placeholder:"标签"`
	Rulebook string `help:"评分规则：内置规则的编号，或文件。默认为 gov-2019-19。" placeholder:"规则"`
	Open     bool   `help:"只列出尚未录入结果的项目。"`
}

// Help gives examples.
func (c *accountsChecklistCmd) Help() string {
	return `示例：
  govsweep accounts checklist --format xlsx > 人工检查清单.xlsx   打印或填写后：
  govsweep import checklist 人工检查清单.xlsx`
}

// asking is one row of a checklist.
type asking struct {
	account *govsweep.Account
	asked   account.Asked
	answer  *govsweep.CheckAnswer // nil when nobody has answered
}

// Run prints what a person must look at, with the answers there are.
func (c *accountsChecklistCmd) Run(a *app) error {
	if err := a.only("table", "jsonl", "csv", "xlsx"); err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	book, _, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	all, err := db.Accounts(a.ctx, storage.AccountFilter{})
	if err != nil {
		return err
	}
	filter, err := accountFilter(c.Media, c.Region, c.Host, c.Tag)
	if err != nil {
		return err
	}
	some, err := db.Accounts(a.ctx, filter)
	if err != nil {
		return err
	}
	relations := facts.NewRelations(all)
	var rows []asking
	for i := range some {
		d := facts.FoldAccount(some[i], a.asOf(), nil, nil)
		answers, err := db.Checks(a.ctx, some[i].ID, govsweep.DateOf(a.asOf()))
		if err != nil {
			return err
		}
		d.AddChecks(answers)
		relations.Relate(d)
		for _, q := range account.AskedOf(book, d) {
			row := asking{&some[i], q, nil}
			for j := range d.Account.Checks {
				if d.Account.Checks[j].Question == q.ID {
					row.answer = &d.Account.Checks[j]
				}
			}
			if row.answer == nil || !c.Open {
				rows = append(rows, row)
			}
		}
	}
	return a.grid(checklistGrid(rows), func(w io.Writer) error { return checklistLines(w, rows) })
}

func checklistGrid(rows []asking) reports.Grid {
	widths := [...]int{26, 10, 20, 24, 10, 46, 10, 12, 10, 26, 30}
	g := reports.Grid{Name: "政务新媒体人工检查清单"}
	for i, title := range register.CheckHeaders {
		g.Cols = append(g.Cols, reports.Col{Title: title, Width: widths[i], Wide: i == 3 || i > 8})
	}
	for _, r := range rows {
		var got govsweep.CheckAnswer
		if r.answer != nil {
			got = *r.answer
		}
		result := got.Text
		if got.Answer != govsweep.CheckText {
			result = register.CheckWordOf(got.Answer)
		}
		g.Rows = append(g.Rows, []reports.Cell{
			shownText(string(r.account.ID)), shownText(register.MediaWord(r.account.Media)), shownText(r.account.Name), shownText(r.account.Host), shownText(r.asked.ID),
			shownText(r.asked.Ask), shownText(result), shownText(got.On), shownText(got.By), shownText(got.URL), shownText(got.Note),
		})
	}
	return g
}

func checklistLines(w io.Writer, rows []asking) error {
	type line struct {
		Target    govsweep.Target        `json:"target"`
		Indicator govsweep.IndicatorCode `json:"indicator"`
		Question  string                 `json:"question"`
		Ask       string                 `json:"ask"`
		Answer    *govsweep.CheckAnswer  `json:"answer"`
	}
	out := make([]line, len(rows))
	for i, r := range rows {
		out[i] = line{r.account.Target(), r.asked.Indicator, r.asked.ID, r.asked.Ask, r.answer}
	}
	return jsonLines(w, out)
}

type importChecklistCmd struct {
	importFlags
	Rulebook string `help:"评分规则：内置规则的编号，或文件。默认为 gov-2019-19。" placeholder:"规则"`
}

// Run imports answers of persons. Rows without an answer change nothing.
func (c *importChecklistCmd) Run(a *app) error {
	book, _, err := a.loadBook(c.Rulebook)
	if err != nil {
		return err
	}
	questions := map[string]account.Asked{}
	for _, q := range account.AskedOf(book, nil) {
		questions[q.ID] = q
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Accounts(a.ctx, storage.AccountFilter{})
	if err != nil {
		return err
	}
	known := map[govsweep.TargetID]bool{}
	for i := range all {
		known[all[i].ID] = true
	}
	today, empty := govsweep.DateOf(a.asOf()), 0
	answers, err := readAnswers(a, c.importFlags, register.ReadChecks, func(v *govsweep.CheckAnswer) (bool, string) {
		q, asked := questions[v.Question]
		switch {
		case v.Answer == "":
			empty++
			return false, ""
		case !known[v.Target]:
			return false, "账号“" + string(v.Target) + "”不在名录中"
		case !asked:
			return false, "项目编号“" + v.Question + "”不在检查清单中"
		case v.Answer == govsweep.CheckText && !q.Figures:
			return false, "检查结果“" + v.Text + "”不正确，应为 是、否 或 不适用"
		case q.Figures && v.Answer == govsweep.CheckYes:
			return false, q.ID + "应填写数量，如 微信3、微博1；没有公布的填 否"
		case q.Figures && v.Answer == govsweep.CheckText && len(account.Counts(v.Text)) == 0:
			return false, "数量“" + v.Text + "”不能辨认，应如 微信3、微博1"
		case v.On > today:
			return false, "检查日期“" + v.On + "”在今天以后"
		}
		if q.Secret {
			v.Note = "" // nothing of what was leaked is kept
		}
		return true, ""
	})
	if err != nil {
		return err
	}
	if c.DryRun {
		fmt.Fprintf(a.stderr, "另有%d项没有填写结果，导入时保持不变。\n", empty)
		return nil
	}
	if err := db.SaveChecks(a.ctx, answers); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已导入检查结果%d项；另有%d项没有填写结果，保持不变。\n", len(answers), empty)
	return nil
}

type importReprintsCmd struct{ importFlags }

// Run imports the list of sources; it takes the place of the one before.
func (c *importReprintsCmd) Run(a *app) error {
	sources, err := readAnswers(a, c.importFlags, register.ReadReprintSources, func(*govsweep.ReprintSource) (bool, string) { return true, "" })
	if err != nil || c.DryRun {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.SaveReprintSources(a.ctx, sources); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "已导入规定稿源%d个，原有名单由本名单代替。\n", len(sources))
	return nil
}

// readAnswers reads a file whose rows take says are to be kept, or why not.
func readAnswers[T any](a *app, f importFlags, read func(io.Reader, string) ([]register.Row[T], []register.Refusal, error), take func(*T) (bool, string)) ([]T, error) {
	in, err := namedfile.Open("文件", f.File)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	rows, refused, err := read(in, f.File)
	if err != nil {
		return nil, err
	}
	var out []T
	for i := range rows {
		keep, why := take(&rows[i].Value)
		if why != "" {
			refused = append(refused, register.Refusal{Sheet: rows[i].Sheet, Line: rows[i].Line, Cell: fmt.Sprintf("A%d", rows[i].Line), Reason: why})
		}
		if keep {
			out = append(out, rows[i].Value)
		}
	}
	for _, r := range refused {
		fmt.Fprintln(a.stderr, r)
	}
	if len(refused) > 0 && !f.SkipRefused {
		return nil, wrongUse("有%d处不能导入，全部未导入；改正后重试，或用 --skip-refused 跳过有误的行", len(refused))
	}
	if f.DryRun {
		fmt.Fprintf(a.stderr, "可导入%d行。以上为预览，未写入。\n", len(out))
	}
	return out, nil
}
