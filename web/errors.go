package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// refusal is an error with a status of its own.
type refusal struct {
	status int
	say    string
	after  time.Duration // when to try again; 0 = not said
}

func (e *refusal) Error() string { return e.say }

var errNotYours = &refusal{status: http.StatusForbidden, say: "您的角色没有这项权限，请与管理员联系。"}

// page is the only place that turns an error into a status, an answer and a
// log line, and the only one that lets somebody in.
func (s *Server) page(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asker, err := s.enter(r, rt)
		if err == nil {
			err = rt.handle(s, w, r.WithContext(asker))
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// fail answers with an error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	var no *refusal
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, errNoUser) && !api(r):
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	case errors.Is(err, errNoUser):
		w.Header().Set("WWW-Authenticate", "Bearer")
		s.answer(w, r, http.StatusUnauthorized, "请先登录，或在 Authorization 中给出有效的访问令牌。")
	case errors.As(err, &no):
		if no.after > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(no.after.Seconds())+1))
		}
		s.answer(w, r, no.status, no.say)
	case errors.As(err, &large):
		s.answer(w, r, http.StatusRequestEntityTooLarge, "提交的内容过大。")
	case errors.Is(err, context.Canceled) && r.Context().Err() != nil:
		return // nobody waits for the answer
	default:
		s.ours(w, r, err)
	}
}

func (s *Server) ours(w http.ResponseWriter, r *http.Request, err error) {
	status := map[govsweep.ErrorKind]int{govsweep.Wrong: http.StatusBadRequest, govsweep.NotFound: http.StatusNotFound,
		govsweep.Conflict: http.StatusConflict, govsweep.Unavailable: http.StatusServiceUnavailable}[govsweep.KindOf(err)]
	say := "程序出错，详情见服务器日志。"
	if e, ok := errors.AsType[*govsweep.Error](err); ok {
		say = e.Say
	}
	if status == 0 {
		status = http.StatusInternalServerError
	}
	if status >= 500 {
		s.Logger.ErrorContext(r.Context(), "request failed", "path", r.URL.Path, "error", err)
	}
	s.answer(w, r, status, say)
}

func api(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

type errorPage struct {
	common
	Say string
}

// answer says one sentence with a status, as a page or as JSON.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, status int, say string) {
	if api(r) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": say}) // the caller may be gone
		return
	}
	p := errorPage{common: common{Title: "提示", User: userOf(r)}, Say: say}
	if err := s.pages.write(w, status, "error", p); err != nil {
		s.Logger.ErrorContext(r.Context(), "page not written", "path", r.URL.Path, "error", err)
	}
}
