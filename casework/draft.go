package casework

import (
	"context"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

// Draft keeps a new 整改通知书 or 监管提示单 about one site. When the gate holds
// its sweep suspect, the case needs an Override with a name and a reason. The
// root causes are named here.
func (d *Desk) Draft(ctx context.Context, c reports.Case, f *reports.Form, gate rectify.GateResult) (*govsweep.Notice, error) {
	if err := pass(gate, c.Override); err != nil {
		return nil, err
	}
	if !gate.Suspect {
		c.Override = nil
	}
	c.Causes = causes(c.Findings)
	n, err := reports.Draft(c, f)
	if err != nil {
		return nil, err
	}
	if err := d.undrafted(ctx, &c); err != nil {
		return nil, err
	}
	return n, d.Store.DraftNotice(ctx, n)
}

// causes names the root cause of each finding, so that the paper prints one
// fault under several clauses once.
func causes(fs []govsweep.Finding) map[string]string {
	out := make(map[string]string, len(fs))
	for i := range fs {
		out[fs[i].Fingerprint] = rectify.Cause(&fs[i])
	}
	return out
}

// pass lets a suspect sweep through only on a person's word.
func pass(gate rectify.GateResult, o *govsweep.Override) error {
	if !gate.Suspect {
		return nil
	}
	why := strings.TrimSuffix(strings.Join(gate.Reasons, ""), "。")
	if o == nil || strings.TrimSpace(o.By) == "" || strings.TrimSpace(o.Reason) == "" {
		return &govsweep.Error{Kind: govsweep.Conflict, Say: "该次检查存疑，不能据此拟制通知书：" + why +
			"。请排除故障后重新检查；确需拟制的，用 --override 写明理由，连同 --by 的姓名一并留存。"}
	}
	return nil
}

// Undrafted parts findings of a site into those that stand in no draft and,
// by finding, the draft that holds the others.
func (d *Desk) Undrafted(ctx context.Context, site govsweep.TargetID, fs []govsweep.Finding) (free []govsweep.Finding, held map[string]string, err error) {
	held = map[string]string{}
	for _, f := range fs {
		papers, err := d.Store.Naming(ctx, site, f.Fingerprint)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range papers {
			if p.State == govsweep.NoticeDraft && p.Parent == "" {
				held[f.ID] = p.ID
			}
		}
		if held[f.ID] == "" {
			free = append(free, f)
		}
	}
	return free, held, nil
}

// undrafted refuses a second draft about the same findings.
func (d *Desk) undrafted(ctx context.Context, c *reports.Case) error {
	_, held, err := d.Undrafted(ctx, c.Site.Target().ID, c.Findings)
	for _, f := range c.Findings {
		if draft := held[f.ID]; draft != "" && err == nil {
			return &govsweep.Error{Kind: govsweep.Conflict, Say: fmt.Sprintf("问题%s已列入草稿%s，请下发该草稿（govsweep notice issue %s）或撤销后重新拟稿。", f.ID, draft, draft)}
		}
	}
	return err
}
