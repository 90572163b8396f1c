package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
	"github.com/govsweep/govsweep/workplan"
)

// TestTiedIndicatorsAreThoseOfTheRulebook: what a work plan ties is an entry
// of the rulebook, or is an indicator of the handbook the product does not
// check yet; nothing else.
func TestAnOverdueTaskSaysForHowLongInYears(t *testing.T) {
	for days, want := range map[int]string{1: "超期1天", 365: "超期365天", 366: "超期1年以上", 1879: "超期5年以上"} {
		if got := overdueWords(days); got != want {
			t.Errorf("%d days: %s", days, got)
		}
	}
}

func TestTiedIndicatorsAreThoseOfTheRulebook(t *testing.T) {
	b, err := rules.LoadBook("gov-2019-19", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, e := range b.Entries {
		checked[e.ID] = true
	}
	handbook := handbookIDs(t)
	now := 0
	for _, id := range workplan.Indicators() {
		switch {
		case checked[id]:
			now++
		case !slices.Contains(handbook, id):
			t.Errorf("%s is in neither the rulebook nor the handbook", id)
		}
	}
	t.Logf("%d indicators are tied, %d of them are checked by the product now", len(workplan.Indicators()), now)
	if now < 30 {
		t.Errorf("only %d tied indicators are checked", now)
	}
}

// handbookIDs reads the indicators of the handbook beside the repository.
func handbookIDs(t *testing.T) []string {
	dir := os.Getenv("GOVSWEEP_SHARED")
	for at, _ := os.Getwd(); dir == "" && at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "shared", "domain", "indicators.yaml")); err == nil {
			dir = filepath.Join(at, "shared")
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, "domain", "indicators.yaml"))
	if err != nil {
		t.Skip("the handbook is not beside the repository (shared/domain, or GOVSWEEP_SHARED): nothing to compare with")
	}
	var out []string
	for _, m := range regexp.MustCompile(`(?m)^\s*-\s*\{?\s*id:\s*([A-Z]{2}-\d\d[a-z]?)`).FindAllStringSubmatch(string(raw), -1) {
		out = append(out, m[1])
	}
	if len(out) < 200 {
		t.Fatalf("only %d indicators found in the handbook", len(out))
	}
	return out
}
