package web

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

type sweepsPage struct {
	common
	Sweeps []govsweep.Sweep
	Next   string
}

// pageRows is how many rows a page shows.
const pageRows = 100

func (s *Server) sweeps(w http.ResponseWriter, r *http.Request) error {
	c, _, err := s.commonOf(r, "检查", "sweeps")
	if err != nil {
		return err
	}
	some, next, err := s.sweepsBefore(r, pageRows)
	if err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "sweeps", sweepsPage{c, some, next})
}

// sweepsBefore gives sweeps older than the key asked for.
func (s *Server) sweepsBefore(r *http.Request, limit int) ([]govsweep.Sweep, string, error) {
	before, err := number(r.URL.Query().Get("after"))
	if err != nil {
		return nil, "", err
	}
	all, err := s.Results.Sweeps(r.Context())
	if err != nil {
		return nil, "", err
	}
	if before > 0 {
		all = slices.DeleteFunc(all, func(x govsweep.Sweep) bool { return x.ID >= before })
	}
	if len(all) <= limit {
		return all, "", nil
	}
	return all[:limit], strconv.FormatInt(all[limit-1].ID, 10), nil
}

// number reads a number of an address; "" is 0.
func number(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, &govsweep.Error{Kind: govsweep.Wrong, Say: "地址中的编号不正确。"}
	}
	return n, nil
}

type sweepPage struct {
	common
	Progress progress
	Controls []govsweep.Control
	Verdicts []govsweep.Verdict
	Next     string
}

func (s *Server) sweep(w http.ResponseWriter, r *http.Request) error {
	id, err := number(r.PathValue("id"))
	if err != nil {
		return err
	}
	sw, err := s.Results.Sweep(r.Context(), id)
	if err != nil {
		return err
	}
	page := sweepPage{}
	if page.common, _, err = s.commonOf(r, "第"+r.PathValue("id")+"次检查", "sweeps"); err != nil {
		return err
	}
	if page.Progress, page.Controls, err = s.progressOf(r.Context(), sw); err != nil {
		return err
	}
	if page.Verdicts, page.Next, err = s.verdictsAfter(r, id, pageRows); err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "sweep", page)
}

// ownVerdicts gives the verdicts over sites and accounts of the asker's units.
func (s *Server) ownVerdicts(r *http.Request, all []govsweep.Verdict) ([]govsweep.Verdict, error) {
	sites, _, err := s.sitesFor(r, "", math.MaxInt)
	if err != nil {
		return nil, err
	}
	accounts, err := s.Results.AccountsPage(r.Context(), append([]string{}, userOf(r).Units...), "", 0)
	if err != nil {
		return nil, err
	}
	own := map[govsweep.TargetID]bool{}
	for i := range sites {
		own[sites[i].ID] = true
	}
	for i := range accounts {
		own[accounts[i].ID] = true
	}
	return slices.DeleteFunc(all, func(v govsweep.Verdict) bool { return !own[v.Target.ID] }), nil
}

// verdictsAfter gives the verdicts of a sweep the asker may see, in order of
// target, behind the key asked for.
func (s *Server) verdictsAfter(r *http.Request, sweep int64, limit int) ([]govsweep.Verdict, string, error) {
	all, err := s.Results.Verdicts(r.Context(), sweep)
	if err != nil {
		return nil, "", err
	}
	if userOf(r).Role == govsweep.OwnerRole {
		if all, err = s.ownVerdicts(r, all); err != nil {
			return nil, "", err
		}
	}
	slices.SortFunc(all, func(a, b govsweep.Verdict) int { return strings.Compare(string(a.Target.ID), string(b.Target.ID)) })
	after := govsweep.TargetID(r.URL.Query().Get("after"))
	all = slices.DeleteFunc(all, func(v govsweep.Verdict) bool { return after != "" && v.Target.ID <= after })
	if len(all) <= limit {
		return all, "", nil
	}
	return all[:limit], string(all[limit-1].Target.ID), nil
}
