package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/reports"
)

type noticeFormCmd struct {
	List noticeFormListCmd `cmd:"" help:"列出随程序提供的文书格式。"`
	Show noticeFormShowCmd `cmd:"" help:"输出一种文书格式，可存为文件后修改。"`
	Lint noticeFormLintCmd `cmd:"" help:"校验文书格式文件，逐行列出全部错误。"`
}

type noticeFormListCmd struct{}

// Run lists the forms that come with the program.
func (c *noticeFormListCmd) Run(a *app) error {
	for _, name := range reports.Forms() {
		f, err := reports.LoadForm(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%s\t%s\n", name, f.Name)
	}
	return nil
}

type noticeFormShowCmd struct {
	Name string `arg:"" help:"名称或文件。"`
}

// Run prints a form as it is written.
func (c *noticeFormShowCmd) Run(a *app) error {
	f, err := reports.LoadForm(c.Name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(a.stdout, f.Text())
	return err
}

type noticeFormLintCmd struct {
	File string `arg:"" help:"文书格式文件。" type:"existingfile"`
}

// Run holds a form against what a form must be, and against the indicators.
func (c *noticeFormLintCmd) Run(a *app) error {
	src, err := namedfile.Read("文书格式", c.File)
	if err != nil {
		return err
	}
	_, all, err := a.loadBook("")
	if err != nil {
		return err
	}
	known, err := demanded()
	if err != nil {
		return err
	}
	for _, i := range all {
		known = append(known, i.Code)
	}
	faults := reports.LintForm(src, known...)
	for _, f := range faults {
		fmt.Fprintln(a.stdout, f)
	}
	if len(faults) > 0 {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("文书格式“%s”有%d处错误", c.File, len(faults))}
	}
	_, err = fmt.Fprintln(a.stdout, "没有错误。")
	return err
}

// demanded lists the indicators the forms that come with the program have
// demands for: of some of them findings come from persons alone.
func demanded() (codes []govsweep.IndicatorCode, err error) {
	for _, name := range reports.Forms() {
		f, err := reports.LoadForm(name)
		if err != nil {
			return nil, err
		}
		codes = append(codes, slices.Collect(maps.Keys(f.Demands))...)
	}
	return codes, nil
}
