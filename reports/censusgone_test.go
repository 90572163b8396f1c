package reports_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestAHostThatDoesNotExistIsNoFaultOfIPv6InACensus(t *testing.T) {
	t.Parallel()
	list := []govsweep.CensusHost{{Host: "four.example", IPv6: govsweep.HostNoV6}, {Host: "gone.example", IPv6: govsweep.HostGone}, {Host: "mute.example", IPv6: govsweep.HostUnknown}}
	if got := reports.HostCensusLine(list); got != "3个，其中不支持IPv6的1个，域名不存在（不是IPv6的问题）的1个，未查到的1个。" {
		t.Error(got)
	}
	if got := reports.HostCensusLine(list[:1]); strings.Contains(got, "不存在") {
		t.Error(got)
	}
	if cell := reports.HostCensusGrid(list).Rows[1][1].Text; cell != "域名不存在" {
		t.Errorf("the list says %q", cell)
	}
}
