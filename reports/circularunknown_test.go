package reports_test

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestTheCircularSaysOnceWhyNumbersOfPlatformsAreNotKnown(t *testing.T) {
	t.Parallel()
	in := quarter()
	n, none := func(n int) *int { return &n }, new(int)
	platform := func(name string) reports.AccountPlatform {
		return reports.AccountPlatform{Name: name, Registered: n(2), Checked: n(2), Qualified: none, Unqualified: none, Undecided: n(2)}
	}
	in.Figures.Accounts = &reports.AccountFigures{Sweep: 41, AsOf: time.Date(2026, 8, 20, 10, 0, 0, 0, govsweep.Shanghai),
		Platforms: []reports.AccountPlatform{platform("微信公众号"), platform("微博"), platform("抖音")}}
	c, f := newCircular(t, in, reports.VetoStyle)
	text := bodyText(reports.CircularPaper(c, f))
	at := strings.Index(text, "政务新媒体数据取自第41次检查（监测时间点2026年8月20日）。")
	if at < 0 {
		t.Fatal("the sweep that was taken is not named:", text)
	}
	para, _, _ := strings.Cut(text[at:], "\n")
	if strings.Count(para, "未提供、未测得或为零") != 1 || !strings.Contains(para, "微信公众号合格率、微博合格率、抖音合格率：") {
		t.Error(para)
	}
}
