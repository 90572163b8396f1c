package sweep_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/govsweep/govsweep/crawler"
)

// TestColumnsBehindOneScriptAreAllRead inspects a site of the old kind: a
// menu without marks, every column an answer of list.asp, the first of them
// single articles without a list.
func TestColumnsBehindOneScriptAreAllRead(t *testing.T) {
	names := strings.Fields("县情概况 机构职能 领导简介 联系方式 历史沿革 地理位置 县内要闻 部门动态 通知公告 政策文件 政策解读 人事信息 规划计划 财政信息 统计数据 政府公报")
	page := func(name, body string) string {
		var menu strings.Builder
		for i, n := range names {
			fmt.Fprintf(&menu, "<TD><A href=/list.asp?id=%d>%s</A></TD>", i, n)
		}
		return "<HTML><HEAD><TITLE>某县人民政府</TITLE></HEAD><BODY><TABLE><TR>" + menu.String() + "</TR></TABLE><TABLE><TR><TD>当前位置：<A href=/>首页</A> &gt; " + name + "</TD></TR></TABLE>" + body + "</BODY></HTML>"
	}
	home, asked := counted(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		id := -1
		fmt.Sscanf(r.URL.RawQuery, "id=%d", &id)
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, page("首页", "<P>欢迎访问某县人民政府网站</P>"))
		case r.URL.Path == "/list.asp" && id >= 0 && id < 6:
			fmt.Fprint(w, page(names[id], strings.Repeat("<P>某县位于北部，辖区面积三千平方公里，现有人口二十万。</P>", 5)))
		case r.URL.Path == "/list.asp" && id >= 0 && id < len(names):
			fmt.Fprint(w, page(names[id], fmt.Sprintf("<TABLE><TR><TD><A href=/show.asp?id=%d1>关于做好第%d项工作的通知</A></TD><TD>2026-11-01</TD></TR><TR><TD><A href=/show.asp?id=%d2>关于报送第%d项材料的通知</A></TD><TD>2026-10-01</TD></TR></TABLE>", id, id, id, id)))
		case r.URL.Path == "/show.asp":
			fmt.Fprint(w, page("正文", fmt.Sprintf("<H1>关于做好第%d项工作的通知</H1><P>发布时间：2026-11-01</P><P>%s</P>", id, strings.Repeat(fmt.Sprintf("第%d项工作由牵头单位负责，各单位配合。", id), 9))))
		default:
			http.NotFound(w, r)
		}
	}))
	newWorld(t, sqlite(t), crawler.Options{}).inspect(home)
	got := asked()
	for i, n := range names {
		if got[fmt.Sprintf("/list.asp?id=%d", i)] == 0 {
			t.Errorf("the column %s was not read", n)
		}
	}
}
