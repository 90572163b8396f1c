package reports

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestTheCalendarTellsSilentDaysFromUnknownOnes(t *testing.T) {
	a := &govsweep.AccountActivity{From: "2026-03-01", To: "2026-04-10", Posts: make([]int, 41), Known: []govsweep.DaySpan{{From: "2026-03-03", To: "2026-03-30"}},
		Last: &govsweep.Post{At: time.Date(2026, 3, 30, 9, 0, 0, 0, govsweep.Shanghai)}}
	a.Posts[2], a.Posts[6], a.Posts[29] = 3, 1, 1 // the 3rd, the 7th, the 30th
	in := &govsweep.Inspection{}
	c := calendarOf(in, a)
	march, april := c.Rows[0].Cells, c.Rows[1].Cells
	for day, want := range map[int]string{1: "none", 2: "none", 3: "d2", 4: "d0", 7: "d1", 29: "d0", 30: "d1", 31: "none"} {
		if march[day-1].Kind != want {
			t.Errorf("2026-03-%02d is %s, want %s", day, march[day-1].Kind, want)
		}
	}
	if march[5].Gap || !march[7].Gap || !march[28].Gap || march[29].Gap || april[0].Gap {
		t.Error("the gap of 23 days is not marked from the 8th to the 29th alone")
	}
	if april[3].Kind != "none" || c.Rows[0].Total != "至少5条" || c.Rows[1].Total != unknown {
		t.Errorf("what nobody knows: %s, %s, %s", april[3].Kind, c.Rows[0].Total, c.Rows[1].Total)
	}
	in.Findings = []govsweep.Finding{{Indicator: "account-zombie"}}
	c = calendarOf(in, a)
	if cell := c.Rows[1].Cells[3]; cell.Kind != "d0" || c.Rows[1].Total != "0条" {
		t.Errorf("proven silence: %+v, %s", cell, c.Rows[1].Total)
	}
	if !strings.Contains(c.Title, "未知的2天") {
		t.Error(c.Title)
	}
}

func TestAccountsOfOnePlatformHaveFilesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range []govsweep.Account{
		{Media: govsweep.Weibo, Number: "1", Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Number: "2", Name: "平安清河", Host: "清河县公安局"},
		{Media: govsweep.Weibo, Number: "Abc", Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Number: "abc", Name: "平安清河", Host: "清河县公安局"},
		{Media: govsweep.Weibo, Name: "平安清河", Host: "清河县公安局"}, {Media: govsweep.Weibo, Name: "../../etc/passwd", Host: "a<b>"}, {Media: govsweep.App, Name: "con"},
	} {
		a.ID = govsweep.AccountKey(a.Media, a.Number, a.Name)
		row := a.Site()
		name := fileNameOf(&row)
		if seen[strings.ToLower(name)] || safeFile(name+".html") == "" || strings.ContainsAny(name, "/\\<>. ") {
			t.Errorf("%s is called %q", a.ID, name)
		}
		seen[strings.ToLower(name)] = true
	}
	if !seen["清河县公安局-微博-平安清河-1"] {
		t.Errorf("the unit is not in %v", seen)
	}
}
