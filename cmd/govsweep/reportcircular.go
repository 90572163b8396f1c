package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/sampling"
	"github.com/govsweep/govsweep/storage"
)

type reportCircularCmd struct {
	Sweep    []int64 `help:"通报哪几次检查，可重复。默认为最近一次检查。" placeholder:"编号"`
	Previous []int64 `help:"与哪几次检查比较，由早到近，可重复。默认为以前各季度的最后一次。" placeholder:"编号"`
	Form     string  `help:"通报格式：vetoes（只报单项否决）、columns（逐站列扣分）、scores（得分排名），或格式文件。" placeholder:"格式"`
	Figures  string  `help:"其他来源的数据（新媒体、IPv6、解读、找错留言），YAML文件，须注明来源。" placeholder:"文件" type:"existingfile"`
	Period   string  `help:"通报的时期。默认为监测时间点所在的季度，如 2026年第三季度。" placeholder:"时期"`
	Number   string  `help:"发文字号，年份用六角括号。不写则为草稿。" placeholder:"字号"`
	Date     string  `help:"成文日期，如 2026-10-15，不能晚于今天；回复期限算到这一天。写了字号的默认为今天。" placeholder:"日期"`
	By       string  `help:"检查存疑时仍要通报的负责人姓名。" placeholder:"姓名"`
	Override string  `help:"检查存疑时仍要通报的理由。" placeholder:"理由"`
	Out      string  `help:"写入的目录。" default:"reports" placeholder:"目录" type:"path"`
}

// Help shows circulars.
func (c *reportCircularCmd) Help() string {
	return `只有经检查人员确认的问题才会点名；待核的网站单独列出，不作不合格。每个数字都可在XLSX中找到其明细。
文件名为“通报-时期-第几次检查”，如 通报-2026年第三季度-第12次检查.docx，另有 .html、.pdf、.xlsx、.jsonl。

示例：
  govsweep report circular --form scores --out 通报
  govsweep report circular --form columns --period 2026年9月 --out 通报
  govsweep report circular --sweep 12 --previous 8 --figures 其他数据.yaml --out 通报 \
    --number 某政办函〔2026〕30号 --date 2026-10-15`
}

// Run writes the circular of one or several sweeps.
func (c *reportCircularCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	form, err := c.form(a)
	if err != nil {
		return err
	}
	in, err := c.input(a, db)
	if err != nil {
		return err
	}
	circular, err := reports.NewCircular(*in, form)
	if err != nil {
		return err
	}
	if in.Override != nil {
		line := govsweep.AuditLine{By: c.By, Event: "circular.override", Subject: in.Period.Label, Detail: c.Override}
		if err := db.AddAudit(a.ctx, line); err != nil {
			return err
		}
	}
	files, skipped, err := reports.WriteCircular(a.ctx, c.Out, circular, form)
	a.wrote(files)
	for _, s := range skipped {
		fmt.Fprintln(a.stderr, s)
	}
	return err
}

// input asks storage for everything a circular says.
func (c *reportCircularCmd) input(a *app, db *storage.DB) (*reports.CircularInput, error) {
	g := &casework.Circular{Store: papersOf{db}}
	sweeps, err := g.Sweeps(a.ctx, c.Sweep)
	if err != nil {
		return nil, err
	}
	last := &sweeps[len(sweeps)-1]
	in := &reports.CircularInput{Sweeps: sweeps, Sample: drawOf(last)}
	if err := c.words(in); err != nil {
		return nil, err
	}
	r, err := a.ruling(db, last.Rulebook)
	if err != nil {
		return nil, err
	}
	g.Judge, in.Book = r.again, bookOf(r.book)
	if err := g.Fill(a.ctx, in, c.Previous); err != nil {
		return nil, err
	}
	a.withoutAccounts(in)
	return in, nil
}

// withoutAccounts says why figures of accounts are left out of a circular.
func (a *app) withoutAccounts(in *reports.CircularInput) {
	if in.AccountsWhy != "" {
		fmt.Fprintln(a.stderr, reports.Clean(in.AccountsWhy)+"仍要列出的，须写明负责人 --by 和理由 --override。")
	}
}

// bookOf is the rulebook as far as a circular prints it.
func bookOf(b *rules.Rulebook) reports.CircularBook {
	out := reports.CircularBook{BookTitle: b.BookTitle()}
	for _, e := range b.Entries {
		out.Entries = append(out.Entries, reports.BookEntry{ID: e.ID, Code: e.Code, Name: e.Name, Class: e.Class, Points: e.Points})
	}
	return out
}

// drawOf gives how the targets of a sweep were drawn; nil when it was no sample.
func drawOf(s *govsweep.Sweep) *sampling.Draw {
	var k kept
	if json.Unmarshal([]byte(s.Options), &k) != nil {
		return nil // options of another version: no sample was drawn then
	}
	return k.Draw
}

// form loads the form; one that comes with the program speaks in the name of
// the bureau of the notice form.
func (c *reportCircularCmd) form(a *app) (*reports.CircularForm, error) {
	form, err := reports.LoadCircularForm(c.Form)
	if err != nil || a.settings.file.Form == "" || c.Form != "" && !slices.Contains(reports.CircularForms(), c.Form) {
		return form, err
	}
	bureau, err := reports.LoadForm(a.settings.file.Form)
	if err != nil {
		return nil, err
	}
	return form.Of(bureau), nil
}

// words fills what the person said about the circular itself.
func (c *reportCircularCmd) words(in *reports.CircularInput) error {
	in.Period = reports.Quarter(in.Sweeps[len(in.Sweeps)-1].AsOf)
	if c.Period != "" {
		in.Period.Label = c.Period
	}
	in.Number, in.Draft, in.Today = c.Number, c.Number == "", time.Now()
	var err error
	if in.Date, err = c.dated(in.Today); err != nil {
		return err
	}
	if c.Override != "" {
		in.Override = &govsweep.Override{By: c.By, Reason: c.Override, At: in.Today}
	}
	if c.Figures == "" {
		return nil
	}
	in.Figures, err = readFigures(c.Figures)
	return err
}

// dated gives the 成文日期: the one that was said, for a paper with a number
// else today; zero for a draft. It refuses what a paper cannot carry.
func (c *reportCircularCmd) dated(now time.Time) (time.Time, error) {
	wrong := func(say string) (time.Time, error) {
		return time.Time{}, &govsweep.Error{Kind: govsweep.Wrong, Say: say}
	}
	if strings.ContainsAny(c.Number, "()[]（）［］【】〈〉《》") {
		return wrong("发文字号“" + c.Number + "”中的年份应使用六角括号〔〕，不能使用圆括号或方括号，如 某政办函〔2026〕30号")
	}
	today := govsweep.DateOf(now)
	day := c.Date
	if day == "" && c.Number != "" {
		day = today
	}
	if day == "" {
		return time.Time{}, nil
	}
	date, err := time.ParseInLocation(time.DateOnly, day, govsweep.Shanghai)
	switch {
	case err != nil:
		return wrong("成文日期“" + c.Date + "”不正确，应如 2026-10-15")
	case day > today:
		return wrong("成文日期" + govsweep.ChineseDate(date) + "晚于今天，通报不能预先注明日期")
	}
	return date, nil
}

// readFigures reads a bureau's file of figures from elsewhere.
func readFigures(name string) (reports.Figures, error) {
	f, err := namedfile.Open("数据文件", name)
	if err != nil {
		return reports.Figures{}, err
	}
	defer f.Close()
	figures, err := reports.LoadFigures(f)
	if err != nil {
		return reports.Figures{}, err
	}
	return *figures, nil
}
