package domains_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/domains"
)

func TestCases(t *testing.T) { rulestest.Run(t, domains.Indicators) }
