package crawler

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/govsweep/govsweep/address"
)

// SoftProbe gives an address that cannot exist on the site of home: what the
// site answers for it is its page for what is missing. The same site always
// gets the same one.
func SoftProbe(home string) string {
	home = canonical(home)
	sum := sha256.Sum256([]byte("soft-404 " + address.Host(home)))
	return address.Directory(home) + "wjc-" + hex.EncodeToString(sum[:8]) + "/t20000229_" + hex.EncodeToString(sum[8:12]) + ".html"
}
