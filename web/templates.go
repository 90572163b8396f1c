package web

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

// common is what every page shows.
type common struct {
	Title  string
	Here   string // the part of the menu it belongs to
	User   *govsweep.User
	Now    time.Time
	Done   done // when sweeps were last done
	Health Health
}

// Audits says whether the asker may see the audit log.
func (c common) Audits() bool { return c.User != nil && auditors.has(c.User.Role) }

// Staff says whether the asker may see how it runs.
func (c common) Staff() bool { return c.User != nil && staff.has(c.User.Role) }

// Operates says whether the asker may command schedules.
func (c common) Operates() bool { return c.User != nil && operators.has(c.User.Role) }

// done is when sweeps were last done, by a schedule or by hand; zero: never.
type done struct {
	Sites, Accounts time.Time
	Media           bool // accounts are swept here at all
}

func age(t, now time.Time) string {
	if t.IsZero() {
		return "从未"
	}
	switch d := now.Sub(t); {
	case d < time.Minute:
		return "刚刚"
	case d < time.Hour:
		return fmt.Sprintf("%d分钟前", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d小时前", int(d.Hours()))
	default:
		return fmt.Sprintf("%d天前", int(d.Hours()/24))
	}
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return govsweep.ChineseMinute(t)
}

func size(n uint64) string {
	if n == 0 {
		return "未知"
	}
	return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
}

var gradeWords = map[govsweep.Grade]string{govsweep.Qualified: "合格", govsweep.Unqualified: "不合格", govsweep.Undecided: "待核"}

var sweepWords = map[govsweep.SweepState]string{govsweep.SweepRunning: "进行中", govsweep.SweepDone: "已完成", govsweep.SweepCancelled: "已取消", govsweep.SweepFailed: "未能检查", govsweep.SweepWaiting: "等待"}

var kindWords = map[string]string{"inspect": "单站检查", "sweep": "成批检查", govsweep.RetestSweep: "复查", govsweep.AccountSweep: "政务新媒体检查"}

func wordOr[K ~string](words map[K]string) func(K) string {
	return func(k K) string {
		if w := words[k]; w != "" {
			return w
		}
		return string(k)
	}
}

var functions = template.FuncMap{"stamp": stamp, "size": size, "path": url.PathEscape, "query": url.QueryEscape, "age": age,
	"grade": wordOr(gradeWords), "sweepState": wordOr(sweepWords), "sweepKind": wordOr(kindWords), "join": strings.Join,
	"detail": access.Words, "subject": access.SubjectWords, "scope": access.ScopeWords, "machine": machine}

// templates are the pages by their name.
type templates struct{ of map[string]*template.Template }

func readTemplates() (*templates, error) {
	out := &templates{of: map[string]*template.Template{}}
	names, err := files.ReadDir("templates")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	for _, n := range names {
		name := strings.TrimSuffix(n.Name(), path.Ext(n.Name()))
		if name == "frame" {
			continue
		}
		t, err := template.New("frame.html").Funcs(functions).Option("missingkey=error").ParseFS(files, "templates/frame.html", "templates/"+n.Name())
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
		out.of[name] = t
	}
	return out, nil
}

// write makes a page whole before the first byte of it is sent.
func (t *templates) write(w http.ResponseWriter, status int, name string, page any) error {
	var out bytes.Buffer
	if err := t.of[name].Execute(&out, page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // the caller may be gone
	return nil
}

// lastDone says when a sweep over sites and one over accounts were last done.
func (s *Server) lastDone(ctx context.Context, schedules []Schedule) (done, error) {
	var d done
	last, err := s.Results.LastDoneSweeps(ctx)
	if err != nil {
		return d, err
	}
	for kind, at := range last {
		switch {
		case kind == govsweep.AccountSweep:
			d.Accounts, d.Media = at, true
		case kind != "inspect" && kind != govsweep.RetestSweep && at.After(d.Sites): // one site is no sweep
			d.Sites = at
		}
	}
	for i := range schedules {
		d.Media = d.Media || schedules[i].Kind == govsweep.AccountsSchedule
	}
	return d, nil
}

// commonOf is what every page of a user shows.
func (s *Server) commonOf(r *http.Request, title, here string) (common, []Schedule, error) {
	c := common{Title: title, Here: here, User: userOf(r), Now: s.Now()}
	all, err := s.Operations.Schedules(r.Context())
	if err != nil {
		return c, nil, err
	}
	if c.Done, err = s.lastDone(r.Context(), all); err != nil {
		return c, nil, err
	}
	c.Health, err = s.Operations.Health(r.Context())
	return c, all, err
}

// machine is the owner of a lease as people know it: which machine, which process.
func machine(owner string) string {
	parts := strings.Split(owner, "/")
	if len(parts) < 2 {
		return owner
	}
	return parts[0] + "（进程" + parts[1] + "）"
}
