// Package address gives every web address one form.
//
// Canonical addresses follow the URL standard of WHATWG, without fragment,
// credentials, default port, tracking parameters and session ids. Plain
// ASCII addresses, nearly all of a crawl, take a fast path that allocates
// only the result; everything odd goes through a full parser. Both paths
// agree (FuzzResolve).
package address
