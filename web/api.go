package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// list is a page of a list; next is the after of the page that follows.
type list struct {
	Items any    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// send writes JSON, made whole before the first byte is sent.
func send(w http.ResponseWriter, v any) error {
	var out bytes.Buffer
	if err := json.NewEncoder(&out).Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = out.WriteTo(w) // the caller may be gone
	return nil
}

// sendList writes a page; an empty list is [] and not null.
func sendList[T any](w http.ResponseWriter, items []T, next string) error {
	if items == nil {
		items = []T{}
	}
	return send(w, list{items, next})
}

// limitOf reads how many rows are asked for, at most 500.
func limitOf(r *http.Request) (int, error) {
	n, err := number(r.URL.Query().Get("limit"))
	if err != nil || n > 500 {
		return 0, &govsweep.Error{Kind: govsweep.Wrong, Say: "limit 应在1至500之间。"}
	}
	if n == 0 {
		n = pageRows
	}
	return int(n), nil
}

func (s *Server) apiHealth(w http.ResponseWriter, r *http.Request) error {
	h, err := s.Operations.Health(r.Context())
	if err != nil {
		return err
	}
	return send(w, h)
}

func (s *Server) apiAlarms(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Operations.Alarms(r.Context())
	if err != nil {
		return err
	}
	return sendList(w, all, "")
}

func (s *Server) apiSchedules(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Operations.Schedules(r.Context())
	if err != nil {
		return err
	}
	return sendList(w, all, "")
}

func (s *Server) apiSchedule(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Operations.Schedules(r.Context())
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
	return send(w, struct {
		*Schedule
		Runs []govsweep.ScheduleRun `json:"runs"`
	}{one, runs})
}

func (s *Server) apiCommand(w http.ResponseWriter, r *http.Request) error {
	name, err := s.do(r)
	if err != nil {
		return err
	}
	return send(w, map[string]string{"schedule": name, "done": r.PathValue("what")})
}

func (s *Server) apiSweeps(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	some, next, err := s.sweepsBefore(r, limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

// ofSweep gives the sweep an address names.
func (s *Server) ofSweep(r *http.Request) (*govsweep.Sweep, error) {
	id, err := number(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s.Results.Sweep(r.Context(), id)
}

// listOfSweep is ofSweep for a list, with how many rows are asked for.
func (s *Server) listOfSweep(r *http.Request) (*govsweep.Sweep, int, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, 0, err
	}
	sw, err := s.ofSweep(r)
	return sw, limit, err
}

func (s *Server) apiSweep(w http.ResponseWriter, r *http.Request) error {
	sw, err := s.ofSweep(r)
	if err != nil {
		return err
	}
	p, controls, err := s.progressOf(r.Context(), sw)
	if err != nil {
		return err
	}
	return send(w, map[string]any{"sweep": sw, "targets": p.Total, "done": p.Done, "failed": p.Failed, "waiting": p.Waiting, "controls": controls})
}

func (s *Server) apiVerdicts(w http.ResponseWriter, r *http.Request) error {
	sw, limit, err := s.listOfSweep(r)
	if err != nil {
		return err
	}
	some, next, err := s.verdictsAfter(r, sw.ID, limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

func (s *Server) apiFindings(w http.ResponseWriter, r *http.Request) error {
	sw, limit, err := s.listOfSweep(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	some, next, err := s.Results.FindingsPage(r.Context(), sw.ID, govsweep.TargetID(q.Get("target")), q.Get("after"), limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

func (s *Server) apiTargets(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	some, next, err := s.sitesFor(r, govsweep.TargetID(r.URL.Query().Get("after")), limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

func (s *Server) apiTarget(w http.ResponseWriter, r *http.Request) error {
	site, err := s.siteFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return send(w, site)
}

func (s *Server) apiTargetFindings(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	site, err := s.siteFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	_, some, next, err := s.lastFindings(r, site.ID, limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

func (s *Server) apiFinding(w http.ResponseWriter, r *http.Request) error {
	f, err := s.Results.Finding(r.Context(), r.PathValue("id"))
	if err == nil {
		var ok bool
		if ok, err = s.mine(r, f.Target); err == nil && !ok {
			err = &govsweep.Error{Kind: govsweep.NotFound}
		}
	}
	if k := govsweep.KindOf(err); k == govsweep.NotFound || k == govsweep.Conflict { // whose beginning it is is not told either
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这个问题。"}
	}
	if err != nil {
		return err
	}
	return send(w, f)
}

func (s *Server) apiAudit(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	lines, next, err := s.auditBefore(r, limit)
	if err != nil {
		return err
	}
	after := ""
	if next > 0 {
		after = strconv.FormatInt(next, 10)
	}
	return sendList(w, lines, after)
}

// apiDescription describes the API from the table of routes.
func (s *Server) apiDescription(w http.ResponseWriter, _ *http.Request) error {
	paths := map[string]map[string]any{}
	for _, rt := range routes() {
		if rt.scope == "" {
			continue
		}
		var params []any
		for _, part := range strings.Split(rt.path, "/") {
			if name, ok := strings.CutPrefix(part, "{"); ok {
				params = append(params, parameter(strings.TrimSuffix(name, "}"), "path", true))
			}
		}
		for _, name := range rt.query {
			params = append(params, parameter(name, "query", false))
		}
		if paths[rt.path] == nil {
			paths[rt.path] = map[string]any{}
		}
		paths[rt.path][strings.ToLower(rt.method)] = map[string]any{"summary": rt.say, "parameters": params, "x-roles": rt.allowed, "x-scope": rt.scope,
			"responses": map[string]any{"200": say("JSON"), "400": say("请求不正确"), "401": say("没有登录或令牌无效"), "403": say("没有权限"), "404": say("没有这个对象"), "429": say("请求过于频繁")}}
	}
	return send(w, map[string]any{"openapi": "3.1.0", "info": map[string]any{"title": "govsweep", "version": "1"}, "paths": paths,
		"components": map[string]any{"securitySchemes": map[string]any{"token": map[string]any{"type": "http", "scheme": "bearer"}}},
		"security":   []any{map[string]any{"token": []string{}}}})
}

func say(s string) map[string]string { return map[string]string{"description": s} }

func parameter(name, in string, needed bool) map[string]any {
	return map[string]any{"name": name, "in": in, "required": needed, "schema": map[string]string{"type": "string"}}
}
