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
	what    string // one target: 网站, 账号
}

// bar makes the progress bar of a run over some targets, counting what is read of them.
func (a *app) bar(targets int, what, read string) *bar {
	b := &bar{targets: targets, what: what}
	if isTerminal(a.stderr) {
		b.shown = progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription("正在检查"),
			progressbar.OptionSetItsString(read), progressbar.OptionShowIts(), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
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
		b.shown.Describe(fmt.Sprintf("已完成%d/%d个%s，正在检查", b.ended, b.targets, b.what))
	}
}

func (b *bar) end() {
	if b.shown != nil {
		_ = b.shown.Finish() // only fails when the terminal is gone
	}
}
