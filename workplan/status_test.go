package workplan

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func dayAt(s string) time.Time {
	d, err := govsweep.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d.Add(10 * time.Hour)
}

// county is a county with a portal and the site of its finance bureau.
func county() StatusInput {
	portal := govsweep.Site{ID: "1", Name: "某县人民政府", Kind: govsweep.Portal, Host: "某县人民政府办公室"}
	finance := govsweep.Site{ID: "2", Name: "某县财政局", Kind: govsweep.DepartmentSite, Host: "某县财政局"}
	closed := govsweep.Site{ID: "3", Name: "某县旧站", State: govsweep.Closed}
	outcome := func(id string, s govsweep.OutcomeStatus) govsweep.Outcome {
		return govsweep.Outcome{BookID: id, Status: s}
	}
	return StatusInput{
		Sites:   []govsweep.Site{portal, finance, closed},
		Checked: map[string]bool{"XG-11": true, "XG-12": true, "XG-24": true, "XG-33": true},
		Inspections: []*govsweep.Inspection{
			{Site: portal, Outcomes: []govsweep.Outcome{outcome("XG-11", govsweep.Passed), outcome("XG-12", govsweep.Found), outcome("XG-24", govsweep.NotMeasured), outcome("XG-33", govsweep.Found)},
				Findings: []govsweep.Finding{{ID: "F1", BookID: "XG-12", Status: govsweep.Confirmed}, {ID: "F2", BookID: "XG-33", Status: govsweep.Rejected}}},
			{Site: finance, Outcomes: []govsweep.Outcome{outcome("XG-11", govsweep.NotApplicable), outcome("XG-12", govsweep.Passed), outcome("XG-24", govsweep.Passed)}},
		},
	}
}

func taskOf(id string, bodies []string, due govsweep.Due, ids ...string) govsweep.Task {
	t := govsweep.Task{ID: id, Text: id, Bodies: bodies, Due: due, State: govsweep.TaskOpen}
	if len(ids) > 0 {
		t.Demands = []govsweep.Demand{{Text: "要求", Indicators: ids}}
	}
	return t
}

// TestATaskIsProvenOnlyWhenEverythingWasMeasured: never green where
// something was not.
func TestATaskIsProvenOnlyWhenEverythingWasMeasured(t *testing.T) {
	none := govsweep.Due{}
	for name, c := range map[string]struct {
		task govsweep.Task
		want Proof
		why  string
	}{
		"passed on one, not applicable on the other":       {taskOf("a", nil, none, "XG-11"), Proven, "没有写明责任单位，核对名录中全部2个网站"},
		"found on the portal":                              {taskOf("a", []string{"各镇人民政府"}, none, "XG-12"), Faulty, "责任单位含“各镇人民政府”，核对名录中全部2个网站"},
		"found on the portal, but the task is another's":   {taskOf("a", []string{"县财政局"}, none, "XG-12"), Proven, "核对责任单位的1个网站"},
		"not measured on the portal":                       {taskOf("a", []string{"县政府办"}, none, "XG-24"), Unproven, "核对责任单位的1个网站"},
		"passed on the site of the body":                   {taskOf("a", []string{"县财政局"}, none, "XG-24"), Proven, "核对责任单位的1个网站"},
		"one passed and one the product does not check":    {taskOf("a", []string{"县财政局"}, none, "XG-24", "XG-28"), Unproven, "核对责任单位的1个网站"},
		"applicable nowhere":                               {taskOf("a", []string{"县财政局"}, none, "XG-11"), Unproven, "核对责任单位的1个网站"},
		"not in the last inspection":                       {taskOf("a", []string{"县财政局"}, none, "XG-33"), Unproven, "核对责任单位的1个网站"},
		"found, and every finding rejected":                {taskOf("a", []string{"县政府办"}, none, "XG-33"), Proven, "核对责任单位的1个网站"},
		"a body without a site is looked at on the portal": {taskOf("a", []string{"县水利局"}, none, "XG-11"), Proven, "责任单位没有登记网站，核对1个门户网站"},
		"no indicator":                                     {taskOf("a", nil, none), ByHand, "没有写明责任单位，核对名录中全部2个网站"},
	} {
		s := Status(&govsweep.Plan{Tasks: []govsweep.Task{c.task}}, county(), dayAt("2021-12-01"))[0]
		if s.Proof != c.want || s.Scope != c.why {
			t.Errorf("%s: %s, %s; results %+v", name, s.Proof, s.Scope, s.Results)
		}
	}
	if s := Status(&govsweep.Plan{Tasks: []govsweep.Task{taskOf("a", nil, none, "XG-11")}}, StatusInput{Checked: map[string]bool{"XG-11": true}}, dayAt("2021-12-01"))[0]; s.Proof != Unproven {
		t.Errorf("without any site: %s", s.Proof)
	}
}

func TestFindingsThatStandAreNamed(t *testing.T) {
	s := Status(&govsweep.Plan{Tasks: []govsweep.Task{taskOf("a", nil, govsweep.Due{}, "XG-12")}}, county(), dayAt("2021-12-01"))[0]
	want := []IndicatorProof{{Indicator: "XG-12", Passed: 1, Found: 1, Findings: []string{"F1"}}}
	if diff := cmp.Diff(want, s.Results); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOverdueTasksComeFirstAndLookBackLast(t *testing.T) {
	by := func(d string) govsweep.Due { return govsweep.Due{Kind: govsweep.DueDate, Date: d} }
	done := taskOf("done", nil, by("2021-01-31"))
	done.State = govsweep.TaskDone
	p := &govsweep.Plan{ID: "P2", Tasks: []govsweep.Task{
		taskOf("open", nil, govsweep.Due{Kind: govsweep.DueOpen}), taskOf("later", nil, by("2021-12-31")), done,
		taskOf("late", nil, by("2021-11-30")), taskOf("today", nil, by("2021-12-01")), taskOf("later still", nil, by("2021-09-30")),
		taskOf("monthly", nil, govsweep.Due{Kind: govsweep.DuePeriodic, Text: "每月2日前"}),
	}}
	lastDone, lastFault := taskOf("last done", nil, by("2020-12-31"), "XG-11"), taskOf("last fault", nil, by("2020-12-31"), "XG-12")
	lastDone.State, lastFault.State = govsweep.TaskDone, govsweep.TaskDone
	dropped := taskOf("last dropped", nil, by("2020-12-31"))
	dropped.State = govsweep.TaskDropped
	in := county()
	in.Last = &govsweep.Plan{ID: "P1", Tasks: []govsweep.Task{lastDone, lastFault, dropped, taskOf("last open", nil, by("2020-10-31"))}}
	var got []string
	days := map[string]int{}
	for _, s := range Status(p, in, dayAt("2021-12-01")) {
		name := s.Task.ID
		if s.LookBack {
			name = s.Plan + " " + name
		}
		got = append(got, name)
		days[name] = s.Overdue
	}
	want := []string{"later still", "late", "today", "later", "monthly", "open", "done", "P1 last open", "P1 last fault"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if days["later still"] != 62 || days["late"] != 1 || days["today"] != 0 || days["done"] != 0 || days["P1 last open"] != 396 {
		t.Errorf("days overdue: %v", days)
	}
}

func TestTheNextDayOfAPeriodicTask(t *testing.T) {
	holiday := func(d time.Time) bool { // 1 to 7 October, and weekends
		return !(d.Month() == 10 && d.Day() <= 7) && d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	for _, c := range []struct{ text, now, want string }{
		{"每月2日前", "2021-11-20", "2021-12-02"}, {"每月2日前", "2021-12-02", "2021-12-02"}, {"每月2日前", "2021-12-03", "2022-01-02"},
		{"每月2日前（节假日顺延）", "2021-09-30", "2021-10-08"}, {"每月2日前（节假日顺延）", "2021-10-07", "2021-10-08"}, {"每月2日前（节假日顺延）", "2021-10-09", "2021-11-02"},
		{"每月31日前", "2021-02-10", "2021-02-28"}, {"按月公开", "2021-02-10", "2021-02-28"}, {"按季度", "2021-05-10", "2021-06-30"},
		{"每半年", "2021-07-01", "2021-12-31"}, {"每年解读重要政策措施不少于1次", "2021-05-10", "2021-12-31"}, {"不定期", "2021-05-10", ""},
	} {
		task := taskOf("a", nil, govsweep.Due{Kind: govsweep.DuePeriodic, Text: c.text})
		if got := next(&task, holiday, dayAt(c.now)); got != c.want {
			t.Errorf("“%s” on %s: %s, wanted %s", c.text, c.now, got, c.want)
		}
	}
}
