// Package evidence keeps captured bytes 证据: what was captured is found
// again by its digest, byte for byte, or the loss is reported.
//
// The store is a folder of files named by the SHA-256 of what they hold,
// compressed with zstd and written whole or not at all. While a run goes on,
// every body it may need is appended to a spool, packed as fast as can be; when the run is judged,
// Spool.Keep copies what the findings rest on into the store, and
// Spool.Drop removes the rest.
//
// # Room for what is to come
//
// A frame of a spool carries, beside the body, the kind of the capture and
// the bytes of its header (govsweep.Capture; Spool.AppendCapture). A
// screenshot is one more kind and needs nothing new.
//
// # Bundles
//
// A bundle 证据包 takes captures out of the store: one file that others can
// check without it (Store.Export, CheckBundle; docs/evidence.md).
package evidence
