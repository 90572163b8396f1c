package service

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/workday"
)

// StateStore is what is known of schedules, their runs and the alarms.
type StateStore interface {
	Schedules(ctx context.Context) ([]govsweep.Schedule, error)
	Schedule(ctx context.Context, name string) (*govsweep.Schedule, error)
	SetPaused(ctx context.Context, s *govsweep.Schedule) error
	ScheduleRuns(ctx context.Context, schedule string, most int) ([]govsweep.ScheduleRun, error)
	LastDone(ctx context.Context) ([]govsweep.ScheduleRun, error)
	Runs
	Beats(ctx context.Context) (map[string]time.Time, error)
	Alarms(ctx context.Context) ([]govsweep.Alarm, error)
}

// State is how an installation is, seen from this process. Its fields are set
// once.
type State struct {
	Store    StateStore
	Engine   *schedule.Engine
	Load     *schedule.Load
	Days     func() (*workday.Calendar, error)
	Standing func() []govsweep.Alarm // the alarms that stand over all machines
	Data     string                  // the data directory
	Database string                  // SQLite or PostgreSQL
	Version  string
	Slots    int // pieces at the same time in this process
}

// Handler answers for the state of this process: /healthz, /readyz and
// /metrics, which ask the database until ctx ends. Everything else goes to
// web; nil is a process without pages.
func (s *State) Handler(ctx context.Context, web http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { state(w, http.StatusOK, "正常") })
	mux.HandleFunc("GET /readyz", s.ready)
	registry := prometheus.NewRegistry()
	registry.MustRegister(&stateCollector{s, ctx}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{MaxRequestsInFlight: 2, Timeout: 20 * time.Second}))
	if web == nil {
		web = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			state(w, http.StatusNotFound, "这里只有 /healthz、/readyz 和 /metrics；页面由 govsweep serve 提供")
		})
	}
	mux.Handle("/", web)
	return mux
}

func state(w http.ResponseWriter, code int, say string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": code == http.StatusOK, "state": say}) // the caller is gone
}

// tickLate is when a timetable that nobody looked at counts as stopped.
const tickLate = 2 * time.Minute

// ready says whether work goes on: database, disk and timetable.
func (s *State) ready(w http.ResponseWriter, r *http.Request) {
	if why := s.Load.Why(r.Context()); why != "" {
		state(w, http.StatusServiceUnavailable, why)
		return
	}
	beats, err := s.Store.Beats(r.Context())
	switch age := time.Since(beats[schedule.TickBeat]); {
	case err != nil:
		state(w, http.StatusServiceUnavailable, "数据库不能读取")
	case beats[schedule.TickBeat].IsZero():
		state(w, http.StatusServiceUnavailable, "时间表还没有运行")
	case age > tickLate:
		state(w, http.StatusServiceUnavailable, fmt.Sprintf("时间表已有%.0f分钟没有运行", age.Minutes()))
	default:
		say := "正常"
		for _, a := range s.Standing() {
			say += "；报警：" + a.Kind.Word() + orSubject(a.Subject)
		}
		state(w, http.StatusOK, say)
	}
}

func orSubject(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}
