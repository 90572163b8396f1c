package reports

import "fmt"

func (c *Circular) countAccounts() {
	l := c.tables.accounts
	if l == nil {
		return
	}
	all := l.all()
	c.sum("accounts.registered", "在册政务新媒体", "个", l, "在册账号", all)
	c.sum("accounts.checked", "检查政务新媒体", "个", l, "检查账号", all)
	c.sum("accounts.qualified", "合格政务新媒体", "个", l, "合格", all)
	c.sum("accounts.unqualified", "不合格政务新媒体", "个", l, "不合格", all)
	c.sum("accounts.undecided", "待核政务新媒体", "个", l, "待核", all)
	c.shareOf("accounts.rate", "政务新媒体合格率", l, "合格", "已评定", all)
	for i, p := range c.in.Figures.Accounts.Platforms {
		key, name, row := fmt.Sprintf("accounts.%d", i+1), notedOr(p.Name, "未注明平台"), []int{i + 1}
		c.sum(key+".checked", name+"检查账号", "个", l, "检查账号", row)
		c.shareOf(key+".rate", name+"合格率", l, "合格", "已评定", row)
	}
}

func (c *Circular) countFigures() {
	if l := c.tables.ipv6; l != nil {
		c.sum("ipv6.sites", "IPv6检测网站", "个", l, "检测网站", l.all())
		c.sum("ipv6.home", "首页支持IPv6访问的网站", "个", l, "首页支持", l.all())
		c.shareOf("ipv6.rate", "首页IPv6支持率", l, "首页支持", "检测网站", l.all())
	}
	if l := c.tables.readings; l != nil {
		c.sum("readings.items", "发布政策解读稿件", "篇", l, "解读稿件", l.all())
		c.sum("readings.nontext", "其中图解、音视频等非文字形式", "篇", l, "非文字形式", l.all())
		c.shareOf("readings.share", "非文字形式解读占比", l, "非文字形式", "解读稿件", l.all())
	}
	if l := c.tables.messages; l != nil {
		c.sum("messages.received", "收到网民找错留言", "件", l, "收到留言", l.all())
		c.sum("messages.intime", "按期办结网民找错留言", "件", l, "按期办结", l.all())
		c.shareOf("messages.rate", "找错留言按期办结率", l, "按期办结", "收到留言", l.all())
	}
}

// countHistory gives the figures of the last period, as they stand now.
func (c *Circular) countHistory() {
	l := c.tables.history
	if l == nil {
		return
	}
	row := []int{len(l.Grid.Rows) - 1} // the last row is this period
	c.shareOf("past.rate", "上期网站合格率", l, "合格", "已作结论", row)
	c.sum("past.decided", "上期已作结论的网站", "个", l, "已作结论", row)
	c.sum("past.open", "上期待核和未能检查的网站", "个", l, "待核和未能检查", row)
}
