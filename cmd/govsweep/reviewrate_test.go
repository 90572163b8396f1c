package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// TestReviewRate measures a scripted review: one key a decision, evidence
// shown, every decision stored before the next one is asked for.
func TestReviewRate(t *testing.T) {
	const decisions, slowest = 300, 300 // an hour
	o := &official{t: t, dir: t.TempDir()}
	o.dsn = "sqlite:" + filepath.Join(o.dir, "govsweep.db")
	var sites []*townSite
	for i := range 15 {
		sites = append(sites, newTownSite(t, fmt.Sprintf("99000001%02d", i), fmt.Sprintf("第%d局网站", i), fmt.Sprintf("第%d局", i), 300))
	}
	o.does(exitDone, "import", "sites", writeRegister(t, o.dir, sites...))
	o.sweep()
	begun := time.Now()
	o.types(strings.Repeat("y", decisions), exitDone, "finding", "review", "--by", "张三", "--each")
	took := time.Since(begun)
	o.hears("证据　　sha256:", "网页标题“")
	shown := strings.Count(o.out, "证据　　sha256:")
	decided := strings.Count(o.does(exitDone, "findings", "--format", "jsonl"), `"status":"`+string(govsweep.Confirmed)+`"`)
	hour := float64(decisions) / took.Hours()
	t.Logf("%d decisions, %d with their evidence, in %s: %.0f an hour", decisions, shown, took.Round(time.Millisecond), hour)
	if hour < slowest || shown < decisions*9/10 || decided < decisions-len(sites) { // vetoes wait for a second person
		t.Errorf("%.0f decisions an hour, %d shown, %d confirmed", hour, shown, decided)
	}
}
