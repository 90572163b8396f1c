package main

import (
	"fmt"
	"sync"

	"github.com/schollz/progressbar/v3"

	"github.com/govsweep/govsweep"
)

// bar shows how far a run is, when a person watches.
type bar struct {
	mu      sync.Mutex
	shown   *progressbar.ProgressBar // nil: nobody watches
	targets int
	ended   int
}

// bar makes the progress bar of a run over some targets.
func (a *app) bar(targets int) *bar {
	b := &bar{targets: targets}
	if isTerminal(a.stderr) {
		b.shown = progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription("正在检查"),
			progressbar.OptionSetItsString("页"), progressbar.OptionShowIts(), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	return b
}

// pages tells that pages were read.
func (b *bar) pages(_ govsweep.Target, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shown != nil {
		_ = b.shown.Add(n) // only fails when the terminal is gone
	}
}

// target tells that a target ended.
func (b *bar) target() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended++
	if b.shown != nil {
		b.shown.Describe(fmt.Sprintf("已完成%d/%d个网站，正在检查", b.ended, b.targets))
	}
}

func (b *bar) end() {
	if b.shown != nil {
		_ = b.shown.Finish() // only fails when the terminal is gone
	}
}
