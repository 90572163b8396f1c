package main

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// fileDays are the days a file of posts is said to speak of.
type fileDays struct {
	from, through time.Time // ends of days; zero: not said
	now           time.Time // end of the day of the import: nothing is of later
}

// firstPlatform is the year before which no account was opened.
const firstPlatform = 2009

// days reads --from and --through. A day that is still to come, or that no
// account can speak of, is refused: a mistyped year would prove silence.
func (c *importPostsCmd) days(now time.Time) (d fileDays, err error) {
	d.now = govsweep.EndOfDay(now)
	if d.through, err = c.day(c.Through, "--through", d.now); err != nil {
		return d, err
	}
	if d.from, err = c.day(c.Since, "--from", d.now); err != nil {
		return d, err
	}
	if !d.through.IsZero() && d.from.After(d.through) {
		return d, wrongUse("--from（%s）在 --through（%s）之后，请核对", govsweep.ChineseDate(d.from), govsweep.ChineseDate(d.through))
	}
	return d, nil
}

func (c *importPostsCmd) day(s, flag string, now time.Time) (time.Time, error) {
	t, err := dayEnd(s, flag)
	switch {
	case err != nil || s == "":
		return t, err
	case t.After(now):
		return t, wrongUse("%s “%s”在%s之后，请核对年份：文件不能反映尚未到来的日子", flag, s, govsweep.ChineseDate(now))
	case t.Year() < firstPlatform:
		return t, wrongUse("%s “%s”早于%d年，当时还没有政务新媒体，请核对年份", flag, s, firstPlatform)
	}
	return t, nil
}

// early says what is wrong with the day of a post of an account; "" for nothing.
func (d fileDays) early(a *govsweep.Account, at time.Time) string {
	switch day := govsweep.DateOf(at); {
	case at.After(d.now):
		return "发布时间" + govsweep.ChineseDate(at) + "在" + govsweep.ChineseDate(d.now) + "之后，请核对年份"
	case a != nil && a.Opened != "" && day < a.Opened:
		return "发布时间" + govsweep.ChineseDate(at) + "早于账号的开设日期" + govsweep.ChineseDay(a.Opened) + "，请核对"
	}
	return ""
}

// oneAccount finds the account a person named: by its code, else by a number
// that only one account has.
func oneAccount(all []govsweep.Account, named string) (govsweep.Account, error) {
	var fit []govsweep.Account
	for i := range all {
		if string(all[i].ID) == named {
			return all[i], nil
		}
		if all[i].Number != "" && strings.TrimRight(all[i].Number, "=") == strings.TrimRight(named, "=") {
			fit = append(fit, all[i])
		}
	}
	switch len(fit) {
	case 0:
		return govsweep.Account{}, wrongUse("账号名录中没有“%s”，请先用 govsweep import accounts 导入；账号代码见 govsweep accounts list", named)
	case 1:
		return fit[0], nil
	}
	var codes []string
	for i := range fit {
		codes = append(codes, string(fit[i].ID))
	}
	slices.Sort(codes)
	return govsweep.Account{}, wrongUse("账号ID“%s”在名录中有%d个账号，请写账号代码：%s", named, len(fit), strings.Join(codes, "、"))
}
