// Package storage keeps what the product knows, in SQLite or PostgreSQL. SQL
// lives here and nowhere else, and both databases pass one conformance suite.
//
// Times are unix milliseconds in UTC, dates without a time are text, ids are
// made by the program. A write is one transaction and may be repeated: the
// second time changes nothing. Big writes have two paths (see bulk.go).
package storage
