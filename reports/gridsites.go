package reports

import "github.com/govsweep/govsweep"

// siteStates are the filing states as lists print them; a row that says
// nothing counts as running.
var siteStates = map[govsweep.SiteState]string{
	"": "正常运行", govsweep.Running: "正常运行", govsweep.Suspended: "临时下线", govsweep.Closed: "关停", govsweep.Moved: "迁移",
}

// SitesGrid lists the sites of the register.
func SitesGrid(list []govsweep.Site) Grid {
	g := Grid{Name: "网站名录", Cols: []Col{
		{Title: "网站标识码", Width: 13, Keep: true}, {Title: "网站名称", Width: 26}, {Title: "主办单位", Width: 24}, {Title: "层级", Width: 7}, {Title: "首页网址", Width: 36, Tell: true}, {Title: "状态", Width: 9},
	}}
	for i := range list {
		s := &list[i]
		g.Rows = append(g.Rows, []Cell{text(orUnknown(s.Code)), text(s.Name), text(orUnknown(s.Host)), text(orUnknown(s.Level)), text(s.URL), text(siteStates[s.State])})
	}
	return g
}
