package links_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/links"
)

func TestCases(t *testing.T) { rulestest.Run(t, links.Indicators) }
