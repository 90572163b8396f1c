package web

import (
	"net/http"

	"github.com/govsweep/govsweep"
)

type auditPage struct {
	common
	Lines []govsweep.AuditLine
	Head  govsweep.AuditHead
	Next  int64 // 0 = none
}

func (s *Server) audit(w http.ResponseWriter, r *http.Request) error {
	page := auditPage{}
	var err error
	if page.common, _, err = s.commonOf(r, "审计日志", "audit"); err != nil {
		return err
	}
	if page.Lines, page.Next, err = s.auditBefore(r, pageRows); err != nil {
		return err
	}
	if page.Head, err = s.Log.AuditHead(r.Context()); err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "audit", page)
}

func (s *Server) auditBefore(r *http.Request, limit int) ([]govsweep.AuditLine, int64, error) {
	before, err := number(r.URL.Query().Get("after"))
	if err != nil {
		return nil, 0, err
	}
	lines, err := s.Log.AuditPage(r.Context(), before, limit)
	if err != nil || len(lines) < limit || lines[len(lines)-1].Seq == 1 {
		return lines, 0, err
	}
	return lines, lines[len(lines)-1].Seq, nil
}
