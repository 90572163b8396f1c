package sweep

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// ipv6Back is how far back a dossier takes visits over IPv6, and the report
// it is judged by. What of it still speaks for the site the rulebook says.
const ipv6Back = 35 * 24 * time.Hour

// ipv6 gives what is known of a target over IPv6 until asOf; nil for nothing.
func (in *Inspector) ipv6(ctx context.Context, t govsweep.TargetID, asOf time.Time) (*facts.IPv6Facts, error) {
	from, to := asOf.Add(-ipv6Back), asOf.Add(time.Second)
	report, err := in.Store.IPv6Report(ctx, t, from, to)
	if err != nil || report == nil {
		return nil, err
	}
	visits, err := in.Store.Probed(ctx, t, from, to)
	if err != nil {
		return nil, err
	}
	proof, err := in.Store.IPv6Proof(ctx, t, from, to)
	if err != nil {
		return nil, err
	}
	if report.Evidence, err = in.held(report.Evidence); err != nil {
		return nil, err
	}
	if proof, err = in.held(proof); err != nil {
		return nil, err
	}
	return facts.NewIPv6(report, visits, proof), nil
}

// held gives the captures that are in the evidence store: a finding cannot
// rest on one that is no longer, or not here, in it. A disk that cannot be
// read is an error and takes no capture away.
func (in *Inspector) held(all []govsweep.Evidence) ([]govsweep.Evidence, error) {
	var out []govsweep.Evidence
	for _, e := range all {
		d, err := govsweep.ParseDigest(e.Digest)
		if err != nil {
			continue
		}
		if in.Evidence != nil {
			there, err := in.Evidence.Holds(d)
			if err != nil {
				return nil, err
			}
			if !there {
				continue
			}
		}
		out = append(out, e)
	}
	return out, nil
}

// indexProbes writes where and when the cited captures of probes were taken:
// they stood in the evidence store before the sweep.
func (in *Inspector) indexProbes(ctx context.Context, r *run, res *govsweep.Inspection) error {
	var rows []govsweep.Capture
	for i := range res.Findings {
		for _, e := range res.Findings[i].Evidence {
			if !e.OfProbe() {
				continue
			}
			row, err := in.probeCapture(r, e)
			if err != nil {
				return fmt.Errorf("index evidence: %w", err)
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return in.Store.IndexCaptures(ctx, r.id, rows)
}

func (in *Inspector) probeCapture(r *run, e govsweep.Evidence) (govsweep.Capture, error) {
	d, err := govsweep.ParseDigest(e.Digest)
	if err != nil {
		return govsweep.Capture{}, err
	}
	body, err := in.Evidence.Get(d)
	if err != nil {
		return govsweep.Capture{}, err
	}
	at, err := time.Parse(time.RFC3339, e.At)
	if err != nil {
		return govsweep.Capture{}, err
	}
	c := govsweep.Capture{Digest: d, Kind: govsweep.CaptureKind(e.Kind), URL: e.URL, At: at, MediaType: "text/plain", Charset: "utf-8",
		Length: int64(len(body)), Sweep: r.id.Sweep, Target: r.id.Target}
	if c.Kind == govsweep.HomeV4Capture || c.Kind == govsweep.HomeV6Capture {
		c.MediaType, c.Charset = "text/html", "" // as the server sent it
	}
	return c, nil
}
