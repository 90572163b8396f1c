package crawler

import (
	"errors"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Options say how a Stack fetches. The zero value of a field means its
// default, so that an older configuration keeps working.
type Options struct {
	UserAgent string         // product token and version; the contact is added to it
	Contact   string         // address or telephone a site's owner may turn to
	Rate      float64        // requests a second to one host; 0 = 2, negative = unlimited
	Parallel  int            // requests at the same time to one host; 0 = 2
	Timeout   time.Duration  // over everything until the body is complete; 0 = 15 s, the law's line
	MaxBody   int64          // bytes of a body after decompression; 0 = 10 MiB
	MaxRatio  int64          // decompressed to received bytes, for bodies over 1 MiB; 0 = 200
	AllowNet  []netip.Prefix // private networks that may be crawled
	Resolver  string         // host:port of the name server; "" = the system's
	Robots    RobotsPolicy
	Window    *TimeWindow      // hours in which requests may be sent; nil = always
	MaxHops   int              // redirects followed; 0 = 8
	Clock     func() time.Time // what FetchedAt, Window and Retry-After dates are read from; nil = time.Now
	Turns     Turns            // limits shared with other processes; nil = none
	Budget    *Budget          // requests at the same time over all sites; nil = no further limit
}

// RobotsPolicy says what robots.txt means to a crawl. It is always read and
// recorded; overriding it needs the name of the authority that ordered it.
type RobotsPolicy struct {
	Override  bool
	Authority string // 监测所依据的单位, printed in the report
}

// Default gives the options a crawl starts from.
func Default() Options {
	return Options{}.filled()
}

func (o Options) filled() Options {
	o.UserAgent = or(o.UserAgent, "govsweep/1.0")
	o.Rate = or(o.Rate, 2)
	o.Parallel = or(o.Parallel, 2)
	o.Timeout = or(o.Timeout, 15*time.Second)
	o.MaxBody = or(o.MaxBody, 10<<20)
	o.MaxRatio = or(o.MaxRatio, 200)
	o.MaxHops = or(o.MaxHops, 8)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return o
}

func or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// Validate lists every fault of the options at once.
func (o Options) Validate() error {
	var faults []error
	fault := func(bad bool, say string) {
		if bad {
			faults = append(faults, &govsweep.Error{Kind: govsweep.Wrong, Say: say})
		}
	}
	fault(o.Rate != o.Rate || o.Rate > 1000, "每秒请求数应不超过1000，负数表示不限。")
	fault(o.Parallel < 0 || o.Parallel > 256, "同一主机的并发请求数应在1至256之间。")
	fault(o.Timeout < 0, "超时时间不能为负。")
	fault(o.MaxBody < 0, "网页大小上限不能为负。")
	fault(o.MaxRatio < 0, "压缩比上限不能为负。")
	fault(o.MaxHops < 0 || o.MaxHops > 50, "跳转次数上限应在1至50之间。")
	fault(strings.ContainsAny(o.UserAgent+o.Contact, "\r\n\x00"), "访问标识和联系方式不能含换行或控制字符。")
	fault(o.Robots.Override && strings.TrimSpace(o.Robots.Authority) == "", "不遵守 robots.txt 时必须写明依据的单位。")
	if o.Resolver != "" {
		host, port, err := net.SplitHostPort(o.Resolver)
		fault(err != nil || host == "" || port == "", "域名服务器“"+o.Resolver+"”应写成 主机:端口。")
	}
	for _, p := range o.AllowNet {
		fault(!p.IsValid(), "允许访问的网段中有一个不正确。")
	}
	if w := o.Window; w != nil {
		fault(w.From < 0 || w.From > 23 || w.To < 0 || w.To > 24, "访问时间段的钟点应在0至24之间。")
	}
	return errors.Join(faults...)
}

// agent is the User-Agent header as sent: product and contact.
func (o Options) agent() string {
	if o.Contact == "" {
		return o.UserAgent
	}
	return o.UserAgent + " (+" + o.Contact + ")"
}
