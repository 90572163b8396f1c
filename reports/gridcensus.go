package reports

import (
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
)

var hostWords = map[govsweep.HostIPv6]string{govsweep.HostV6: "支持", govsweep.HostNoV6: "不支持", govsweep.HostGone: "域名不存在", govsweep.HostUnknown: "未查到"}

// HostCensusLine says how many of the hosts of a census do without IPv6; a
// host that does not exist is counted apart.
func HostCensusLine(list []govsweep.CensusHost) string {
	n := map[govsweep.HostIPv6]int{}
	for i := range list {
		n[list[i].IPv6]++
	}
	return fmt.Sprintf("%d个，其中不支持IPv6的%d个，%s未查到的%d个。", len(list), n[govsweep.HostNoV6], goneWords(n[govsweep.HostGone]), n[govsweep.HostUnknown])
}

// HostCensusGrid lists the hosts that pages load from, one a row.
func HostCensusGrid(list []govsweep.CensusHost) Grid {
	g := Grid{Name: "外部资源IPv6普查", Cols: []Col{
		{Title: "资源主机", Width: 32, Keep: true}, {Title: "IPv6", Width: 10}, {Title: "资源种类", Width: 18}, {Title: "引用网站", Width: 9, Right: true},
		{Title: "首页引用", Width: 9, Right: true}, {Title: "引用页面", Width: 9, Right: true}, {Title: "说明", Width: 40, Tell: true}, {Title: "主要网站", Width: 60, Wide: true},
	}}
	for i := range list {
		h := &list[i]
		g.Rows = append(g.Rows, []Cell{text(h.Host), text(hostWords[h.IPv6]), text(h.Kinds.Chinese()), count(h.Sites), count(h.Homes), count(h.Pages),
			text(h.Why), text(strings.Join(h.Examples, "、"))})
	}
	return g
}
