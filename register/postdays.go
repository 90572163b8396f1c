package register

import (
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// FileDays are the days a file of posts is said to speak of.
type FileDays struct {
	From, Through time.Time // ends of days; zero: not said
	Now           time.Time // end of the day of the import: nothing is of later
}

// Early says what is wrong with the day of a post of an account, nil where that
// is not known; "" for nothing.
func (d FileDays) Early(a *govsweep.Account, at time.Time) string {
	switch day := govsweep.DateOf(at); {
	case at.After(d.Now):
		return "发布时间" + govsweep.ChineseDate(at) + "在" + govsweep.ChineseDate(d.Now) + "之后，请核对年份"
	case a != nil && a.Opened != "" && day < a.Opened:
		return "发布时间" + govsweep.ChineseDate(at) + "早于账号的开设日期" + govsweep.ChineseDay(a.Opened) + "，请核对"
	}
	return ""
}

// FindAccount finds the account a person named: by its code, else by a number
// that only one account has.
func FindAccount(all []govsweep.Account, named string) (govsweep.Account, error) {
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
		return govsweep.Account{}, wrong(nil, "账号名录中没有“%s”，请先用 govsweep import accounts 导入；账号代码见 govsweep accounts list", named)
	case 1:
		return fit[0], nil
	}
	var codes []string
	for i := range fit {
		codes = append(codes, string(fit[i].ID))
	}
	slices.Sort(codes)
	return govsweep.Account{}, wrong(nil, "账号ID“%s”在名录中有%d个账号，请写账号代码：%s", named, len(fit), strings.Join(codes, "、"))
}
