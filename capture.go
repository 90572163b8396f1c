package govsweep

import "time"

// CaptureKind says what was captured.
type CaptureKind string

// The kinds of capture. Screenshots and probes come with the browser.
const (
	PageCapture     CaptureKind = "page"      // the body of a page
	ResponseCapture CaptureKind = "response"  // the body of another answer: attachment, error page
	ListCallCapture CaptureKind = "list-call" // the data behind a script-built list
)

// A Capture is one entry of the index of evidence 证据: which bytes were seen
// where and when. The bytes themselves stand in the evidence store under
// Digest; one digest may have been seen at several addresses.
type Capture struct {
	Digest    Digest
	Kind      CaptureKind
	URL       string
	At        time.Time
	MediaType string
	Charset   string
	Header    []byte // status line and header as received, where they were kept
	Length    int64  // bytes of the body
	Sweep     int64
	Target    TargetID
}
