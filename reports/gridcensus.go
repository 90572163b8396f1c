package reports

import (
	"strings"

	"github.com/govsweep/govsweep"
)

var hostWords = map[govsweep.HostIPv6]string{govsweep.HostV6: "支持", govsweep.HostNoV6: "不支持", govsweep.HostUnknown: "未查到"}

// HostCensusGrid lists the hosts that pages load from, one a row.
func HostCensusGrid(list []govsweep.CensusHost) Grid {
	g := Grid{Name: "外部资源IPv6普查", Cols: []Col{
		{Title: "资源主机", Width: 32, Keep: true}, {Title: "IPv6", Width: 8}, {Title: "资源种类", Width: 18}, {Title: "引用网站", Width: 9, Right: true},
		{Title: "首页引用", Width: 9, Right: true}, {Title: "引用页面", Width: 9, Right: true}, {Title: "说明", Width: 40, Tell: true}, {Title: "主要网站", Width: 60, Wide: true},
	}}
	for i := range list {
		h := &list[i]
		g.Rows = append(g.Rows, []Cell{text(h.Host), text(hostWords[h.IPv6]), text(h.Kinds.Chinese()), count(h.Sites), count(h.Homes), count(h.Pages),
			text(h.Why), text(strings.Join(h.Examples, "、"))})
	}
	return g
}
