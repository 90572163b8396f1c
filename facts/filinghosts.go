package facts

import "strings"

// icpHosts are where sites have linked to for their ICP filing 备案: the one
// of today and the two of before.
var icpHosts = [...]string{"beian.miit.gov.cn", "miitbeian.gov.cn", "miibeian.gov.cn"}

// icpLink says whether an address in lower case leads to the ICP filing.
func icpLink(low string) bool {
	for _, host := range icpHosts {
		if strings.Contains(low, host) {
			return true
		}
	}
	return false
}

// commonHosts are services every site must link to, and the central portal.
var commonHosts = append([]string{"www.gov.cn", "miit.gov.cn", "beian.gov.cn", "mps.gov.cn"}, icpHosts[:]...)
