package reports

import "github.com/govsweep/govsweep"

// AlarmGrid lists alarms.
func AlarmGrid(list []govsweep.Alarm) Grid {
	g := Grid{Name: "报警", Cols: []Col{{Title: "报警", Width: 18}, {Title: "对象", Width: 16}, {Title: "机器", Width: 14}, {Title: "自", Width: 18, Keep: true}, {Title: "严重", Width: 6}, {Title: "情况", Width: 50, Tell: true}}}
	for i := range list {
		a := &list[i]
		severe := ""
		if a.Kind.Severe() {
			severe = "是"
		}
		g.Rows = append(g.Rows, []Cell{text(a.Kind.Word()), text(orText(a.Subject, "—")), text(orText(a.Host, "全部")), text(minute(a.Bad)), text(severe), text(a.Say)})
	}
	return g
}

// AlarmMessageGrid lists messages about alarms.
func AlarmMessageGrid(list []govsweep.AlarmMessage) Grid {
	g := Grid{Name: "报警消息", Cols: []Col{{Title: "时间", Width: 18, Keep: true}, {Title: "渠道", Width: 12}, {Title: "消息", Width: 6}, {Title: "标题", Width: 40, Tell: true}, {Title: "发送", Width: 40, Tell: true}}}
	for i := range list {
		m := &list[i]
		came := "等待发送"
		switch {
		case m.GivenUp:
			came = "已放弃：" + m.Fault
		case !m.Sent.IsZero():
			came = "已发出 " + minute(m.Sent)
		case m.Tries > 0:
			came = "等待重发，已试" + number(m.Tries) + "次：" + m.Fault
		}
		g.Rows = append(g.Rows, []Cell{text(minute(m.At)), text(m.Channel), text(m.Change.Word()), text(m.Title), text(came)})
	}
	return g
}
