package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestAPaperAboutAnAccountWithoutAnAddressNamesNone(t *testing.T) {
	c := confirmedCase()
	c.Site = govsweep.Site{ID: "wechat:gh_1", Code: "wechat:gh_1", Name: "某某发布", Host: "某某市政府办公室", Media: govsweep.WeChat}
	one := c.Findings[2]
	one.URL, one.Pages, one.Column, one.Target = "", nil, nil, c.Site.Target()
	c.Findings = []govsweep.Finding{one}
	f := general(t)
	n := draft(t, c, f)
	text := dump(reports.NoticePaper(n, f))
	for _, wrong := range []string{"网址：。", "网站标识码：", "网站名称："} {
		if strings.Contains(text, wrong) {
			t.Errorf("%q stands in the paper", wrong)
		}
	}
	if !strings.Contains(text, "账号代码：wechat:gh_1") {
		t.Error("the account is not named")
	}
}
