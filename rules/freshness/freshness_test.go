package freshness_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/freshness"
)

func TestCases(t *testing.T) { rulestest.Run(t, freshness.Indicators) }
