package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// fine says that a column is neither blank nor stale, though it looks so.
func (s *site) fine(c *column, text string) {
	if c == nil {
		return
	}
	c.planted = true
	s.alike(columnBlank, c, text)
	s.alike(columnStale, c, text)
	if s.portal() {
		s.alike("other-column-blank", c, text)
	}
}

// columnEdges are columns that tempt to a wrong word.
func columnEdges(s *site, r *rand.Rand) {
	s.aged(s.column("bmdt"), 14)
	s.fine(s.column("bmdt"), "最新信息恰好在14天前")
	s.ageToMonths(s.column("rsxx"), 12)
	s.fine(s.column("rsxx"), "最新信息恰好在12个月前")
	s.pinOld(s.column("zjdt"))
	s.fine(s.column("zjdt"), "首行为置顶旧信息，次行为新信息")
	s.set("tpxw", tabList, "列表在隐藏的标签页内")
	s.set("gzdt", frameList, "列表在iframe内")
	s.set("zdxm", scriptList, "列表由无法识别的脚本输出")
	s.set("zfcg", outsideList, "栏目只链接到其他网站")
	s.set("jyta", loginForm, "栏目需登录后查看")
	s.set("snbt", closedNote, "栏目已公告停止更新")
	s.column("zfxxgk").mode = emptyParent
	s.fine(s.column("zfxxgk"), "上级栏目无列表，下级栏目有内容")
	c := s.column("wgjy")
	c.prose = "目前暂无大规模招聘安排，个别岗位信息见下列公告。"
	s.fine(c, "正文中出现“暂无”字样")
	s.undate(s.column("tzgg"))
	s.fine(s.column("tzgg"), "列表不显示日期，日期在内容页")
	s.fine(s.column("lswh"), "静态栏目")
	s.fine(s.column("ysqgk"), "静态栏目")
}

func (s *site) set(slug string, m listMode, text string) {
	if c := s.column(slug); c != nil {
		c.mode = m
		switch m {
		case outsideList, loginForm, closedNote, scriptList:
			c.items = nil
		}
		s.fine(c, text)
	}
}

func (s *site) undate(c *column) {
	c.undated = true
}

// ageToMonths puts the newest item on the day n months before the check point.
func (s *site) ageToMonths(c *column, n int) {
	limit := govsweep.MonthsBefore(s.farm.opt.AsOf, n)
	s.aged(c, govsweep.DaysBetween(limit, s.farm.opt.AsOf))
}

// pinOld puts an old item first.
func (s *site) pinOld(c *column) {
	old := s.add(c, "关于"+c.name+"栏目信息报送要求的说明", s.ago(s.dice("pin"), 500))
	old.pinned = true
	n := len(c.items) - 1
	copy(c.items[1:], c.items[:n])
	c.items[0] = old
}

// columnTroubles makes the server stand in the way of single columns.
func columnTroubles(s *site, r *rand.Rand) {
	for _, k := range []struct {
		slug string
		t    trouble
	}{{"bmdt", challenged}, {"xzcf", cutShort}, {"zfcg", forbidden}, {"zjdt", busyOnce}, {"ghjh", slowAnswer}, {"wgjy", redirectLoop}, {"snbt", garbled}} {
		c, t := s.column(k.slug), k.t
		c.trouble = t
		c.mode = plainList
		s.fine(c, "栏目未能读取或暂时受阻，不得认定空白、超期")
		if t == redirectLoop || t == garbled {
			s.tolerateWide("home-link-broken", "栏目首页循环跳转或无法解码")
			s.tolerateWide(innerLinkDead, "栏目首页循环跳转或无法解码")
		}
	}
	c := s.column("xzcf")
	c.items = nil
	s.blank(r, 1)
}

// duties are periodic duties a portal missed.
func duties(s *site, r *rand.Rand) {
	s.aged(s.column("bstj"), between(r, 110, 200))
	s.aged(s.column("lyxd"), between(r, 75, 150))
	s.column("lyxd").statistics = false
	s.tolerate("letters-statistics-missing", s.column("lyxd"), "未公开受理反馈统计数据，是否机查未定")
	s.column("zjdc").items = s.column("zjdc").items[:between(r, 2, 4)]
	fiscal := s.column("czsz")
	k := between(r, 3, 7)
	fiscal.items = append(fiscal.items[:k:k], fiscal.items[k+1:]...)
	s.plant("fiscal-monthly", fiscal, "财政收支缺少一个月")
	topic := s.column("yshj")
	topic.phone = ""
	s.plant("topic-phone", topic, "专题未公布咨询、监督电话")
	late := s.home.form.item.at
	s.setForm(time.Date(late.Year(), 3, between(r, 2, 25), 10, 0, 0, 0, govsweep.Shanghai))
	s.plant("yearly-form-late", s.home.form.item, "年度报表晚于1月31日发布", "/")
}

// dutyEdges are the same duties, met at the last moment.
func dutyEdges(s *site, r *rand.Rand) {
	late := s.home.form.item.at
	s.setForm(time.Date(late.Year(), 1, 31, 17, 30, 0, 0, govsweep.Shanghai))
	s.alike("yearly-form-late", s.home.form.item, "年度报表在1月31日当天发布")
	s.alike("yearly-form-late", "/", "年度报表在1月31日当天发布")
	s.ageToMonths(s.column("bstj"), 3)
	s.alike("service-statistics-stale", s.column("bstj"), "恰好3个月")
	s.ageToMonths(s.column("lyxd"), 2)
	s.alike("letters-stale", s.column("lyxd"), "恰好2个月")
	s.column("zjdc").items = s.column("zjdc").items[:6]
	s.alike("survey-too-few", s.column("zjdc"), "1年内恰好6次")
	joinMonths(s.column("czsz"))
	s.alike("fiscal-monthly", s.column("czsz"), "1—2月合并公开")
	s.ageToMonths(s.column("zcjd"), 6)
	s.alike("interpretation-column-stale", s.column("zcjd"), "恰好6个月")
	s.alike("topic-phone", s.column("yshj"), "专题公布了电话")
	c := s.column("zjdt")
	c.yearless = true
	s.fine(c, "列表日期不带年份")
	old := s.column("bmdt")
	old.yearless = true
	s.shift(old, -365)
}

// joinMonths publishes January and February in one, as most bodies do.
func joinMonths(c *column) {
	var keep []*item
	for _, it := range c.items {
		switch {
		case strings.Contains(it.title, "年1月"):
			continue
		case strings.Contains(it.title, "年2月"):
			it.title = strings.Replace(it.title, "年2月", "年1—2月", 1)
		}
		keep = append(keep, it)
	}
	c.items = keep
}

// homeEdges is a home page whose fresh items stand in the second tab.
func homeEdges(s *site, r *rand.Rand) {
	if r.IntN(2) == 0 {
		s.home.secondTab = true
		s.alike("home-stale-veto", "/", "新信息在首页隐藏的第二个标签页内")
	} else {
		s.home.exactly14 = true
		s.aged(s.column("ywdt"), 14)
		s.fine(s.column("ywdt"), "最新信息恰好在14天前")
		s.alike("home-stale-veto", "/", "首页最新信息恰好在14天前")
	}
	s.home.undated = r.IntN(2) == 0
	s.home.links = append(s.home.links,
		`<div class="fx"><a href="#" onclick="addFavorite()">收藏本站</a> <a href="javascript:void(0)" onclick="setHome()">设为首页</a></div>`,
		`<ul class="dept" style="display:none"><li><a href="/wzdt.html">部门导航</a></li></ul>`)
	s.alike("link-empty", "/", "#链接绑定了点击事件")
	s.alike("link-hidden", "/", "隐藏菜单内是站内链接")
}

// futureHome shows nothing new but items dated in the future.
func (s *site) futureHome(r *rand.Rand) {
	s.home.futureOnly = true
	for _, slug := range []string{"ywdt", "tzgg"} {
		c := s.column(slug)
		it := s.add(c, newsTitle(r, s.region)+"预告", s.ago(r, -between(r, 20, 90)))
		it.future = true
		n := len(c.items) - 1
		copy(c.items[1:], c.items[:n])
		c.items[0] = it
		for _, code := range []govsweep.IndicatorCode{"tag-pub-date", "publish-time-missing", "tag-value-mismatch"} {
			s.tolerate(code, it, "日期晚于监测时间点，可作错误日期提示")
		}
	}
}

// homeLinks plants dead, empty and hidden links on the home page.
func homeLinks(s *site, r *rand.Rand) {
	dead := []string{"/zt/gone-" + digits(r, 5) + ".html", abroad(goneHost, "/"), abroad(noSuchHost, "/")}
	for i, d := range dead {
		s.home.links = append(s.home.links, fmt.Sprintf(`<div class="lk"><a href="%s">友情链接%d</a></div>`, d, i+1))
		s.plant("home-link-broken", d, "首页失效链接", "/")
	}
	s.tolerateWide(innerLinkDead, "首页链接是否另计其他页面，文件未明确")
	s.home.links = append(s.home.links, `<div class="lk"><a href="#">便民查询</a></div>`, `<div class="lk"><a href="">数据开放</a></div>`)
	s.plant("link-empty", "/", "首页空链")
	s.home.links = append(s.home.links, fmt.Sprintf(`<div style="position:absolute;left:-9999px;"><a href="%s">娱乐平台</a></div>`, abroad(casinoHost, "/")))
	s.plant("link-hidden", "/", "首页暗链", abroad(casinoHost, "/"))
}
