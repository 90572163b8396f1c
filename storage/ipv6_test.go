package storage_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/govsweep/govsweep"
)

func TestReportsOverIPv6AreKeptWithTheirVisits(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		ctx, db := t.Context(), open(t, dsn)
		report := func(target string, at int64, why string) *govsweep.IPv6Report {
			visit := func(family int, late int64) govsweep.ProbeVisit {
				return govsweep.ProbeVisit{Target: govsweep.TargetID(target), Series: govsweep.IPv6Series, At: unix(at + late), Family: family, Slot: -1, Result: govsweep.ProbeOpened}
			}
			ratio := 0.25
			return &govsweep.IPv6Report{Target: govsweep.TargetID(target), URL: "http://a.gov.cn/", At: unix(at), Ended: unix(at + 9), Own: govsweep.OwnIPv6{Why: why},
				Names: []govsweep.IPv6Name{{Host: "a.gov.cn", AAAA: govsweep.DNSAnswer{Name: "a.gov.cn.", Type: "AAAA", Outcome: govsweep.DNSAnswered,
					Addrs: []netip.Addr{netip.MustParseAddr("::ffff:1.2.3.4"), netip.MustParseAddr("240e::1")}, Extra: "坏字节\x00"},
					Unusable: []govsweep.UnusableAAAA{{Addr: netip.MustParseAddr("::ffff:1.2.3.4"), Why: "是映射的IPv4地址，不是IPv6地址"}}}},
				V4: []govsweep.ProbeVisit{visit(4, 1)}, V6: []govsweep.ProbeVisit{visit(6, 2)},
				Measures: []govsweep.IPv6Measure{{Name: govsweep.MeasureTCP, State: govsweep.MeasureShown, V4: 1, V6: 1.25, Ratio: &ratio}},
				Evidence: []govsweep.Evidence{{Kind: "dns-answers", Digest: "sha256:a"}, {Kind: "v6-visit", Digest: "sha256:b" + target + why}}}
		}
		early, late := report("A", 5000, ""), report("A", 9000, "没有设置")
		for _, r := range []*govsweep.IPv6Report{late, early, report("B", 5000, "")} {
			must(t, db.SaveIPv6(ctx, r))
		}
		again := *late
		again.URL = "http://changed/"
		must(t, db.SaveIPv6(ctx, &again))

		same := cmp.Options{cmpopts.EquateComparable(netip.Addr{}), cmpopts.EquateEmpty()}
		got, err := db.IPv6Report(ctx, "A", unix(0), unix(9001))
		must(t, err)
		if diff := cmp.Diff(late, got, same...); diff != "" {
			t.Error(diff)
		}
		if got, err = db.IPv6Report(ctx, "A", unix(0), unix(9000)); err != nil || got == nil || !got.At.Equal(early.At) {
			t.Errorf("the one before: %v, %v", got, err)
		}
		if got, err = db.IPv6Report(ctx, "A", unix(5001), unix(9000)); err != nil || got != nil {
			t.Errorf("between: %v, %v", got, err)
		}
		visits, err := db.Probed(ctx, "A", unix(0), unix(9999))
		must(t, err)
		if diff := cmp.Diff([]govsweep.ProbeVisit{early.V4[0], early.V6[0], late.V4[0], late.V6[0]}, visits); diff != "" {
			t.Error(diff)
		}
		proof, err := db.IPv6Proof(ctx, "A", unix(0), unix(9999))
		must(t, err)
		if diff := cmp.Diff([]govsweep.Evidence{{Kind: "v6-visit", Digest: "sha256:bA"}, {Kind: "v6-visit", Digest: "sha256:bA没有设置"}}, proof); diff != "" {
			t.Error(diff)
		}
		targets, err := db.IPv6Targets(ctx, unix(0), unix(6000))
		must(t, err)
		if diff := cmp.Diff([]govsweep.TargetID{"A", "B"}, targets); diff != "" {
			t.Error(diff)
		}
		proven := func(from, to int64, want ...govsweep.TargetID) {
			t.Helper()
			got, err := db.IPv6Proven(ctx, unix(from), unix(to))
			must(t, err)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		}
		proven(0, 9000, "A", "B") // before A was looked at again, in vain
		proven(0, 9999, "B")
		proven(5001, 9999)
		bad := report("C", 1, "")
		bad.V6[0].Result = "perhaps"
		if db.SaveIPv6(ctx, bad) == nil {
			t.Error("a result nobody knows was kept")
		}
		if left, err := db.IPv6Report(ctx, "C", unix(0), unix(9)); err != nil || left != nil {
			t.Errorf("half a report was kept: %v, %v", left, err)
		}
	})
}
