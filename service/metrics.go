package service

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/schedule"
)

// stateCollector reads numbers when they are asked for. It keeps a context, for
// who collects gives none.
type stateCollector struct {
	s   *State
	ctx context.Context
}

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
	s, ctx := c.s, c.ctx
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(metricBusy, float64(s.Engine.Busy()))
	out <- prometheus.MustNewConstMetric(metricFailures, prometheus.CounterValue, float64(s.Engine.Failures()))
	held := 0.0
	if s.Load.Why(ctx) != "" {
		held = 1
	}
	gauge(metricHeld, held)
	if n, known := schedule.DiskFree(s.Data); known {
		gauge(metricFree, float64(n))
	}
	for _, a := range s.Standing() {
		gauge(metricAlarm, 1, string(a.Kind), a.Subject, a.Host)
	}
	if beats, err := s.Store.Beats(ctx); err == nil && !beats[schedule.TickBeat].IsZero() {
		gauge(metricTick, float64(beats[schedule.TickBeat].Unix()))
	}
	if open, err := s.Store.OpenScheduleRuns(ctx); err == nil {
		gauge(metricOpen, float64(len(open)))
	}
	done, err := s.Store.LastDone(ctx)
	if err != nil {
		return
	}
	for _, r := range done {
		if r.State == govsweep.RunDone {
			gauge(metricDone, float64(r.Ended.Unix()), r.Schedule)
		}
	}
}
