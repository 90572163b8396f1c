// Package backup writes a whole installation into one file while work goes
// on, checks such a file offline, and brings it back onto an empty
// installation, on the same engine or the other.
//
// A backup 备份 is a tar file. Its members are, in this order,
//
//	说明.txt                            what this is, for people
//	db/<nn>-<table>/<nnnnnn>.jsonl.zst  rows, one JSON list a line, in order of the primary key
//	store/id                            the name of the evidence store
//	spool/<file>                        captures of runs under way
//	evidence/<sha256>.zst               captured bodies, as the store keeps them
//	manifest.json                       what the file holds, with digests
//	manifest.sha256                     the digest of the manifest
//
// The database is read first, at one moment; evidence is only ever added, so
// what the database cites is there when the evidence is read behind it. The
// manifest stands last: a torn file has none.
package backup
