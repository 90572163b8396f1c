package headtags_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/headtags"
)

func TestCases(t *testing.T) { rulestest.Run(t, headtags.Indicators) }
