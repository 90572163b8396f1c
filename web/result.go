package web

import (
	"net/http"

	"github.com/govsweep/govsweep"
)

// result is what the newest inspection of a site or an account came to.
type result struct {
	Sweep    *govsweep.Sweep   // nil when none judged it
	Verdict  *govsweep.Verdict // nil then
	Findings []govsweep.Finding
	After    string // the cursor this part begins behind
	Next     string // the cursor of the next part
}

// Clean says that nothing was found and nothing is open: only then may a
// page say that there is no fault.
func (r result) Clean() bool {
	return r.Verdict != nil && r.Verdict.Grade == govsweep.Qualified && len(r.Verdict.Open) == 0 && len(r.Findings) == 0 && r.After == ""
}

// lastResult gives what the newest inspection of a target came to.
func (s *Server) lastResult(r *http.Request, id govsweep.TargetID) (result, error) {
	out := result{After: r.URL.Query().Get("after")}
	var err error
	if out.Sweep, out.Findings, out.Next, err = s.lastFindings(r, id, pageRows); err != nil || out.Sweep == nil {
		return out, err
	}
	out.Verdict, err = s.Results.Verdict(r.Context(), govsweep.Run{Sweep: out.Sweep.ID, Target: id})
	return out, err
}
