package web

import (
	"net/http"
	"net/url"

	"github.com/govsweep/govsweep"
)

type schedulePage struct {
	common
	Schedule Schedule
	Runs     []govsweep.ScheduleRun
}

func (s *Server) schedule(w http.ResponseWriter, r *http.Request) error {
	c, all, err := s.commonOf(r, "计划", "overview")
	if err != nil {
		return err
	}
	one, err := named(all, r.PathValue("name"))
	if err != nil {
		return err
	}
	runs, err := s.Operations.Runs(r.Context(), one.Name, pageRows)
	if err != nil {
		return err
	}
	c.Title = "计划“" + one.Name + "”"
	return s.pages.write(w, http.StatusOK, "schedule", schedulePage{c, *one, runs})
}

func named(all []Schedule, name string) (*Schedule, error) {
	for i := range all {
		if all[i].Name == name {
			return &all[i], nil
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有名为“" + name + "”的计划。"}
}

// commands are what a person may ask of a schedule.
var commands = map[string]bool{"pause": true, "resume": true, "run": true, "cancel": true}

func (s *Server) do(r *http.Request) (string, error) {
	name, what := r.PathValue("name"), r.PathValue("what")
	if !commands[what] {
		return "", &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这项操作。"}
	}
	return name, s.Operations.Command(r.Context(), name, what)
}

func (s *Server) command(w http.ResponseWriter, r *http.Request) error {
	name, err := s.do(r)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/schedules/"+url.PathEscape(name), http.StatusSeeOther)
	return nil
}
