package marks_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/marks"
)

func TestCases(t *testing.T) { rulestest.Run(t, marks.Indicators) }
