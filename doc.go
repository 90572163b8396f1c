// Package govsweep holds the words of the product: what an inspection of
// Chinese government websites (政府网站) and new-media accounts (政务新媒体)
// talks about.
//
// It is the root of the house: every room imports it and it imports only the
// standard library. It has no behaviour beyond validation, formatting and
// calendar arithmetic.
package govsweep
