package facts

import "github.com/govsweep/govsweep"

// missing says, kind by kind, what could not be measured and why. What was
// looked at and found absent is not missing.
func (f *Folder) missing(d *Dossier) map[FactKind]string {
	m := make(map[FactKind]string)
	note := func(kind FactKind, missing bool, why string) {
		if missing {
			m[kind] = why
		}
	}
	noPage := "本次检查没有读到网站的任何内容页面"
	homeWhy := "首页未能读取：" + firstOf(d.Home.Cause, d.Home.Unread, "没有收到服务器的应答")
	read := d.Home.Reached && d.Home.Response == govsweep.Content
	note(KindHome, !read, homeWhy)
	note(KindColumns, len(d.Columns) == 0 && !read, "首页未能读取，无法得到网站的栏目清单")
	note(KindListings, len(d.Columns) > 0 && allUnread(d.Columns), "网站的栏目均未能读取")
	note(KindListings, len(d.Columns) == 0 && !read, "没有得到网站的栏目清单，栏目内容未检查")
	note(KindHeadTags, f.content == 0, noPage)
	note(KindMetadata, f.content == 0, noPage)
	note(KindArticles, f.content == 0, noPage)
	note(KindArticles, f.content > 0 && d.Articles.Articles == 0 && f.articles.met > 0, "本次检查没有读到任何内容页")
	note(KindMarks, f.marks.nowhere(), "页脚标识由脚本生成或未能读取")
	note(KindMarks, f.content == 0, noPage)
	note(KindLinks, f.content == 0, noPage)
	note(KindRegister, d.Site.Code == "" && d.Site.Kind == govsweep.UnknownSite, "备案登记表中没有该网站的信息")
	note(KindSoft404, !d.Soft404.Asked, "未能测试不存在的地址："+firstOf(f.soft404.why, "本次检查没有访问"))
	if len(m) == 0 {
		return nil
	}
	return m
}

func allUnread(cs []govsweep.ColumnActivity) bool {
	for i := range cs {
		if cs[i].Unread == "" {
			return false
		}
	}
	return true
}

// nowhere says that no foot was read: the home page's is drawn by script or
// was not read, and no other page's was.
func (m *marksFold) nowhere() bool {
	return m.other == nil && (m.home == nil || m.home.MarksUnread)
}
