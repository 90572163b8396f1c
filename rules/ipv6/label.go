package ipv6

import (
	"strings"

	"github.com/govsweep/govsweep/rules"
)

// labelled adds to the sentence of a finding that the site says in print that
// it supports IPv6. That one which works over IPv6 has no label is no fault.
func labelled(p *rules.Pass, summary string) string {
	if !p.Marks.IPv6Label {
		return summary
	}
	return strings.TrimRight(summary, "。") + "，与网站页面“支持IPv6”的标识不符。"
}
