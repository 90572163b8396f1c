package disclosure_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/disclosure"
)

func TestCases(t *testing.T) { rulestest.Run(t, disclosure.Indicators) }
