package reports

import (
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// counts finds the columns a veto counts that stand as problems of their own
// in the same paper: by address of the column.
func (w *writer) counts(p *problem) (named []string, rest []string) {
	it := p.first()
	if it.Class != govsweep.Veto || p.column() != nil || secret(it.Indicator) {
		return nil, p.pages()
	}
	var owns []*problem
	for _, page := range p.pages() {
		if own := w.columns[page]; own != nil {
			owns = append(owns, own)
		} else {
			rest = append(rest, page)
		}
	}
	slices.SortFunc(owns, func(a, b *problem) int { return a.no - b.no })
	for _, own := range owns {
		named = append(named, "“"+clean(cut(own.column().Name, 40))+"”（第"+own.numbers()+"项）")
	}
	return named, rest
}

// counted is the sentence about those columns, "" where there is none.
func (w *writer) counted(p *problem) string {
	named, _ := w.counts(p)
	if len(named) == 0 {
		return ""
	}
	const most = 30
	s := strings.Join(named[:min(len(named), most)], "、")
	if len(named) > most {
		s += "等" + number(len(named)) + "个栏目"
	}
	return "所涉栏目：" + s + "，栏目路径、网址和查证情况见问题清单各该项。"
}

// quotable are the quoted facts of a problem but for those which the columns
// it counts tell themselves.
func (w *writer) quotable(p *problem) []string {
	named, _ := w.counts(p)
	all := p.details()
	if len(named) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(d string) bool {
		return slices.ContainsFunc(p.pages(), func(page string) bool {
			own := w.columns[page]
			return own != nil && slices.ContainsFunc(own.items, func(it *govsweep.NoticeItem) bool {
				s := strings.TrimRight(it.Summary, "。")
				return s != "" && strings.Contains(d, s)
			})
		})
	})
}

// columnProblems finds the problem of each column by the column's address.
func columnProblems(all []problem) map[string]*problem {
	out := map[string]*problem{}
	for i := range all {
		if c := all[i].column(); c != nil && c.URL != "" && out[c.URL] == nil {
			out[c.URL] = &all[i]
		}
	}
	return out
}
