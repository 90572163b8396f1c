package disclosure

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// 国办函〔2018〕12号: 各政府网站主办单位应于每年1月31日前，在网站首页显著位置发布本网站上一年度
// 《政府网站工作年度报表》。
var yearlyFormLate = &rules.Indicator{
	Code:   "yearly-form-late",
	Title:  "政府网站工作年度报表未按时发布",
	Doc:    "The form of the year before is there after the deadline, and was not published after it.",
	Needs:  needs,
	Params: func() any { return new(formParams) },
	Check:  checkYearlyForm,
}

type formParams struct {
	Deadline string `yaml:"deadline"` // MM-DD
}

// Validate asks for a day of the year.
func (f formParams) Validate() error {
	if _, err := time.Parse("01-02", f.Deadline); err != nil {
		return errors.New("deadline 应写作 01-31")
	}
	return nil
}

func checkYearlyForm(p *rules.Pass) error {
	params, err := rules.Params[formParams](p)
	if err != nil {
		return err
	}
	now := p.AsOf.In(govsweep.Shanghai)
	year := now.Year() - 1
	deadline, err := govsweep.ParseDate(fmt.Sprintf("%04d-%s", now.Year(), params.Deadline))
	if err != nil {
		return err
	}
	if govsweep.DaysBetween(deadline, now) <= 0 {
		year--
		deadline = deadline.AddDate(-1, 0, 0)
	}
	form, found, unsure := findForm(p.Dossier, year)
	switch {
	case found:
		reportLate(p, form, year, deadline)
	case unreadForm(p.Dossier) != "":
		p.NotMeasured(unreadForm(p.Dossier))
	default:
		p.Report(absentForm(p, year, deadline, unsure))
	}
	return nil
}

const formWords = "年度报表"

// findForm looks for the form of year among the forms the fold kept and the
// rows of the columns. unsure says that a form without a year was met.
func findForm(d *facts.Dossier, year int) (form facts.YearlyForm, found, unsure bool) {
	consider := func(f facts.YearlyForm) {
		switch {
		case f.Year == 0:
			unsure = true
		case f.Year == year && (!found || form.Date == "" || f.Date != "" && f.Date < form.Date):
			form, found = f, true
		}
	}
	for _, f := range d.YearlyForms {
		consider(f)
	}
	for i := range d.Columns {
		c := &d.Columns[i]
		for j, title := range c.Titles {
			if !strings.Contains(title, "网站") || !strings.Contains(title, formWords) || strings.Contains(title, "监管") {
				continue
			}
			f := facts.YearlyForm{PageRef: facts.PageRef{URL: c.URL, Digest: c.Digest, Quote: title}, Year: yearIn(title)}
			if j < len(c.Dates) {
				f.Date = c.Dates[j]
			}
			consider(f)
		}
	}
	return form, found, unsure
}

// yearIn reads the first number that can be a year; 0 without one.
func yearIn(title string) int {
	for i := 0; i+4 <= len(title); i++ {
		if title[i] == '2' && title[i+1] == '0' {
			if y, err := strconv.Atoi(title[i : i+4]); err == nil {
				return y
			}
		}
	}
	return 0
}

// unreadForm says why a form that was not met may still be there.
func unreadForm(d *facts.Dossier) string {
	if why := inventoryUnread(d); why != "" {
		return why
	}
	for i := range d.Columns {
		c := &d.Columns[i]
		if c.Class == govsweep.YearlyFormColumn && c.Unread != "" {
			return "年度报表栏目未能读取：" + c.Unread
		}
	}
	return ""
}

func reportLate(p *rules.Pass, form facts.YearlyForm, year int, deadline time.Time) {
	at, err := govsweep.ParseDate(form.Date)
	if err != nil || govsweep.DaysBetween(deadline, at) <= 0 {
		return
	}
	f := rules.Grouped([]facts.PageRef{form.PageRef}, strconv.Itoa(year))
	f.Summary = fmt.Sprintf("%d年度政府网站工作年度报表于%s发布，晚于%s的期限。",
		year, govsweep.ChineseDate(at), govsweep.ChineseDate(deadline))
	f.Detail = []string{"报表：" + rules.Quote(form.Quote)}
	p.Report(f)
}

func absentForm(p *rules.Pass, year int, deadline time.Time, unsure bool) govsweep.Finding {
	f := govsweep.Finding{
		URL: p.Home.URL, Locator: strconv.Itoa(year),
		Summary: fmt.Sprintf("截至%s，网站首页和栏目中没有见到%d年度政府网站工作年度报表，期限为%s。",
			govsweep.ChineseDate(p.AsOf), year, govsweep.ChineseDate(deadline)),
		Evidence:    rules.Capture("page", p.Home.URL, p.Home.Digest),
		NeedsReview: unsure || !p.Coverage.Complete,
	}
	if unsure {
		f.Detail = append(f.Detail, "见到未写明年度的年度报表，须人工核对")
	}
	return f
}
