package sweep

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// answers is what one inspection got from the places of findings that may be
// gone: whether each really answered, and the capture that proves it.
type answers struct {
	wanted map[uint64]bool
	got    map[uint64]answer
}

type answer struct {
	read  bool
	proof []govsweep.Evidence
}

// answersFor wants the places of the findings an inspection may move.
func answersFor(standings []govsweep.Standing) *answers {
	a := &answers{wanted: map[uint64]bool{}, got: map[uint64]answer{}}
	for i := range standings {
		s := &standings[i]
		switch s.Status {
		case govsweep.Proposed, govsweep.Confirmed, govsweep.Reopened:
		default:
			continue
		}
		a.want(s.URL)
		if s.Column != nil {
			a.want(s.Column.URL)
		}
		for _, url := range s.Pages {
			a.want(url)
		}
	}
	return a
}

func (a *answers) want(url string) {
	if url != "" {
		a.wanted[address.Key(url, "")] = true
	}
}

// note takes one record of the inspection. Of several looks at an address one
// that was answered is enough. The address the state of a column rests on is
// known only later, so columns are noted all.
func (a *answers) note(rec *govsweep.Record) {
	column := rec.Visit.Role == govsweep.ColumnRole || rec.Visit.Role == govsweep.HomeRole || rec.Visit.Role == govsweep.ListCallRole
	if len(a.wanted) == 0 || !column && !a.wanted[rec.Visit.Key] {
		return
	}
	got := a.got[rec.Visit.Key]
	if kind := answerOf(rec); kind == contents || kind == notThere {
		got.read = true
		if proof := proofOf(rec); len(proof) > 0 {
			got.proof = proof
		}
	}
	a.got[rec.Visit.Key] = got
}

// read says whether an address answered with content, or is definitely not
// there. What was blocked, challenged, cut off or answered like an address
// that cannot exist was not read.
func (a *answers) read(url string) bool { return a.got[address.Key(url, "")].read }

// proof gives the capture of an answer.
func (a *answers) proof(url string) []govsweep.Evidence { return a.got[address.Key(url, "")].proof }
