package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/sweep"
)

// crawlFlags are the limits and the politeness of a crawl.
type crawlFlags struct {
	MaxPages        int      `help:"每个网站最多读取的页面数，-1为不限。默认1000。" placeholder:"数"`
	MaxAttachments  int      `help:"每个网站最多检查的附件数，-1为不检查。默认300。" placeholder:"数"`
	MaxImages       int      `help:"每个网站最多检查的图片数，-1为不检查。默认300。" placeholder:"数"`
	MaxProbes       int      `help:"每个网站最多检查的外部链接数，-1为不检查。默认500。" placeholder:"数"`
	Rate            float64  `help:"对同一主机每秒的请求数，-1为不限。默认2。" placeholder:"数"`
	Parallel        int      `help:"对同一主机同时进行的请求数。默认2。" placeholder:"数"`
	Contact         string   `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
	RobotsAuthority string   `help:"依据该单位的监管职责检查robots.txt不允许采集的页面，写明单位名称。" placeholder:"单位"`
	Window          string   `help:"允许采集的时段，如 22:00-06:00（北京时间）。" placeholder:"时段"`
	NoRender        bool     `help:"不使用浏览器。本版本不使用浏览器，需要浏览器的页面记为未读。"`
	NoEvidence      bool     `help:"不留存证据（仅供测量使用）。"`
	Rulebook        string   `help:"评分规则的名称或文件。默认 gov-2019-19。" placeholder:"规则"`
	Control         []string `help:"对照网站首页地址，可重复：已知正常的网站，检查前、检查中、检查后各访问一次，打不开说明本机网络可能有问题。" placeholder:"网址"`
	IPv6            bool     `name:"ipv6" help:"检查之前先测量IPv6支持情况（见 probe ipv6），以 --control 所列能通过IPv6打开的网站证明本机IPv6正常。"`
	FailOn          string   `help:"发现不低于该级别的问题时退出码为1：veto、deduction、norm、none。" default:"veto" enum:"veto,deduction,norm,none" placeholder:"级别"`
	Stats           string   `help:"把本次检查的开销写入该文件（JSON）。" placeholder:"文件" type:"path"`
	Out             string   `help:"把报告写入该目录。" placeholder:"目录" type:"path"`
	// Hub is the service a re-test of accounts is to ask; see hubFlag.
	Hub string `kong:"-" json:"-"`
}

// hubFlag names the RSSHub-style service accounts are looked at through again.
type hubFlag struct {
	RSSHub string `name:"rsshub" help:"复查账号时使用的 RSSHub 类聚合服务的地址。默认与发现问题的检查相同。" placeholder:"网址"`
}

// lookFlags are what may be said of a re-test; the rest is as it was in the
// inspection that saw the findings.
type lookFlags struct {
	MaxPages        int     `help:"须检查整个网站时最多读取的页面数，-1为不限。默认与发现问题的检查相同。" placeholder:"数"`
	Rate            float64 `help:"对同一主机每秒的请求数，-1为不限。默认与发现问题的检查相同。" placeholder:"数"`
	Parallel        int     `help:"对同一主机同时进行的请求数。默认与发现问题的检查相同。" placeholder:"数"`
	Contact         string  `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
	RobotsAuthority string  `help:"依据该单位的监管职责检查robots.txt不允许采集的页面，写明单位名称。" placeholder:"单位"`
	Window          string  `help:"允许采集的时段，如 22:00-06:00（北京时间）。" placeholder:"时段"`
	hubFlag
}

func (f *lookFlags) crawl() crawlFlags {
	return crawlFlags{MaxPages: f.MaxPages, Rate: f.Rate, Parallel: f.Parallel, Contact: f.Contact, RobotsAuthority: f.RobotsAuthority, Window: f.Window, Hub: f.RSSHub}
}

func (f *crawlFlags) limits(file fileSettings) sweep.Limits {
	l := sweep.Limits{Pages: f.MaxPages, Attachments: f.MaxAttachments, Images: f.MaxImages, Probes: f.MaxProbes, Parallel: f.Parallel}
	if l.Pages == 0 {
		l.Pages = file.MaxPages
	}
	if l.Parallel == 0 {
		l.Parallel = file.Parallel
	}
	return l
}

// parseWindow reads hours of the day: 22:00-06:00 or 22-6. 00:00-24:00 is the
// whole day; hours that end when they begin are meant by nobody.
func parseWindow(s string) (*crawler.TimeWindow, error) {
	from, to, ok := strings.Cut(strings.ReplaceAll(s, "：", ":"), "-")
	var w crawler.TimeWindow
	var err error
	if ok {
		if w.From, err = hour(from); err == nil {
			w.To, err = hour(to)
		}
	}
	if !ok || err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "采集时段“" + s + "”不正确，应为整点，如 22:00-06:00"}
	}
	if w.From == w.To || w.From%24 == w.To {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "采集时段“" + s + "”的起止相同，应如 22:00-06:00；全天的不写时段，或写 00:00-24:00"}
	}
	w.From %= 24
	return &w, nil
}

func hour(s string) (int, error) {
	h, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), ":00"))
	if err != nil || h < 0 || h > 24 {
		return 0, fmt.Errorf("hour %q", s)
	}
	return h, nil
}
