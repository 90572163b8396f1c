package availability_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/availability"
)

func TestCases(t *testing.T) { rulestest.Run(t, availability.Indicators) }
