package address

import (
	"errors"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"fmt"
)

// ErrNotWeb is the cause when an address is no http or https address.
var ErrNotWeb = errors.New("only http and https addresses can be inspected")

// maxLen is the longest address that is followed; browsers and servers give
// up at much the same place.
const maxLen = 4096

// Canonical gives the canonical form of an absolute http or https address.
// The name of an index document is kept: some servers have nothing at the
// directory itself. Key folds the two.
func Canonical(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	if len(raw) > maxLen {
		return "", fmt.Errorf("address of %d bytes: longer than %d", len(raw), maxLen)
	}
	if isPlainAbsolute(raw) {
		if s, ok := plain(raw); ok {
			return s, nil
		}
	}
	u, err := whatwg.Parse(raw)
	if err != nil {
		return "", fmt.Errorf("address %q: %w", raw, err)
	}
	return fromParsed(u)
}

func fromParsed(u *whatwg.Url) (string, error) {
	if s := u.Scheme(); s != "http" && s != "https" {
		return "", ErrNotWeb
	}
	if u.Hostname() == "" {
		return "", errors.New("address without a host")
	}
	s := u.Scheme() + "://" + u.Host() + dropPathSession(u.Pathname())
	if q := strings.TrimPrefix(u.Search(), "?"); q != "" {
		if q = dropTracking(q); q != "" {
			s += "?" + q
		}
	}
	if len(s) > maxLen {
		return "", fmt.Errorf("address of %d bytes: longer than %d", len(s), maxLen)
	}
	return s, nil
}
