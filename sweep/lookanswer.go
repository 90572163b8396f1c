package sweep

import (
	"net/http"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// answerKind is what an answer proves.
type answerKind uint8

// answerOf says what a record proves.
func answerOf(rec *govsweep.Record) answerKind {
	f := rec.Facts
	switch {
	case rec.Failure != "" || rec.Truncated:
		return noAnswer
	case rec.Status == http.StatusNotFound || rec.Status == http.StatusGone:
		return notThere
	case rec.Status != http.StatusOK && rec.Status != http.StatusPartialContent:
		return noAnswer
	case f != nil && f.Response == govsweep.Content:
		return contents
	case f != nil:
		return noAnswer
	case rec.FinalURL != "" && address.Key(rec.FinalURL, "") != address.Key(rec.Visit.URL, ""):
		return elsewhere
	}
	return fileAnswer(rec)
}

// fileAnswer says whether a file, a picture or a page of another site came
// where one was asked for.
func fileAnswer(rec *govsweep.Record) answerKind {
	switch {
	case seemsDead(rec) || rec.Length == 0:
		return noAnswer
	case rec.Visit.Role == govsweep.ImageRole && !strings.HasPrefix(rec.MediaType, "image/"):
		return noAnswer
	}
	return contents
}

// proofOf gives the capture of a record.
func proofOf(rec *govsweep.Record) []govsweep.Evidence {
	if rec.Digest.IsZero() {
		return nil
	}
	return []govsweep.Evidence{{Digest: rec.Digest.String(), Kind: string(captureKind(rec)), URL: rec.Visit.URL,
		At: rec.FetchedAt.In(govsweep.Shanghai).Format("2006-01-02T15:04:05-07:00")}}
}
