// Package rectify is the life of a finding and of a notice as pure functions:
// who may move what from where to where, what one inspection changes, what a
// re-test proves, what is due on a day. It has no clock, no network and no
// database: the same input gives the same answer, and what was answered once
// is not answered again. Two tables hold the rules, Rows for findings and
// NoticeRows for notices; docs/life-of-a-finding.md prints both.
package rectify
