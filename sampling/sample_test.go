package sampling_test

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/govsweep/govsweep/sampling"
)

// frame is n sites of two levels on two platforms, in order of their codes.
func frame(n int) []sampling.Member {
	out := make([]sampling.Member, n)
	for i := range out {
		out[i] = sampling.Member{ID: fmt.Sprintf("98100%05d", i), Level: []string{"市级", "县级", "县级"}[i%3], Platform: []string{"甲平台", ""}[i%2]}
	}
	return out
}

func TestADrawIsTheSameForEveryone(t *testing.T) {
	want, err := sampling.Sample(frame(100), "30%", "2026年第3季度")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range int64(10) {
		fs := frame(100)
		rand.New(rand.NewSource(seed)).Shuffle(len(fs), func(i, j int) { fs[i], fs[j] = fs[j], fs[i] })
		got, err := sampling.Sample(fs, " 30.0 ", "2026年第3季度")
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Fatalf("in another order, the share written another way: %v\n%s", err, d)
		}
	}
	other, err := sampling.Sample(frame(100), "30", "2026年第4季度")
	if err != nil || slices.Equal(other.IDs, want.IDs) {
		t.Errorf("another seed draws the same: %v", err)
	}
}

func TestEachStratumIsRoundedUp(t *testing.T) {
	for name, c := range map[string]struct {
		size    int
		percent string
		want    int
	}{
		"a third of three":          {3, "33.4", 2},
		"30 of a hundred of ten":    {10, "30", 3},
		"30 of a hundred of eleven": {11, "30", 4},
		"a tenth of one":            {1, "10", 1},
		"all":                       {7, "100", 7},
		"a share no float holds: 7 of 100 of 100":    {100, "7", 7},
		"another: 14 of 100 of 50":                   {50, "14", 7},
		"the smallest share takes one":               {1000, "0.0001", 1},
		"a whole number is not rounded past itself ": {1000, "12.5%", 125},
	} {
		t.Run(name, func(t *testing.T) {
			var fs []sampling.Member
			for i := range c.size {
				fs = append(fs, sampling.Member{ID: fmt.Sprint(i), Level: "县级"})
			}
			d, err := sampling.Sample(fs, c.percent, "s")
			if err != nil || len(d.IDs) != c.want {
				t.Errorf("drew %v, %v, want %d", d, err, c.want)
			}
		})
	}
}

// TestTheRuleAsPrintedGivesTheDraw follows the printed rule with the tools of
// a shell, not with the program.
func TestTheRuleAsPrintedGivesTheDraw(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum on this machine: the rule cannot be followed by hand")
	}
	d, err := sampling.Sample(frame(30), "20", "种子7")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range d.Strata {
		script := "while read id; do printf '种子7\\0%s' \"$id\" | sha256sum | cut -d' ' -f1 | tr '\\n' ' '; echo \"$id\"; done | LC_ALL=C sort | cut -d' ' -f2 | head -n " + fmt.Sprint(len(s.Drawn))
		cmd := exec.Command("sh", "-c", script)
		cmd.Stdin = strings.NewReader(stdin(s))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(s.Drawn, strings.Fields(string(out))); d != "" {
			t.Errorf("%s %s (-program +by hand):\n%s", s.Level, s.Platform, d)
		}
	}
	h := sha256.New()
	for _, m := range frame(30) {
		h.Write([]byte(m.ID + "\x00" + m.Level + "\x00" + m.Platform + "\n"))
	}
	if want := fmt.Sprintf("sha256:%x", h.Sum(nil)); d.Digest != want || d.Frame != 30 || d.Rule != sampling.Rule {
		t.Errorf("frame of %d with digest %s, want %s", d.Frame, d.Digest, want)
	}
}

// stdin lists the members of one stratum.
func stdin(s sampling.Stratum) string {
	var b strings.Builder
	for _, m := range frame(30) {
		if m.Level == s.Level && m.Platform == s.Platform {
			b.WriteString(m.ID + "\n")
		}
	}
	return b.String()
}

func TestADrawThatCouldNotBeRepeatedIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		frame         []sampling.Member
		percent, seed string
	}{
		"no seed":                      {frame(3), "30", ""},
		"nothing":                      {frame(3), "0", "s"},
		"more than all":                {frame(3), "100.1", "s"},
		"less than nothing":            {frame(3), "-5", "s"},
		"no number":                    {frame(3), "三成", "s"},
		"two points":                   {frame(3), "1.2.3", "s"},
		"a power":                      {frame(3), "1e1", "s"},
		"a fraction":                   {frame(3), "1/3", "s"},
		"a site twice":                 {append(frame(3), frame(1)...), "30", "s"},
		"a site without an id":         {[]sampling.Member{{}}, "30", "s"},
		"a line break in a name":       {[]sampling.Member{{ID: "a\nb"}}, "30", "s"},
		"a zero byte within the level": {[]sampling.Member{{ID: "a", Level: "b\x00c"}}, "30", "s"},
	} {
		if d, err := sampling.Sample(c.frame, c.percent, c.seed); err == nil {
			t.Errorf("%s: drew %v", name, d.IDs)
		}
	}
	if d, err := sampling.Sample(nil, "30", "s"); err != nil || len(d.IDs) != 0 || d.Frame != 0 {
		t.Errorf("an empty register draws %v, %v", d, err)
	}
}

func TestEverySiteMayBeDrawn(t *testing.T) {
	times := map[string]int{}
	for seed := range 2000 {
		d, err := sampling.Sample(frame(12), "50", fmt.Sprint(seed))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range d.IDs {
			times[id]++
		}
	}
	for _, m := range frame(12) {
		if n := times[m.ID]; n < 900 || n > 1100 {
			t.Errorf("%s was drawn %d times of 2000 at one half", m.ID, n)
		}
	}
}

func TestWilson(t *testing.T) {
	for name, c := range map[string]struct {
		hits, n   int
		low, high float64
	}{
		"nothing is known of nothing":         {0, 0, 0, 1},
		"none of one":                         {0, 1, 0, 0.7935},
		"one of one":                          {1, 1, 0.2065, 1},
		"none of ten":                         {0, 10, 0, 0.2775},
		"half of ten":                         {5, 10, 0.2366, 0.7634},
		"ten of ten":                          {10, 10, 0.7225, 1},
		"81 of 263, the example of textbooks": {81, 263, 0.2553, 0.3662},
		"509 of 510":                          {509, 510, 0.9890, 0.9997},
		"more than all is all":                {12, 10, 0.7225, 1},
		"less than none is none":              {-1, 10, 0, 0.2775},
	} {
		low, high := sampling.Wilson(c.hits, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%s: %.4f to %.4f, want %.4f to %.4f", name, low, high, c.low, c.high)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1_000_000).Draw(t, "n")
		hits := rapid.IntRange(0, n).Draw(t, "hits")
		low, high := sampling.Wilson(hits, n)
		if p := float64(hits) / float64(n); !(0 <= low && low <= p && p <= high && high <= 1 && low < high) {
			t.Fatalf("%d of %d: %v to %v", hits, n, low, high)
		}
	})
}
