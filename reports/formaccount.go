package reports

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// accountForm are the words of forms that speak of a site, and what a paper
// about an account 政务新媒体 says in their place. Other words of a bureau stay.
var accountForm = strings.NewReplacer(
	"政府网站“{site}”", "政务新媒体账号“{site}”", "网站“{site}”", "账号“{site}”",
	"网站标识码{code}", "账号代码{code}", "网站标识码：{code}", "账号代码：{code}", "首页网址{url}", "账号链接{url}", "首页网址：{url}", "账号链接：{url}",
	"《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）", "《国务院办公厅关于推进政务新媒体健康有序发展的意见》（国办发〔2018〕123号）",
	"排查本网站的同类问题", "排查本单位政务新媒体的同类问题", "采集的网页内容", "信息来源的内容", "整改后的网页地址", "整改后的信息网址", "有关网页下线", "有关信息下线",
)

// of gives the form as a paper about this target words it.
func (f *Form) of(t govsweep.Target) (*Form, error) {
	if t.Kind != govsweep.AccountTarget {
		return f, nil
	}
	return ParseForm([]byte(accountForm.Replace(f.text)), f.ID)
}
