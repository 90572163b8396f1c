package metadata_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/metadata"
)

func TestCases(t *testing.T) { rulestest.Run(t, metadata.Indicators) }
