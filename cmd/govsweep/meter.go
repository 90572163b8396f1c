package main

import (
	"encoding/json"
	"math"
	"os"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// meter measures what a run costs.
type meter struct {
	stack *crawler.Stack
	began time.Time
	cpu   float64
	pages int
}

func startMeter(stack *crawler.Stack) *meter {
	return &meter{stack: stack, began: time.Now(), cpu: cpuSeconds()}
}

// stats are the figures so far.
func (m *meter) stats() govsweep.Stats {
	round := func(v float64) float64 { return math.Round(v*1000) / 1000 }
	return govsweep.Stats{
		Pages: m.pages, Bytes: m.stack.Bytes(), Requests: int(m.stack.Requests()),
		WallS: round(time.Since(m.began).Seconds()), CPUS: round(cpuSeconds() - m.cpu), PeakRSSMB: round(peakRSSMB()),
	}
}

// write puts the figures into a file; an empty name means not at all.
func (m *meter) write(path string) error {
	if path == "" {
		return nil
	}
	b, err := json.Marshal(m.stats())
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "开销文件“" + path + "”无法写入", Err: err}
	}
	return nil
}
