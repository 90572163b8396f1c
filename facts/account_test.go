package facts_test

import (
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

func TestOtherAccountsProveAServiceAndNobodyProvesItForHimself(t *testing.T) {
	asOf := time.Date(2026, 3, 20, 12, 0, 0, 0, govsweep.Shanghai)
	reading := func(days int) []govsweep.Reading {
		return []govsweep.Reading{{Source: govsweep.MediaSource{Kind: govsweep.RSSHubSource}, Health: govsweep.SourceWorking, Newest: asOf.AddDate(0, 0, -days)}}
	}
	of := func(id string, control bool) govsweep.Account {
		return govsweep.Account{ID: govsweep.TargetID(id), Media: govsweep.Weibo, Name: id, Host: "某某局", Control: control}
	}
	fresh, control, silent := of("a", false), of("b", true), of("c", false)
	r := facts.NewRelations([]govsweep.Account{fresh, control, silent})
	r.See(&fresh, reading(1), asOf)
	r.See(&control, reading(2), asOf)
	r.See(&silent, reading(30), asOf)
	d := facts.FoldAccount(silent, asOf, reading(30), nil)
	r.Relate(d)
	if p := d.Account.Services["rsshub/weibo"]; p.Peers != 2 || p.Controls != 1 || p.Example != "a" {
		t.Errorf("the silent account is told %+v", p)
	}
	d = facts.FoldAccount(control, asOf, append(reading(2), reading(2)...), nil)
	r.Relate(d)
	if p := d.Account.Services["rsshub/weibo"]; p.Peers != 1 || p.Controls != 0 {
		t.Errorf("the control account is told %+v", p)
	}
	if len(d.Account.Twins) != 2 {
		t.Errorf("twins: %+v", d.Account.Twins)
	}
}
