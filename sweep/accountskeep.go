package sweep

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/textproto"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
)

// spoolName names the file that holds what one source answered in a sweep.
func (r *accountRun) spoolName(account govsweep.TargetID, s govsweep.MediaSource) string {
	return fmt.Sprintf("%d-%s-%s", r.sweep.ID, account, s.Key())
}

// capture puts an answer where a kill cannot reach it until it is known
// whether a finding rests on it.
func (r *accountRun) capture(_ context.Context, a *govsweep.Account, s govsweep.MediaSource, p *govsweep.Page) error {
	sp, err := r.Evidence.SpoolOf(r.spoolName(a.ID, s), r.Fence)
	if err != nil {
		return fmt.Errorf("keep the answer of %s: %w", p.Visit.URL, err)
	}
	err = sp.AppendCapture(&govsweep.Capture{Digest: govsweep.DigestOf(p.Body), Kind: govsweep.ResponseCapture, URL: p.Visit.URL, At: p.FetchedAt, Header: headOf(p)}, p.Body)
	if err = errors.Join(err, sp.Close()); err != nil {
		return fmt.Errorf("keep the answer of %s: %w", p.Visit.URL, err)
	}
	return nil
}

// keep moves the answers that findings and moves cite into the evidence
// store and indexes them. What is not held, because the source was read
// without a store or the file it came from was not kept, is cited no longer.
func (r *accountRun) keep(ctx context.Context, d *facts.Dossier, res *govsweep.Inspection, moves []govsweep.Transition) error {
	want := cited(res, moves)
	if len(want) == 0 {
		return nil
	}
	var rows []govsweep.Capture
	held := map[govsweep.Digest]bool{}
	for i := range slices.Backward(d.Account.Readings) { // the newest of those with one answer
		rd := &d.Account.Readings[i]
		digest, err := govsweep.ParseDigest(rd.Digest)
		if _, wanted := want[digest]; err != nil || !wanted || held[digest] || r.Evidence == nil {
			continue
		}
		head, err := r.hold(d.Site.ID, rd, digest)
		if err != nil {
			return r.stopped(err)
		}
		body, err := r.Evidence.Get(digest)
		switch {
		case govsweep.KindOf(err) == govsweep.NotFound, errors.Is(err, evidence.ErrDamaged):
			continue // not held, or damaged
		case err != nil:
			return r.stopped(err)
		}
		held[digest] = true
		rows = append(rows, govsweep.Capture{Digest: digest, Kind: govsweep.ResponseCapture, URL: addressOf(rd), At: rd.At, MediaType: mediaType(head),
			Header: head, Length: int64(len(body)), Sweep: r.sweep.ID, Target: d.Site.ID})
	}
	citeOnly(res, moves, held)
	if err := r.Store.SaveCaptures(ctx, rows); err != nil {
		return fmt.Errorf("index evidence: %w", err)
	}
	return nil
}

// errStopped is in the chain of an error that stops the whole sweep: what it
// is about is no account's fault.
var errStopped = errors.New("sweep stopped")

// stopped makes an error of the disk one that stops the sweep: no finding
// may lose its proof because the disk could not be read at that moment.
func (r *accountRun) stopped(err error) error {
	return &govsweep.Error{Kind: govsweep.KindOf(err), Err: errors.Join(errStopped, err),
		Say: fmt.Sprintf("第%d次检查已停止，尚未判定的账号保持原状：%s请排除磁盘故障后继续（govsweep sweep resume %d），已读取的内容不重新读取。", r.sweep.ID, ended(noteOf(err)), r.sweep.ID)}
}

// hold copies an answer from its spool into the store and gives its header;
// one that the store holds already is left as it is.
func (r *accountRun) hold(account govsweep.TargetID, rd *govsweep.Reading, d govsweep.Digest) (head []byte, err error) {
	name := r.spoolName(account, rd.Source)
	if there, err := r.Evidence.HasSpool(name, r.Fence); err != nil || !there {
		return nil, err
	}
	sp, err := r.Evidence.SpoolOf(name, r.Fence)
	if err != nil {
		return nil, fmt.Errorf("open the answers of %s: %w", account, err)
	}
	if _, err = sp.Keep(map[govsweep.Digest]struct{}{d: {}}); err == nil {
		head = sp.Header(d, rd.URL, rd.At)
	}
	if err = errors.Join(err, sp.Close()); err != nil {
		return nil, fmt.Errorf("keep evidence of %s: %w", account, err)
	}
	return head, nil
}

// citeOnly takes citations away that nothing stands behind.
func citeOnly(res *govsweep.Inspection, moves []govsweep.Transition, held map[govsweep.Digest]bool) {
	lost := func(e govsweep.Evidence) bool {
		d, err := govsweep.ParseDigest(e.Digest)
		return err != nil || !held[d]
	}
	for i := range res.Findings {
		res.Findings[i].Evidence = slices.DeleteFunc(slices.Clone(res.Findings[i].Evidence), lost)
	}
	for i := range moves {
		moves[i].Proof = slices.DeleteFunc(slices.Clone(moves[i].Proof), lost)
	}
}

// proof gives the newest working answers of an account: what shows that a
// fault is gone.
func proof(d *facts.Dossier) []govsweep.Evidence {
	var out []govsweep.Evidence
	for _, rd := range lastWorking(d.Account) {
		out = append(out, answerProof(rd))
	}
	slices.SortFunc(out, func(a, b govsweep.Evidence) int { return bytes.Compare([]byte(a.URL+a.Digest), []byte(b.URL+b.Digest)) })
	return out
}

// lastWorking gives the newest working answer of each source.
func lastWorking(d *facts.AccountDossier) map[string]*govsweep.Reading {
	last := map[string]*govsweep.Reading{}
	for i := range d.Readings {
		if rd := &d.Readings[i]; rd.Health == govsweep.SourceWorking && rd.Digest != "" {
			last[rd.Source.Key()] = rd
		}
	}
	return last
}

// answerProof cites what a source answered; a file by its name.
func answerProof(rd *govsweep.Reading) govsweep.Evidence {
	return govsweep.Evidence{Digest: rd.Digest, Kind: string(govsweep.ResponseCapture), URL: addressOf(rd), At: rd.At.In(govsweep.Shanghai).Format(time.RFC3339)}
}

func addressOf(rd *govsweep.Reading) string {
	if rd.URL != "" {
		return rd.URL
	}
	return rd.Source.Address
}

// dropAll gives up every spool of the sweep.
func (r *accountRun) dropAll() error {
	var err error
	for i := range r.targets {
		if a := r.of[r.targets[i].Target.ID]; a != nil {
			err = errors.Join(err, r.drop(a))
		}
	}
	return err
}

func (r *accountRun) drop(a *govsweep.Account) error {
	if r.Evidence == nil {
		return nil
	}
	var err error
	for _, s := range a.Sources {
		err = errors.Join(err, r.Evidence.DropSpool(r.spoolName(a.ID, s), r.Fence))
	}
	return err
}

// mediaType reads the type of a body from the header it came with.
func mediaType(head []byte) string {
	_, fields, _ := bytes.Cut(head, []byte("\r\n"))
	h, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(bytes.Clone(fields), "\r\n"...)))).ReadMIMEHeader() // what could be read counts
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}
