package paper

import "html/template"

// view is a paper as the page shows it.
type view struct {
	*Paper
	Policy       string
	Style        template.CSS
	Body         []blockView
	Day, Printed string
	Appended     []annexView
	OwnPage      bool
	Marks        bool
}

type annexView struct {
	Label, Title string
	Wide         bool
	Body         []blockView
}

// blockView is one block; all but one of its fields are nil.
type blockView struct {
	Para       *Para
	Tag, Class string
	Table      *tableView
	Bars       *barsView
	Strip      *stripView
	Trend      *trendView
}

func newView(p *Paper, how printing) (*view, error) {
	css, policy, err := styleSheet(p, how)
	if err != nil {
		return nil, err
	}
	v := &view{Paper: p, Policy: policy, Style: template.CSS(css), Body: blockViews(p.Body, textWide), Marks: how.Marks}
	if !p.Date.IsZero() {
		v.Day = day(p.Date)
	}
	if !p.Printed.IsZero() {
		v.Printed = day(p.Printed)
	}
	for i, a := range p.Appended {
		width := textWide
		if a.Wide {
			width = textTall
		}
		v.Appended = append(v.Appended, annexView{annexLabel(i, len(p.Appended)), a.Title, a.Wide, blockViews(a.Body, width)})
		v.OwnPage = a.Wide
	}
	return v, nil
}

func blockViews(body []Block, width int) []blockView {
	var out []blockView
	for _, b := range body {
		switch b := b.(type) {
		case Para:
			tag, class := tagOf(b)
			out = append(out, blockView{Para: &b, Tag: tag, Class: class})
		case Table:
			if columns(b) > 0 {
				out = append(out, blockView{Table: newTableView(b, width)})
			}
		case Bars:
			if len(b.Bars) > 0 {
				out = append(out, blockView{Bars: newBarsView(b, width)})
			}
		case Strip:
			if len(b.Cells) > 0 {
				out = append(out, blockView{Strip: newStripView(b, width)})
			}
		case Trend:
			if len(b.Points) > 0 {
				out = append(out, blockView{Trend: newTrendView(b, width)})
			}
		}
	}
	return out
}

// tagOf gives element and class of a paragraph: 一、 stands under the title.
func tagOf(p Para) (tag, class string) {
	tag = "p"
	if p.Level > Text && p.Level <= Fourth {
		tag = "h" + itoa(int(p.Level)+1)
	}
	switch {
	case p.Small:
		class = "small"
	case p.Flush:
		class = "flush"
	default:
		class = "text"
	}
	if longWord(p.Text) {
		class += " address"
	}
	return tag, class
}
