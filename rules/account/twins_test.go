package account_test

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/internal/rulestest"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/account"
)

// twinAccounts are accounts of one unit on one platform; the unit is written
// as two clerks write it.
func twinAccounts(numbers ...string) (all []govsweep.Account) {
	for i, n := range numbers {
		unit := []string{"某某县（城区）公安局", "某某县(城区)公安局"}[i%2]
		all = append(all, govsweep.Account{ID: govsweep.AccountKey(govsweep.WeChat, n, ""), Media: govsweep.WeChat, Number: n, Name: "平安" + n, Host: unit})
	}
	return all
}

// twinsOf judges AC-03 at one of all accounts.
func twinsOf(t *testing.T, all []govsweep.Account, at int) govsweep.Finding {
	t.Helper()
	d := facts.FoldAccount(all[at], rulestest.AsOf, nil, nil)
	facts.NewRelations(all).Relate(d)
	out := rules.Inspect(d, rulestest.Book(t).Only("account-duplicate"), account.Indicators)
	if len(out) != 1 || len(out[0].Findings) != 1 {
		t.Fatalf("%+v", out)
	}
	return out[0].Findings[0]
}

func TestEveryAccountOfAUnitHasTheFindingAndItIsOneMatter(t *testing.T) {
	all := twinAccounts("gh_1", "gh_2", "gh_3")
	ids := map[string]bool{}
	for i := range all {
		f := twinsOf(t, all, i)
		ids[f.ID] = true
		if want := twinsOf(t, all, 0).Shared; f.Shared != want || want == "" {
			t.Errorf("%s shares %q, the first %q", all[i].ID, f.Shared, want)
		}
	}
	if len(ids) != len(all) {
		t.Errorf("findings of different accounts have %d identities", len(ids))
	}
}

func TestAnotherAccountOfTheUnitMakesNoNewFindingAtTheFirst(t *testing.T) {
	before := twinsOf(t, twinAccounts("gh_2", "gh_3"), 1)
	after := twinsOf(t, twinAccounts("gh_1", "gh_3"), 1) // another one came before it, and one went
	if before.ID != after.ID || before.Fingerprint != after.Fingerprint {
		t.Errorf("%s became %s", before.ID, after.ID)
	}
}
