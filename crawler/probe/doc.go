// Package probe visits the home page of a site, timed and over a chosen
// address family, and keeps series of such visits. It fetches and measures;
// what a page means is told to it by a Judge, because it may not read pages.
package probe
