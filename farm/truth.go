package farm

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/govsweep/govsweep"
)

// Kinds of truth.
const (
	Planted   = "planted"   // a fault: the inspection must find it
	LookAlike = "lookalike" // no fault, though it looks like one
	Tolerated = "tolerated" // either answer is right: the papers leave it open
)

// Truth is one thing the farm knows about one of its sites.
type Truth struct {
	Site      string                 `json:"site"` // 网站标识码
	Home      string                 `json:"home"`
	Indicator govsweep.IndicatorCode `json:"indicator"` // "*" in a look-alike: no finding at all
	URL       string                 `json:"url"`       // the page, column or link a finding must cover
	Also      []string               `json:"also,omitempty"`
	Scope     string                 `json:"scope,omitempty"` // "site": any address of the site will do
	Kind      string                 `json:"kind"`
	Note      string                 `json:"note"`
}

// WriteTruth writes one truth a line.
func WriteTruth(w io.Writer, truths []Truth) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range truths {
		if err := enc.Encode(&truths[i]); err != nil {
			return fmt.Errorf("write truth: %w", err)
		}
	}
	return nil
}

// ReadTruth reads what WriteTruth wrote.
func ReadTruth(r io.Reader) ([]Truth, error) { return readLines[Truth](r) }

// ReadFindings reads findings, one JSON object a line.
func ReadFindings(r io.Reader) ([]govsweep.Finding, error) { return readLines[govsweep.Finding](r) }

func readLines[T any](r io.Reader) ([]T, error) {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	var all []T
	for {
		var one T
		err := dec.Decode(&one)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(all)+1, err)
		}
		all = append(all, one)
	}
}
