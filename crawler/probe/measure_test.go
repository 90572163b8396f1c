package probe

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestTheWordsOfARecordSayWhatTheServerAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		a, aaaa govsweep.DNSOutcome
		state   govsweep.MeasureState
		says    string
	}{
		"no such name":                          {govsweep.DNSNoName, govsweep.DNSNoName, govsweep.MeasureUnknown, "域名不存在（NXDOMAIN）"},
		"an A record, yet no such name":         {govsweep.DNSAnswered, govsweep.DNSNoName, govsweep.MeasureFailed, "域名有A记录，查询AAAA记录时域名服务器却答复域名不存在（NXDOMAIN），前后不一致"},
		"no such name, and A is not known":      {govsweep.DNSNoAnswer, govsweep.DNSNoName, govsweep.MeasureUnknown, "A记录没有查到"},
		"no such name, and the name has no A":   {govsweep.DNSNoData, govsweep.DNSNoName, govsweep.MeasureUnknown, "A记录没有查到"},
		"the name has none":                     {govsweep.DNSAnswered, govsweep.DNSNoData, govsweep.MeasureFailed, "NODATA"},
		"a server that fails says nothing else": {govsweep.DNSAnswered, govsweep.DNSServFail, govsweep.MeasureUnknown, "SERVFAIL"},
	} {
		r := &govsweep.IPv6Report{Names: []govsweep.IPv6Name{{Host: "www.x.gov.cn", A: govsweep.DNSAnswer{Outcome: c.a}, AAAA: govsweep.DNSAnswer{Outcome: c.aaaa}}}}
		if m := record(r); m.State != c.state || !strings.Contains(m.Why, c.says) {
			t.Errorf("%s: %s, %s", name, m.State, m.Why)
		}
	}
}

func TestASmallPageTellsNoDownloadSpeed(t *testing.T) {
	visits := func(bytes int64, result govsweep.ProbeResult) []govsweep.ProbeVisit {
		return []govsweep.ProbeVisit{{Result: result, Bytes: bytes, FirstByte: time.Second, Total: 2 * time.Second}}
	}
	open, shut := govsweep.ProbeOpened, govsweep.ProbeFailed
	for name, c := range map[string]struct {
		four, six []govsweep.ProbeVisit
		state     govsweep.MeasureState
		says      string
	}{
		"pages that are large enough":  {visits(leastBody, open), visits(leastBody, open), govsweep.MeasureShown, ""},
		"a page of 4 KB":               {visits(4<<10, open), visits(4<<10, open), govsweep.MeasureUnknown, "只有4.0KB，不足32KB"},
		"one of the two is small":      {visits(leastBody, open), visits(100, open), govsweep.MeasureUnknown, "只有0.1KB，不足32KB"},
		"one of the two did not open":  {visits(4<<10, open), visits(0, shut), govsweep.MeasureUnknown, "两种访问没有都打开"},
		"a large one that did not end": {visits(leastBody, open), nil, govsweep.MeasureUnknown, "两种访问没有都打开"},
	} {
		m := downloading(&govsweep.IPv6Report{V4: c.four, V6: c.six})
		if m.Name != govsweep.MeasureSpeed || m.State != c.state || (m.Ratio != nil) != (c.state == govsweep.MeasureShown) || !strings.Contains(m.Why, c.says) {
			t.Errorf("%s: %+v", name, m)
		}
	}
}
