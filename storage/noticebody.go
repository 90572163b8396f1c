package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"

	"github.com/govsweep/govsweep"
)

// printed is what a paper prints and all it is printed from: what may never
// change once the paper is issued. State, steps, documents, answers and the
// standing of the items are kept elsewhere.
type printed struct {
	Notice       govsweep.Notice   `json:"notice"`
	Target       govsweep.TargetID `json:"target"`
	Fingerprints []string          `json:"fingerprints"`
	Words        string            `json:"words"`
}

func printedOf(n *govsweep.Notice) (body string, digest []byte, err error) {
	p := printed{Notice: *n, Target: n.Target.ID, Words: n.Words}
	p.Notice.State, p.Notice.Steps, p.Notice.Documents = "", nil, nil
	p.Notice.Items = slices.Clone(n.Items)
	for i := range p.Notice.Items {
		item := &p.Notice.Items[i]
		p.Fingerprints = append(p.Fingerprints, item.Fingerprint)
		item.Status, item.Answer, item.Retest = "", nil, nil
	}
	body, err = jsonText(&p)
	sum := sha256.Sum256([]byte(body))
	return body, sum[:], err
}

// readPrinted reads a kept paper after making sure that it is the one that
// was written.
func readPrinted(body string, digest []byte) (*govsweep.Notice, error) {
	if sum := sha256.Sum256([]byte(body)); !bytes.Equal(sum[:], digest) {
		return nil, errors.New("the printed part does not have its digest")
	}
	var p printed
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		return nil, err
	}
	if len(p.Fingerprints) != len(p.Notice.Items) {
		return nil, errors.New("items and fingerprints do not match")
	}
	p.Notice.Target.ID, p.Notice.Words = p.Target, p.Words
	for i, f := range p.Fingerprints {
		p.Notice.Items[i].Fingerprint = f
	}
	return &p.Notice, nil
}

// spoiled says that a paper in the database is not the one that was issued.
func spoiled(id string, err error) error {
	return &govsweep.Error{Kind: govsweep.Internal, Say: "文书“" + id + "”在数据库中的内容与留存的校验值不符，可能被改动或损坏，请从备份核对。", Err: err}
}
