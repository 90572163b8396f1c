package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
)

// Ratio is a factor written as a fraction, so that 4/3 stays 4/3.
type Ratio struct{ Num, Den int64 }

// parseRatio reads "4/3" or "1".
func parseRatio(s string) (Ratio, error) {
	num, den, cut := strings.Cut(strings.TrimSpace(s), "/")
	if !cut {
		den = "1"
	}
	n, err1 := strconv.ParseInt(num, 10, 32)
	d, err2 := strconv.ParseInt(den, 10, 32)
	if err1 != nil || err2 != nil || n <= 0 || d <= 0 {
		return Ratio{}, fmt.Errorf("系数“%s”应为分数，如 4/3", s)
	}
	return Ratio{n, d}, nil
}

// Of multiplies p, rounding half up to a tenth of a point.
func (r Ratio) Of(p govsweep.Points) govsweep.Points {
	if r.Den == 0 {
		return p
	}
	n := int64(p) * r.Num * 2
	if n < 0 {
		return -Ratio{r.Num, r.Den}.Of(-p)
	}
	return govsweep.Points((n + r.Den) / (2 * r.Den))
}
