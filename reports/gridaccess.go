package reports

import (
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// UserGrid lists users for people.
func UserGrid(users []govsweep.User) Grid {
	g := Grid{Name: "用户", Cols: []Col{{Title: "用户名", Width: 20}, {Title: "角色", Width: 14}, {Title: "主办单位", Width: 40}, {Title: "状态", Width: 8}, {Title: "建立时间", Width: 18}}}
	for i := range users {
		u, state := &users[i], "正常"
		if u.Disabled {
			state = "停用"
		}
		g.Rows = append(g.Rows, []Cell{text(u.Name), text(u.Role.Word()), text(strings.Join(u.Units, "、")), text(state), text(minute(u.Created))})
	}
	return g
}

// TokenGrid lists access tokens for people, as they stand now.
func TokenGrid(tokens []govsweep.AccessToken, now time.Time) Grid {
	g := Grid{Name: "访问令牌", Cols: []Col{{Title: "编号", Width: 14, Keep: true}, {Title: "用户", Width: 16}, {Title: "用途", Width: 30}, {Title: "范围", Width: 8}, {Title: "有效期至", Width: 18}, {Title: "状态", Width: 8}}}
	for i := range tokens {
		k, state := &tokens[i], "有效"
		switch {
		case !k.Revoked.IsZero():
			state = "已撤销"
		case !now.Before(k.Expires):
			state = "已过期"
		}
		g.Rows = append(g.Rows, []Cell{text(k.ID), text(k.User), text(k.Name), text(string(k.Scope)), text(minute(k.Expires)), text(state)})
	}
	return g
}

// AuditGrid lists lines of the audit log for people.
func AuditGrid(lines []govsweep.AuditLine) Grid {
	g := Grid{Name: "审计日志", Cols: []Col{{Title: "行", Width: 8, Right: true}, {Title: "时间", Width: 20, Keep: true}, {Title: "人员", Width: 14}, {Title: "来源", Width: 16}, {Title: "事项", Width: 18}, {Title: "对象", Width: 24}, {Title: "内容", Width: 40, Tell: true}, {Title: "摘要", Width: 64, Wide: true}}}
	for i := range lines {
		l := &lines[i]
		g.Rows = append(g.Rows, []Cell{count(int(l.Seq)), text(l.At.In(govsweep.Shanghai).Format("2006-01-02 15:04:05")), text(orText(l.By, "程序")), text(l.Via),
			text(l.EventWord()), text(l.Subject), text(l.Detail), text(l.Digest)})
	}
	return g
}
