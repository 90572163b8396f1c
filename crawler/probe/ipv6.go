package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/miekg/dns"

	"github.com/govsweep/govsweep"
)

// MeasureState is what became of one measurement.
type MeasureState string

// The states. What could not be measured is never a fault.
const (
	MeasurePassed   MeasureState = "passed"
	MeasureFailed   MeasureState = "failed"
	MeasureShown    MeasureState = "measured" // a figure with no line to hold it against
	MeasureUnknown  MeasureState = "not-measured"
	ipv6Rounds                   = 3
	maxIPv6Visits                = 8
	ipv6VisitsApart              = 500 * time.Millisecond
)

// A Measure is one of the eight measurements of the national platform.
type Measure struct {
	Name  string       `json:"name"`
	State MeasureState `json:"state"`
	V4    float64      `json:"v4,omitempty"` // seconds, or bytes a second
	V6    float64      `json:"v6,omitempty"`
	Ratio *float64     `json:"ratio,omitempty"` // deterioration 劣化比: (v6 − v4)/v4, of a speed (v4 − v6)/v4
	Why   string       `json:"why,omitempty"`   // Chinese sentence
}

// An IPv6Report is what one look at a site over both families showed.
type IPv6Report struct {
	Target   govsweep.TargetID     `json:"target"`
	URL      string                `json:"url"`
	At       time.Time             `json:"at"`
	OwnLine  string                `json:"own_line,omitempty"` // why our own IPv6 may not be relied on; "" = it worked before and after
	A        DNSAnswer             `json:"a"`
	AAAA     DNSAnswer             `json:"aaaa"`
	Unusable []string              `json:"unusable,omitempty"` // AAAA records that lead nowhere, with the reason
	Zones    []Zone                `json:"zones,omitempty"`
	V4       []govsweep.ProbeVisit `json:"v4"`
	V6       []govsweep.ProbeVisit `json:"v6"`
	Measures []Measure             `json:"measures"`

	usable     []netip.Addr
	chainClean bool
}

// IPv6 looks at one site: its records, its name servers, and its home page
// over IPv4 and IPv6 apart, in turn. Controls are home pages known to work
// over IPv6: unless one opens before and one after, nothing that needs our
// own IPv6 counts. server is the name server asked (host:port).
func (p *Prober) IPv6(ctx context.Context, server string, s Site, controls []string) *IPv6Report {
	r := &IPv6Report{Target: s.ID, URL: s.URL, At: p.options().Clock()}
	host, _ := hostOf(s.URL)
	before := p.ownLine(ctx, controls)
	if ip, err := netip.ParseAddr(host); err == nil {
		r.A, r.AAAA = DNSAnswer{Name: host, Outcome: NoData}, DNSAnswer{Name: host, Outcome: NoData}
		if ip.Unmap().Is4() {
			r.A.Addrs = []netip.Addr{ip}
		} else {
			r.AAAA.Addrs = []netip.Addr{ip}
		}
	} else {
		r.A, r.AAAA = Ask(ctx, server, host, dns.TypeA), Ask(ctx, server, host, dns.TypeAAAA)
		r.Zones, r.chainClean = p.Chain(ctx, server, host)
	}
	for _, ip := range r.AAAA.Addrs {
		if why := Unusable(ip, p.Options); why != "" {
			r.Unusable = append(r.Unusable, ip.String()+why)
			continue
		}
		r.usable = append(r.usable, ip)
	}
	p.bothFamilies(ctx, r, s, before == "")
	if r.OwnLine = before; r.OwnLine == "" {
		r.OwnLine = p.ownLine(ctx, controls)
	}
	if r.OwnLine != "" {
		for i := range r.V6 { // what was seen over a line that does not hold counts nowhere
			r.V6[i].Result, r.V6[i].Cause = govsweep.ProbeUnmeasured, r.OwnLine+"。"
		}
	}
	r.measure()
	return r
}

// ownLine says why our own IPv6 may not be relied on now.
func (p *Prober) ownLine(ctx context.Context, controls []string) string {
	if len(controls) == 0 {
		return "没有设置IPv6对照网站，无法证明监测端自身的IPv6正常"
	}
	for _, url := range controls {
		if v, _ := p.Visit(ctx, Request{URL: url, Series: govsweep.IPv6Series, Family: V6}); v.Failure == "" && v.Status < 500 {
			return ""
		}
	}
	return "对照网站通过IPv6打不开，监测端自身的IPv6不正常"
}

// bothFamilies visits in turn over IPv4 and IPv6, every usable address at
// least once.
func (p *Prober) bothFamilies(ctx context.Context, r *IPv6Report, s Site, own bool) {
	rounds := min(max(ipv6Rounds, len(r.usable)), maxIPv6Visits)
	for i := range rounds {
		if i > 0 {
			if err := waitFor(ctx, ipv6VisitsApart); err != nil {
				return
			}
		}
		if n := len(r.A.Addrs); n > 0 {
			v, _ := p.Visit(ctx, Request{Target: s.ID, Series: govsweep.IPv6Series, URL: s.URL, Family: V4, Address: r.A.Addrs[i%n]})
			r.V4 = append(r.V4, v)
		}
		if n := len(r.usable); n > 0 && own {
			v, _ := p.Visit(ctx, Request{Target: s.ID, Series: govsweep.IPv6Series, URL: s.URL, Family: V6, Address: r.usable[i%n]})
			r.V6 = append(r.V6, v)
		}
	}
}

func waitFor(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *IPv6Report) measure() {
	r.Measures = []Measure{r.record(), r.reach(), r.authority(),
		r.compare("域名解析时延", nil),
		r.compare("TCP连接时延", func(v govsweep.ProbeVisit) float64 { return v.Connect.Seconds() }),
		r.compare("首包时延", func(v govsweep.ProbeVisit) float64 { return v.FirstByte.Seconds() }),
		r.compare("首页响应时延", func(v govsweep.ProbeVisit) float64 { return v.Total.Seconds() }),
		r.compare("下载速度", speed),
	}
}

func speed(v govsweep.ProbeVisit) float64 {
	if d := (v.Total - v.FirstByte).Seconds(); d > 0 {
		return float64(v.Bytes) / d
	}
	return 0
}

func (r *IPv6Report) record() Measure {
	m := Measure{Name: "AAAA记录"}
	switch {
	case len(r.usable) > 0:
		m.State = MeasurePassed
		if len(r.Unusable) > 0 {
			m.Why = fmt.Sprintf("另有%d条AAAA记录不可用：%s。", len(r.Unusable), r.Unusable[0])
		}
	case len(r.Unusable) > 0:
		m.State, m.Why = MeasureFailed, "AAAA记录不可用："+r.Unusable[0]+"。"
	case r.AAAA.Outcome == NoData, r.AAAA.Outcome == NoName:
		m.State, m.Why = MeasureFailed, r.AAAA.Outcome.Say()+"。"
	default:
		m.State, m.Why = MeasureUnknown, r.AAAA.Outcome.Say()+"。"
	}
	return m
}

func (r *IPv6Report) reach() Measure {
	m := Measure{Name: "首页可达"}
	counts := map[govsweep.ProbeResult]int{}
	for _, v := range r.V6 {
		counts[v.Result]++
	}
	judged := counts[govsweep.ProbeOpened] + counts[govsweep.ProbeFailed]
	switch rec := r.record(); {
	case rec.State != MeasurePassed:
		m.State, m.Why = rec.State, "没有可以访问的IPv6地址。"
	case r.OwnLine != "":
		m.State, m.Why = MeasureUnknown, r.OwnLine+"。"
	case len(r.V6) == 0:
		m.State, m.Why = MeasureUnknown, "访问被中止。"
	case judged == 0:
		m.State, m.Why = MeasureUnknown, "没有一次访问可以作准："+r.V6[0].Cause
	case counts[govsweep.ProbeOpened] == 0:
		i := slices.IndexFunc(r.V6, func(v govsweep.ProbeVisit) bool { return v.Result == govsweep.ProbeFailed })
		m.State, m.Why = MeasureFailed, fmt.Sprintf("%d次均未打开：%s", judged, r.V6[i].Cause)
	default:
		m.State, m.Why = MeasurePassed, fmt.Sprintf("%d次中打开%d次。", judged, counts[govsweep.ProbeOpened])
	}
	return m
}

func (r *IPv6Report) authority() Measure {
	m := Measure{Name: "域名授权体系"}
	i := slices.IndexFunc(r.Zones, func(z Zone) bool { return !z.OK && z.Said == Answered })
	switch {
	case len(r.Zones) == 0 || !r.chainClean:
		m.State, m.Why = MeasureUnknown, "没有问到全部上级域的域名服务器。"
	case i >= 0:
		m.State, m.Why = MeasureFailed, "“"+r.Zones[i].Name+"”没有一台域名服务器可以只用IPv6找到并询问。"
	default:
		m.State = MeasurePassed
		for _, z := range r.Zones {
			for _, n := range z.Servers {
				if !n.OK && m.Why == "" {
					m.Why = "“" + z.Name + "”的域名服务器" + n.Name + n.Faults[0] + "。"
				}
			}
		}
	}
	return m
}

// compare sets the medians of the visits that opened beside each other; a
// nil of stands for the time of the two questions.
func (r *IPv6Report) compare(name string, of func(govsweep.ProbeVisit) float64) Measure {
	m := Measure{Name: name, State: MeasureUnknown}
	if of == nil {
		m.V4, m.V6 = r.A.Took.Seconds(), r.AAAA.Took.Seconds()
		if r.A.Outcome != Answered || r.AAAA.Outcome != Answered {
			m.Why = "两种记录没有都查到，无法比较。"
			return m
		}
	} else {
		if r.OwnLine != "" {
			m.Why = r.OwnLine + "。"
			return m
		}
		m.V4, m.V6 = median(r.V4, of), median(r.V6, of)
	}
	if m.V4 <= 0 || m.V6 <= 0 {
		m.Why = "两种访问没有都打开，无法比较。"
		return m
	}
	ratio := (m.V6 - m.V4) / m.V4
	if name == "下载速度" {
		ratio = -ratio
	}
	m.State, m.Ratio = MeasureShown, &ratio
	return m
}

func median(visits []govsweep.ProbeVisit, of func(govsweep.ProbeVisit) float64) float64 {
	var all []float64
	for _, v := range visits {
		if v.Result == govsweep.ProbeOpened {
			all = append(all, of(v))
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// SystemServer is the first name server the system is set to.
func SystemServer() (string, error) {
	c, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil || len(c.Servers) == 0 {
		return "", &govsweep.Error{Kind: govsweep.Wrong, Say: "没有找到本机的域名服务器，请用 --resolver 写明", Err: err}
	}
	return net.JoinHostPort(c.Servers[0], c.Port), nil
}
