package govsweep

import (
	"net/netip"
	"strings"
	"time"
)

// An IPv6Report is what one look at a site over IPv4 and IPv6 showed, with
// everything it was measured from. It is never edited once it is kept.
type IPv6Report struct {
	Target  TargetID     `json:"target"`
	URL     string       `json:"url"` // of the home page
	Vantage string       `json:"vantage,omitempty"`
	At      time.Time    `json:"at"` // when the look began
	Ended   time.Time    `json:"ended"`
	Own     OwnIPv6      `json:"own"`
	Names   []IPv6Name   `json:"names"` // the home page's host first, then those its redirects lead to
	Chain   IPv6Chain    `json:"chain"`
	V4      []ProbeVisit `json:"v4,omitempty"`
	V6      []ProbeVisit `json:"v6,omitempty"`
	// Narrow is one more visit over IPv6 with packets of at most 1280 bytes,
	// made where the others connected and waited in vain: that it opens proves
	// a path that swallows larger ones 路径MTU黑洞. nil: not made.
	Narrow   *ProbeVisit   `json:"narrow,omitempty"`
	Measures []IPv6Measure `json:"measures"` // the eight of the national platform, in its order
	// Pages is what the pages of the site show; nil when they were not looked at.
	Pages *IPv6Pages `json:"pages,omitempty"`
	// Evidence are the captures the report rests on: the DNS answers, the visits.
	Evidence []Evidence `json:"evidence,omitempty"`
}

// The kinds of capture of an IPv6 report.
const (
	DNSCapture    CaptureKind = "dns-answers" // every question asked and its answer as received
	VisitsCapture CaptureKind = "v6-visit"    // the timed visits over both families
)

// OfProbe says whether a capture was taken by a probe, before the sweep that
// cites it.
func (e *Evidence) OfProbe() bool {
	switch CaptureKind(e.Kind) {
	case DNSCapture, VisitsCapture, HomeV4Capture, HomeV6Capture:
		return true
	}
	return false
}

// Proof gives the captures of one kind.
func (r *IPv6Report) Proof(k CaptureKind) []Evidence {
	var out []Evidence
	for _, e := range r.Evidence {
		if e.Kind == string(k) {
			out = append(out, e)
		}
	}
	return out
}

// Measure gives one of the eight measurements; its state is not-measured when
// the report has none of the name.
func (r *IPv6Report) Measure(name IPv6MeasureName) IPv6Measure {
	for _, m := range r.Told() {
		if m.Name == name {
			return m
		}
	}
	return IPv6Measure{Name: name, State: MeasureUnknown, Why: "没有该项测量。"}
}

// Told gives the measurements as they may be told. Where the IPv6 of the
// prober itself was not proven none is met and none is a fault; what the name
// servers answered stays in the words.
func (r *IPv6Report) Told() []IPv6Measure {
	if r.Own.Proven() {
		return r.Measures
	}
	out := make([]IPv6Measure, len(r.Measures))
	for i, m := range r.Measures {
		out[i] = m
		if m.State == MeasureUnknown {
			continue
		}
		out[i] = IPv6Measure{Name: m.Name, State: MeasureUnknown, Why: r.Own.Why + "。"}
		switch said := strings.TrimRight(m.Why, "。"); {
		case m.Name != MeasureAAAA && m.Name != MeasureAuthority:
		case m.State == MeasureFailed:
			out[i].Why += "域名服务器的答复供参考：" + said + "。"
		case m.Name == MeasureAAAA:
			out[i].Why += "域名服务器的答复供参考：有可用的AAAA记录。"
		}
	}
	return out
}

// Shown gives the report as it may be shown: its measurements and pages as
// they may be told. What it was measured from stays as it was.
func (r *IPv6Report) Shown() *IPv6Report {
	out := *r
	out.Measures, out.Pages = r.Told(), r.Pages.Told(r.Own)
	return &out
}

// OwnIPv6 says whether the IPv6 of the prober itself may be relied on: a
// control known to work over IPv6 opened before the look and after it.
type OwnIPv6 struct {
	Why    string      `json:"why,omitempty"` // why it may not; "" = proven
	Before *ProbeVisit `json:"before,omitempty"`
	After  *ProbeVisit `json:"after,omitempty"`
}

// Proven says whether what was seen over IPv6 counts.
func (o OwnIPv6) Proven() bool { return o.Why == "" }

// DNSOutcome says what a question ended with. NODATA and NXDOMAIN are two
// answers, and a server that does not answer is neither.
type DNSOutcome string

// The outcomes.
const (
	DNSAnswered  DNSOutcome = "answered" // records of the asked type
	DNSNoData    DNSOutcome = "nodata"   // the name exists and has none of the asked type
	DNSNoName    DNSOutcome = "nxdomain" // the name does not exist
	DNSServFail  DNSOutcome = "servfail"
	DNSBogus     DNSOutcome = "dnssec"  // SERVFAIL that is gone when signatures are not checked, or said so
	DNSRefused   DNSOutcome = "refused" // REFUSED, NOTAUTH and whatever else a server declines with
	DNSNoAnswer  DNSOutcome = "timeout" // nothing came, also asked twice
	DNSNoRoute   DNSOutcome = "unreachable"
	DNSMalformed DNSOutcome = "malformed"
)

// Settled says whether the question has an answer: records, or the word of
// the server that there are none.
func (o DNSOutcome) Settled() bool { return o == DNSAnswered || o == DNSNoData || o == DNSNoName }

// Say is the outcome as a sentence prints it.
func (o DNSOutcome) Say() string {
	switch o {
	case DNSAnswered:
		return "有记录"
	case DNSNoData:
		return "域名存在，但没有该类记录（NODATA）"
	case DNSNoName:
		return "域名不存在（NXDOMAIN）"
	case DNSServFail:
		return "域名服务器未能完成解析（SERVFAIL）"
	case DNSBogus:
		return "域名的DNSSEC签名验证失败"
	case DNSRefused:
		return "域名服务器拒绝答复"
	case DNSNoRoute:
		return "域名服务器无法到达"
	case DNSMalformed:
		return "域名服务器的答复不合规范"
	}
	return "域名服务器没有应答"
}

// A DNSAnswer is what one server said to one question.
type DNSAnswer struct {
	Name    string        `json:"name"`
	Type    string        `json:"type"`
	Server  string        `json:"server,omitempty"`
	Outcome DNSOutcome    `json:"outcome"`
	Addrs   []netip.Addr  `json:"addrs,omitempty"` // as sent: an IPv4-mapped address stays one
	Chain   []string      `json:"chain,omitempty"` // names of CNAMEs on the way
	Took    time.Duration `json:"took_ns"`
	TCP     bool          `json:"tcp,omitempty"`   // the UDP answer was cut and TCP was used
	Extra   string        `json:"extra,omitempty"` // the server's own words of its error (RFC 8914)
}

// An IPv6Name is a host the home page stands on and its records.
type IPv6Name struct {
	Host     string         `json:"host"`
	A        DNSAnswer      `json:"a"`
	AAAA     DNSAnswer      `json:"aaaa"`
	Unusable []UnusableAAAA `json:"unusable,omitempty"` // AAAA records that lead nowhere
}

// UnusableAAAA is an AAAA record that leads nobody to a site.
type UnusableAAAA struct {
	Addr netip.Addr `json:"addr"`
	Why  string     `json:"why"` // Chinese, follows the address
}

// Usable gives the AAAA addresses that may lead to the site.
func (n *IPv6Name) Usable() []netip.Addr {
	var out []netip.Addr
next:
	for _, ip := range n.AAAA.Addrs {
		for _, u := range n.Unusable {
			if u.Addr == ip {
				continue next
			}
		}
		out = append(out, ip)
	}
	return out
}

// Gone says that the name does not exist at all: NXDOMAIN for both types.
func (n *IPv6Name) Gone() bool {
	return n.AAAA.Outcome == DNSNoName && n.A.Outcome == DNSNoName
}

// Unnamed says in Chinese, without a full stop, why the records of a host say
// nothing of its site: it is an address, or a name of one label that only the
// own network knows. "" when they do, and where a usable address was found.
func (n *IPv6Name) Unnamed() string {
	if _, err := netip.ParseAddr(n.Host); err == nil && len(n.Usable()) == 0 {
		return "首页以IP地址登记，没有域名可供查询"
	}
	if name := strings.TrimSuffix(n.Host, "."); name != "" && !strings.ContainsAny(name, ".:") && len(n.Usable()) == 0 {
		return "“" + name + "”是本机或内部网络的名称，不是公共域名，无从查询"
	}
	return ""
}

// IPv6Chain 域名授权体系 is every zone from the top down to the site, and to
// the names it is an alias of.
type IPv6Chain struct {
	Zones []IPv6Zone `json:"zones,omitempty"`
	Why   string     `json:"why,omitempty"` // a question that did not end: nothing may be concluded from what is missing
}

// An IPv6Zone is one cut of the chain.
type IPv6Zone struct {
	Name    string       `json:"name"`
	Said    DNSOutcome   `json:"said"`            // how the question for its servers ended
	Alias   string       `json:"alias,omitempty"` // the name it is walked for, where that is an alias of the site's
	Servers []IPv6Server `json:"servers,omitempty"`
	OK      bool         `json:"ok"` // some server can be found and asked over IPv6 alone
}

// An IPv6Server is one 权威域名服务器 of a zone.
type IPv6Server struct {
	Name   string       `json:"name"`
	V6     []netip.Addr `json:"v6,omitempty"` // usable ones
	V4     []netip.Addr `json:"v4,omitempty"`
	Glue   GlueState    `json:"glue,omitempty"`
	Asked  DNSOutcome   `json:"asked,omitempty"`  // how a question over IPv6 ended; "" = not asked
	Faults []string     `json:"faults,omitempty"` // Chinese, follow the server's name
	OK     bool         `json:"ok"`               // can be found and asked over IPv6 alone
}

// GlueState says what the zone above hands out of a server that lies within
// its own zone.
type GlueState string

// The states of glue 胶水记录; "" is a server that needs none, or whose glue
// could not be asked for.
const (
	GlueGiven   GlueState = "given"   // an AAAA among them
	GlueMissing GlueState = "missing" // no AAAA: nobody finds the server over IPv6 alone
)

// IPv6MeasureName is the name of a measurement as people read it.
type IPv6MeasureName string

// The eight measurements of the national platform 国家IPv6发展监测平台.
const (
	MeasureAAAA      IPv6MeasureName = "AAAA记录"
	MeasureHome      IPv6MeasureName = "首页可达"
	MeasureAuthority IPv6MeasureName = "域名授权体系"
	MeasureDNS       IPv6MeasureName = "域名解析时延"
	MeasureTCP       IPv6MeasureName = "TCP连接时延"
	MeasureFirstByte IPv6MeasureName = "首包时延"
	MeasurePage      IPv6MeasureName = "首页响应时延"
	MeasureSpeed     IPv6MeasureName = "下载速度"
)

// MeasureState is what became of one measurement.
type MeasureState string

// The states. What could not be measured is never a fault.
const (
	MeasurePassed  MeasureState = "passed"
	MeasureFailed  MeasureState = "failed"
	MeasureShown   MeasureState = "measured" // a figure with no line to hold it against
	MeasureUnknown MeasureState = "not-measured"
)

// An IPv6Measure is one of the eight measurements, IPv4 beside IPv6.
type IPv6Measure struct {
	Name  IPv6MeasureName `json:"name"`
	State MeasureState    `json:"state"`
	V4    float64         `json:"v4,omitempty"` // seconds, or bytes a second; median of the visits that opened
	V6    float64         `json:"v6,omitempty"`
	Ratio *float64        `json:"ratio,omitempty"` // deterioration 劣化比: (v6 − v4)/v4, of a speed (v4 − v6)/v4
	Why   string          `json:"why,omitempty"`   // Chinese sentence
}
