package facts

import "github.com/govsweep/govsweep/address"

// Resolve makes an address of the page absolute and canonical; ok is false
// for what is no http or https address (javascript:, mailto:, empty, broken).
func (d *Document) Resolve(ref string) (string, bool) {
	if d.charset != "" && d.charset != "utf-8" {
		ref = address.EncodeQuery(ref, d.charset)
	}
	if d.base != nil {
		return d.base.Resolve(ref)
	}
	u, err := address.Canonical(ref)
	return u, err == nil
}

// setBase takes <base href> into account.
func (d *Document) setBase(href string) {
	d.Base = d.URL
	base, err := address.NewBase(d.URL)
	if err == nil {
		d.base = base
	}
	if href == "" {
		return
	}
	u, ok := d.Resolve(href)
	if !ok {
		return
	}
	if base, err := address.NewBase(u); err == nil {
		d.base, d.Base = base, u
	}
}
