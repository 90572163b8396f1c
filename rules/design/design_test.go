package design_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/design"
)

func TestCases(t *testing.T) { rulestest.Run(t, design.Indicators) }
