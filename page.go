package govsweep

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"
)

// A Page is one captured response as the server gave it, never edited later.
// Any answer, and any failure to get one, is a page.
type Page struct {
	Visit       Visit
	FinalURL    string // canonical address after redirects; Visit.URL without one
	Hops        []Hop  // redirects on the way, in order
	FetchedAt   time.Time
	Took        time.Duration // until the body was complete or the failure certain
	FirstByte   time.Duration
	Status      int     // 0 when no response arrived
	Failure     Failure // why Status is 0, or why the body may not be used
	Cause       string  // the detail for people, Chinese, one sentence; no secret
	Header      http.Header
	Body        []byte // after content decoding, in the charset of the server; at most the size cap
	Truncated   bool   // the size cap cut the body
	Tries       []Try  // every attempt, the last one is this page
	WireBytes   int64  // bytes received for the body, before decompression
	NotModified bool   // answered 304 against what an earlier run kept
}

// Digest is the SHA-256 of a captured body: the key of evidence.
type Digest [sha256.Size]byte

// DigestOf digests body.
func DigestOf(body []byte) Digest { return sha256.Sum256(body) }

// String gives the digest as results print it: "sha256:" and 64 hex digits.
func (d Digest) String() string { return "sha256:" + hex.EncodeToString(d[:]) }

// IsZero says that nothing was captured.
func (d Digest) IsZero() bool { return d == Digest{} }

// ParseDigest reads what String writes.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	const prefix = "sha256:"
	if len(s) != len(prefix)+2*len(d) || s[:len(prefix)] != prefix {
		return d, &Error{Kind: Wrong, Say: "证据编号“" + s + "”不正确，应为 sha256: 加64位十六进制数"}
	}
	if _, err := hex.Decode(d[:], []byte(s[len(prefix):])); err != nil {
		return d, &Error{Kind: Wrong, Say: "证据编号“" + s + "”不正确，应为 sha256: 加64位十六进制数"}
	}
	return d, nil
}
