package ipv6_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/ipv6"
)

func TestCases(t *testing.T) { rulestest.Run(t, ipv6.Indicators) }
