package probe

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// settleVisits says what the visits over IPv6 count as, now that it is known
// whether our own line held and how the site did over IPv4 at the same time.
func settleVisits(r *govsweep.IPv6Report) {
	lost := lostHost(r)
	hole := r.Narrow != nil && r.Narrow.Result == govsweep.ProbeOpened && r.Own.Proven()
	for i := range r.V6 {
		v := &r.V6[i]
		switch {
		case !r.Own.Proven(): // seen over a line that does not hold
			v.Result, v.Cause = govsweep.ProbeUnmeasured, r.Own.Why+"。"
			continue
		case v.Result == govsweep.ProbeOpened:
			continue
		case lost != "" && v.FinalURL == "" && v.Status == 0:
			v.Result, v.Cause = govsweep.ProbeFailed, "首页跳转到“"+lost+"”，该域名没有可用的AAAA记录。"
		case hole && v.Failure == govsweep.FailTimeout:
			v.Cause = "已经建立连接，但较大的数据包没有送达；改用1280字节的数据包可以打开，为路径MTU黑洞。"
		}
		if v.Result != govsweep.ProbeFailed {
			continue
		}
		v.Checked = true
		if i < len(r.V4) && r.V4[i].Result == govsweep.ProbeFailed {
			v.Result, v.Cause = govsweep.ProbeDoubtful, "同一时间通过IPv4也没有打开，应为网站整体无法访问："+v.Cause
		}
	}
}

// lostHost gives the host every way over IPv4 ends at and that has no usable
// IPv6 address; "" for none.
func lostHost(r *govsweep.IPv6Report) string {
	for i := range r.Names[min(1, len(r.Names)):] {
		n := &r.Names[i+1]
		if len(n.Usable()) > 0 || !n.AAAA.Outcome.Settled() {
			continue
		}
		ends := false
		for _, v := range r.V4 {
			host := ""
			if v.FinalURL != "" {
				host, _ = hostOf(v.FinalURL)
			}
			if ends = strings.EqualFold(host, n.Host); !ends {
				break
			}
		}
		if ends {
			return n.Host
		}
	}
	return ""
}
