package facts

import (
	"strings"

	"github.com/govsweep/govsweep/address"
)

// samePage says whether two addresses name one page: scheme and index page left aside.
func samePage(a, b string) bool {
	if a == b {
		return a != ""
	}
	return a != "" && b != "" && strings.EqualFold(address.Host(a), address.Host(b)) && address.Key(a, "") == address.Key(b, "")
}
