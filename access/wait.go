package access

import (
	"strings"
	"time"
)

// Failed logins that cost nothing, and the longest wait, of a name and of an
// address. One address may stand for a whole office, so it is given more.
const (
	freeOfName    = 5
	freeOfAddress = 20
	firstWait     = 30 * time.Second
	longestWait   = 15 * time.Minute
)

// NameKey is what failed logins of a name are counted under.
func NameKey(name string) string { return "name:" + name }

// AddressKey is what failed logins of an address are counted under.
func AddressKey(address string) string { return "address:" + address }

// Wait gives how long nothing may be tried after so many failed logins: not at
// all at first, then half a minute, and twice as long each time.
func Wait(key string, failures int) time.Duration {
	free := freeOfName
	if strings.HasPrefix(key, "address:") {
		free = freeOfAddress
	}
	over := failures - free
	if over < 0 {
		return 0
	}
	return min(firstWait<<min(over, 10), longestWait)
}
