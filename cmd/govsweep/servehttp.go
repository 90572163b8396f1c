package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

// handler answers for the state of this process; everything else goes to web.
func (s *service) handler(web http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { state(w, http.StatusOK, "正常") })
	mux.HandleFunc("GET /readyz", s.ready)
	registry := prometheus.NewRegistry()
	registry.MustRegister(&stateCollector{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
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
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	if why := s.load.Why(r.Context()); why != "" {
		state(w, http.StatusServiceUnavailable, why)
		return
	}
	beats, err := s.db.Beats(r.Context())
	switch age := time.Since(beats[schedule.TickBeat]); {
	case err != nil:
		state(w, http.StatusServiceUnavailable, "数据库不能读取")
	case beats[schedule.TickBeat].IsZero():
		state(w, http.StatusServiceUnavailable, "时间表还没有运行")
	case age > tickLate:
		state(w, http.StatusServiceUnavailable, fmt.Sprintf("时间表已有%.0f分钟没有运行", age.Minutes()))
	default:
		say := "正常"
		for _, a := range s.app.alarmsStanding(s.db) {
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

// stateCollector reads numbers when they are asked for.
type stateCollector struct{ s *service }

var (
	metricBusy     = prometheus.NewDesc("govsweep_pieces_busy", "Pieces of work under way in this process.", nil, nil)
	metricFailures = prometheus.NewDesc("govsweep_piece_failures_total", "Pieces of work that failed in this process.", nil, nil)
	metricHeld     = prometheus.NewDesc("govsweep_work_held", "1 while work is held because of disk or database.", nil, nil)
	metricTick     = prometheus.NewDesc("govsweep_tick_timestamp_seconds", "When the timetable was last looked at by any process.", nil, nil)
	metricOpen     = prometheus.NewDesc("govsweep_runs_open", "Runs of schedules under way.", nil, nil)
	metricDone     = prometheus.NewDesc("govsweep_schedule_last_success_timestamp_seconds", "When a schedule was last done.", []string{"schedule"}, nil)
	metricAlarm    = prometheus.NewDesc("govsweep_alarm", "1 for every alarm that stands.", []string{"kind", "subject", "machine"}, nil)
	metricFree     = prometheus.NewDesc("govsweep_disk_free_bytes", "Free bytes on the disk of the data directory.", nil, nil)
)

// Describe names the metrics.
func (c *stateCollector) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{metricBusy, metricFailures, metricHeld, metricTick, metricOpen, metricDone, metricFree, metricAlarm} {
		out <- d
	}
}

// Collect reads them. What the database does not tell is left out.
func (c *stateCollector) Collect(out chan<- prometheus.Metric) {
	s, ctx := c.s, c.s.app.ctx
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(metricBusy, float64(s.engine.Busy()))
	out <- prometheus.MustNewConstMetric(metricFailures, prometheus.CounterValue, float64(s.engine.Failures()))
	held := 0.0
	if s.load.Why(ctx) != "" {
		held = 1
	}
	gauge(metricHeld, held)
	if n, known := schedule.DiskFree(s.app.settings.data); known {
		gauge(metricFree, float64(n))
	}
	for _, a := range s.app.alarmsStanding(s.db) {
		gauge(metricAlarm, 1, string(a.Kind), a.Subject, a.Host)
	}
	if beats, err := s.db.Beats(ctx); err == nil && !beats[schedule.TickBeat].IsZero() {
		gauge(metricTick, float64(beats[schedule.TickBeat].Unix()))
	}
	if open, err := s.db.OpenScheduleRuns(ctx); err == nil {
		gauge(metricOpen, float64(len(open)))
	}
	done, err := s.db.LastDone(ctx)
	if err != nil {
		return
	}
	for _, r := range done {
		if r.State == govsweep.RunDone {
			gauge(metricDone, float64(r.Ended.Unix()), r.Schedule)
		}
	}
}
