package service

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sampling"
)

// frame is a register the test holds.
type frame struct {
	sites   []govsweep.Site
	resting map[govsweep.TargetID]bool
}

func (f frame) SitesIn(context.Context, []string) ([]govsweep.Site, error)       { return f.sites, nil }
func (f frame) AccountsIn(context.Context, []string) ([]govsweep.Account, error) { return nil, nil }
func (f frame) NotDue(context.Context, time.Time) (map[govsweep.TargetID]bool, error) {
	return f.resting, nil
}

func TestAnOrderBecomesASweepOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	var f frame
	for i := range 10 {
		code := fmt.Sprintf("10000000%02d", i)
		f.sites = append(f.sites, govsweep.Site{ID: govsweep.TargetID(code), Code: code, URL: "https://s" + code + ".gov.cn/", State: govsweep.Running})
	}
	f.sites[9].State = govsweep.Closed
	all := map[govsweep.TargetID]bool{}
	for _, s := range f.sites {
		all[s.ID] = true
	}
	due := time.Date(2026, 3, 2, 20, 0, 0, 0, govsweep.Shanghai)
	for _, c := range []struct {
		name  string
		frame frame
		order govsweep.Schedule
		sites int
		says  string // the scope, or why there is no sweep
	}{
		{"all running sites", f, govsweep.Schedule{Name: "甲", Kind: govsweep.FullSchedule}, 9, "全部在册网站（计划“甲”）"},
		{"a third of them", f, govsweep.Schedule{Name: "乙", Kind: govsweep.SampleSchedule, Sample: "30%"}, 3, "种子乙 2026-03-02（计划“乙”）"},
		{"those whose columns are due", frame{f.sites, map[govsweep.TargetID]bool{f.sites[0].ID: true}}, govsweep.Schedule{Name: "丙", Kind: govsweep.ColumnsSchedule}, 8, "（计划“丙”）"},
		{"none of them due", frame{f.sites, all}, govsweep.Schedule{Name: "丁", Kind: govsweep.ColumnsSchedule}, 0, "没有网站的栏目到了查看日期。"},
		{"no site in the scope", frame{}, govsweep.Schedule{Name: "戊", Kind: govsweep.FullSchedule}, 0, "该范围内没有在册的正常运行网站。"},
		{"no account in the scope", f, govsweep.Schedule{Name: "己", Kind: govsweep.AccountsSchedule}, 0, "该范围内没有在册的账号。"},
		{"notices, which need no sweep", f, govsweep.Schedule{Name: "庚", Kind: govsweep.NoticesSchedule}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := &Maker{Frame: c.frame, Sweep: func(_ *govsweep.Schedule, kind, scope string, draw *sampling.Draw) (*govsweep.Sweep, error) {
				if (draw != nil) != (c.order.Kind == govsweep.SampleSchedule) {
					t.Errorf("drawn: %+v", draw)
				}
				return &govsweep.Sweep{Kind: kind, Scope: scope}, nil
			}}
			s, targets, why, err := m.Make(t.Context(), &c.order, due)
			must(t, err)
			if s != nil {
				why = s.Scope
			}
			if len(targets) != c.sites || (s != nil) != (c.sites > 0) || !strings.HasSuffix(why, c.says) {
				t.Errorf("%d targets, %q, %+v", len(targets), why, s)
			}
		})
	}
}
