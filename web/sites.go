package web

import (
	"net/http"

	"github.com/govsweep/govsweep"
)

type sitesPage struct {
	common
	Sites []govsweep.Site
	Next  string
}

func (s *Server) sites(w http.ResponseWriter, r *http.Request) error {
	c, _, err := s.commonOf(r, "网站", "sites")
	if err != nil {
		return err
	}
	some, next, err := s.sitesFor(r, govsweep.TargetID(r.URL.Query().Get("after")), pageRows)
	if err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "sites", sitesPage{c, some, next})
}

type sitePage struct {
	common
	result
	Site govsweep.Site
}

func (s *Server) site(w http.ResponseWriter, r *http.Request) error {
	site, err := s.siteFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := sitePage{Site: *site}
	if page.common, _, err = s.commonOf(r, site.Name, "sites"); err != nil {
		return err
	}
	if page.result, err = s.lastResult(r, site.ID); err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "site", page)
}

// lastFindings gives what the newest inspection of a target found.
func (s *Server) lastFindings(r *http.Request, id govsweep.TargetID, limit int) (*govsweep.Sweep, []govsweep.Finding, string, error) {
	last, err := s.Results.LastJudged(r.Context(), id)
	if govsweep.KindOf(err) == govsweep.NotFound || err == nil && last == nil {
		return nil, nil, "", nil
	}
	if err != nil {
		return nil, nil, "", err
	}
	found, next, err := s.Results.FindingsPage(r.Context(), last.ID, id, r.URL.Query().Get("after"), limit)
	return last, found, next, err
}
