package account_test

import (
	"testing"

	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules/account"
)

func TestCases(t *testing.T) { rulestest.Run(t, account.Indicators) }
