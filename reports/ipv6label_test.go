package reports

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

func TestTheLabelIsHeldAgainstWhatWasMeasuredAlone(t *testing.T) {
	t.Parallel()
	none := []govsweep.IPv6Name{{Host: "www.y.gov.cn", A: govsweep.DNSAnswer{Outcome: govsweep.DNSAnswered}, AAAA: govsweep.DNSAnswer{Outcome: govsweep.DNSNoData}}}
	for name, c := range map[string]struct {
		own   string
		state govsweep.MeasureState
		names []govsweep.IPv6Name
		want  string
		not   string
	}{
		"the home page did not open":         {"", govsweep.MeasureFailed, nil, "与测量结果不符", "AAAA"},
		"there is no record":                 {"", govsweep.MeasureFailed, none, "域名没有可用的AAAA记录，与测量结果不符", ""},
		"no own IPv6, and there is a record": {"没有设置IPv6对照网站", govsweep.MeasureFailed, nil, "本次未能核实", "不符"},
		"no own IPv6, and there is none":     {"没有设置IPv6对照网站", govsweep.MeasureFailed, none, "域名服务器答复该域名没有可用的AAAA记录", "不符"},
	} {
		r := &govsweep.IPv6Report{Names: c.names, Own: govsweep.OwnIPv6{Why: c.own}, Measures: []govsweep.IPv6Measure{{Name: govsweep.MeasureHome, State: c.state, Why: "没有打开。"}}}
		if got := labelLine(&govsweep.Inspection{IPv6Label: true}, r); !strings.Contains(got, c.want) || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
