package reports_test

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports/paper"
)

// dump is a paper as plain text, for golden files a person reads.
func dump(p *paper.Paper) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s：%s\n", name, value)
		}
	}
	if p.Draft {
		b.WriteString("【草稿】\n")
	}
	line("红头", p.Head)
	line("字号", p.Number)
	line("标题", strings.ReplaceAll(p.Title, "\n", "↵"))
	line("主送", p.To)
	dumpBody(&b, p.Body)
	for i, a := range p.Annexes {
		line(fmt.Sprintf("附件说明%d", i+1), a)
	}
	line("署名", p.Author)
	if !p.Date.IsZero() {
		line("日期", govsweep.ChineseDate(p.Date))
	}
	line("附注", p.Note)
	line("抄送", p.CopyTo)
	if !p.Printed.IsZero() {
		line("印发", p.Printer+"，"+govsweep.ChineseDate(p.Printed))
	}
	for i, a := range p.Appended {
		fmt.Fprintf(&b, "\n附件%d %s（横排：%t）\n", i+1, a.Title, a.Wide)
		dumpBody(&b, a.Body)
	}
	return b.String()
}

func dumpBody(b *strings.Builder, body []paper.Block) {
	for _, x := range body {
		switch x := x.(type) {
		case paper.Para:
			fmt.Fprintf(b, "%s%s\n", []string{"　　", "一 ", "二 ", "三 ", "四 "}[x.Level], x.Text)
		case paper.Table:
			if x.Caption != "" {
				b.WriteString("表 " + x.Caption + "\n")
			}
			for _, row := range append([][]string{x.Head}, x.Rows...) {
				b.WriteString("| " + strings.ReplaceAll(strings.Join(row, " | "), "\n", "↵") + " |\n")
			}
		}
	}
}
