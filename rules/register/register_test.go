package register_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/register"
)

func TestCases(t *testing.T) { rulestest.Run(t, register.Indicators) }
