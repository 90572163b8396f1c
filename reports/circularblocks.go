package reports

// listFigures lays out what was supplied beside the sweep of sites.
func (c *Circular) listFigures() {
	c.listAccounts()
	f := c.in.Figures
	if b := f.IPv6; b != nil {
		l := c.newList("IPv6改造情况", Col{Title: "名称", Width: 24}, Col{Title: "检测网站", Width: 9, Right: true}, Col{Title: "首页支持", Width: 9, Right: true},
			Col{Title: "二级链接支持率（%）", Width: 12, Right: true}, Col{Title: "三级链接支持率（%）", Width: 12, Right: true})
		l.Source, c.tables.ipv6 = clean(b.Source), l
		for _, r := range b.Rows {
			l.add(text(orUnknown(r.Name)), intCell(r.Sites), intCell(r.Home), floatCell(r.Second), floatCell(r.Third))
		}
	}
	if b := f.Interpretations; b != nil {
		l := c.newList("政策解读情况", Col{Title: "名称", Width: 24}, Col{Title: "解读稿件", Width: 9, Right: true}, Col{Title: "非文字形式", Width: 10, Right: true})
		l.Source, c.tables.readings = clean(b.Source), l
		for _, r := range b.Rows {
			l.add(text(orUnknown(r.Name)), intCell(r.Items), intCell(r.NonText))
		}
	}
	if b := f.Messages; b != nil {
		l := c.newList("网民找错留言办理情况", Col{Title: "名称", Width: 24}, Col{Title: "收到留言", Width: 9, Right: true}, Col{Title: "按期办结", Width: 9, Right: true})
		l.Source, c.tables.messages = clean(b.Source), l
		for _, r := range b.Rows {
			l.add(text(orUnknown(r.Name)), intCell(r.Received), intCell(r.InTime))
		}
	}
}

func (c *Circular) listAccounts() {
	a := c.in.Figures.Accounts
	if a == nil {
		return
	}
	l := c.newList("政务新媒体检查情况", Col{Title: "平台", Width: 16}, Col{Title: "在册账号", Width: 9, Right: true}, Col{Title: "检查账号", Width: 9, Right: true},
		Col{Title: "合格", Width: 8, Right: true}, Col{Title: "不合格", Width: 8, Right: true}, Col{Title: "已评定", Width: 8, Right: true},
		Col{Title: "待核", Width: 8, Right: true}, Col{Title: "合格率", Width: 10, Right: true})
	l.Source, c.tables.accounts = clean(a.Source), l
	for _, p := range a.Platforms {
		rate, decided := unknown, (*int)(nil)
		if p.Qualified != nil && p.Unqualified != nil {
			sum := *p.Qualified + *p.Unqualified
			if decided = &sum; sum > 0 {
				rate = percentText(float64(*p.Qualified), float64(sum))
			}
		}
		l.add(text(orUnknown(p.Name)), intCell(p.Registered), intCell(p.Checked), intCell(p.Qualified), intCell(p.Unqualified), intCell(decided), intCell(p.Undecided), text(rate))
	}
	n := c.newList("不合格政务新媒体名单", Col{Title: "账号名称", Width: 26}, Col{Title: "平台", Width: 14}, Col{Title: "主办单位", Width: 26}, Col{Title: "情形", Width: 9}, Col{Title: "问题描述", Width: 50})
	n.Source, c.tables.accountFaults = clean(a.Source), n
	for _, word := range []string{"不合格", "存在问题"} {
		faults := a.Unqualified
		if word != "不合格" {
			faults = a.Faults
		}
		for _, f := range faults {
			n.add(text(orUnknown(f.Account)), text(orUnknown(f.Platform)), text(orUnknown(f.Host)), text(word), text(cut(f.Fault, 300)))
		}
	}
}

func intCell(n *int) Cell {
	if n == nil {
		return text(unknown)
	}
	return count(*n)
}

func floatCell(v *float64) Cell {
	if v == nil {
		return text(unknown)
	}
	return Cell{Text: decimalText(*v), Number: *v, IsNum: true}
}
