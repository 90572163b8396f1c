package facts

import (
	"net/url"
	"strings"
)

// Resolve makes an address of the page absolute; ok is false for what is no
// http or https address (javascript:, mailto:, empty, broken).
func (d *Document) Resolve(ref string) (string, bool) { return resolveRef(d.Base, ref) }

func resolveRef(base, ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return "", false
	}
	b, err := url.Parse(base)
	if err != nil {
		return "", false
	}
	u, err := b.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	u.Fragment = ""
	return u.String(), true
}
