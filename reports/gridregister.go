package reports

import (
	"io"
	"slices"

	"github.com/govsweep/govsweep"
)

// RegisterKindName is the word people read for a kind of difference.
func RegisterKindName(k govsweep.RegisterKind) string {
	switch k {
	case govsweep.NameGone:
		return "域名不存在"
	case govsweep.NameEmpty:
		return "域名无地址"
	case govsweep.SiteParked:
		return "域名停放"
	case govsweep.SiteMoved:
		return "转向他处"
	case govsweep.CodeDiffers:
		return "标识码不符"
	case govsweep.TitleDiffers:
		return "名称不符"
	case govsweep.OwnerDiffers:
		return "主办单位不符"
	case govsweep.Unregistered:
		return "疑似未登记"
	case govsweep.LinkedStranger:
		return "名录以外"
	}
	return "未能核查"
}

// RegisterGrid lists the differences between a register and a sweep.
func RegisterGrid(notes []govsweep.RegisterNote) Grid {
	g := Grid{Name: "名录核查", Cols: []Col{
		{Title: "类别", Width: 12, Keep: true}, {Title: "网站标识码", Width: 13, Wide: true}, {Title: "网站名称", Width: 26, Wide: true}, {Title: "域名", Width: 30},
		{Title: "名录所载", Width: 30, Wide: true}, {Title: "实际所见", Width: 30, Wide: true}, {Title: "情况", Width: 60, Tell: true},
		{Title: "链接网站数", Width: 10, Right: true, Wide: true}, {Title: "链接页数", Width: 9, Right: true, Wide: true}, {Title: "所在页面", Width: 60, Wide: true},
	}}
	for i := range notes {
		n := &notes[i]
		from := text(n.From...)
		g.Rows = append(g.Rows, []Cell{text(RegisterKindName(n.Kind)), text(orUnknown(n.Target.Code)), text(orUnknown(n.Target.Name)), text(n.Host),
			text(n.Listed), text(n.Seen), text(n.Summary), count(n.Sites), count(n.Pages), from})
	}
	return g
}

// RegisterLines writes the differences, one object a line.
func RegisterLines(w io.Writer, notes []govsweep.RegisterNote) error { return JSONLines(w, notes) }

// registerView is the block of a sweep's overview.
type registerView struct {
	Summary string
	Looked  bool // at a site at least: else nothing was compared
	Rows    []registerRow
	More    int
}

type registerRow struct{ Kind, Site, Host, Summary string }

// shownNotes is how many differences an overview prints.
const shownNotes = 200

// registerOf gives the block of an overview; nil where the register was not
// compared. A sweep that has judged no site says that nothing was compared.
func registerOf(o *Overview) *registerView {
	notes := o.Register
	if !o.Compared {
		return nil
	}
	if !slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Verdict != nil }) {
		return &registerView{Summary: "本次检查没有检查到任何网站，名录未核查。"}
	}
	n := map[govsweep.RegisterKind]int{}
	v := &registerView{Looked: true}
	for i := range notes {
		n[notes[i].Kind]++
		if len(v.Rows) == shownNotes {
			v.More++
			continue
		}
		v.Rows = append(v.Rows, registerRow{RegisterKindName(notes[i].Kind), clean(notes[i].Target.Name), clean(notes[i].Host), clean(notes[i].Summary)})
	}
	v.Summary = "域名不存在" + number(n[govsweep.NameGone]) + "个，无地址" + number(n[govsweep.NameEmpty]) + "个，停放" + number(n[govsweep.SiteParked]) +
		"个，转向其他域名" + number(n[govsweep.SiteMoved]) + "个，标识码不符" + number(n[govsweep.CodeDiffers]) + "个，名称不符" + number(n[govsweep.TitleDiffers]) +
		"个，主办单位不符" + number(n[govsweep.OwnerDiffers]) + "个；链接所及而名录未登记的域名" +
		number(n[govsweep.Unregistered]) + "个，另有名录单位域名以外的" + number(n[govsweep.LinkedStranger]) + "个；未能核查" + number(n[govsweep.RegisterUnread]) + "个。"
	return v
}
