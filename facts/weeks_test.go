package facts

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestDayNumber(t *testing.T) {
	cases := map[string]string{
		"2021-08-27": "2021-08-27", "2021-08-27T23:59:59+08:00": "2021-08-27", "1970-01-01": "1970-01-01", "1969-12-31": "1969-12-31", "2020-02-29": "2020-02-29",
		"2021-02-29": "", "2021-13-01": "", "2021-00-10": "", "2021-8-27": "", "20210827": "", "": "", "2021/08/27": "", "２０２１-08-27": "",
	}
	for in, want := range cases {
		day, ok := dayNumber(in)
		if got := dateOfDay(day); got != want || ok != (want != "") {
			t.Errorf("dayNumber(%q) is %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestPrintedDay(t *testing.T) {
	cases := map[string]string{
		"2017年05月15日": "2017-05-15", "2021-8-6 10:20": "2021-08-06", "2021——08——06 10:20": "2021-08-06", "2021/08/06": "2021-08-06",
		"2021.8.6": "2021-08-06", "二〇二一年八月六日": "2021-08-06", "2021-08-06T10:20:00+08:00": "2021-08-06", "昨天": "", "": "", "2021年8月": "",
	}
	for in, want := range cases {
		day, _ := printedDay(in)
		if got := dateOfDay(day); got != want {
			t.Errorf("printedDay(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestTheActivityStripEndsAtTheCheckPoint(t *testing.T) {
	today, _ := dayNumber(govsweep.DateOf(foldAsOf))
	var a activity
	for _, back := range []int32{-1, 0, 6, 7, 363, 364} {
		a.add(today-back, today)
	}
	a.add(noDay, today)
	if a[0] != 2 || a[1] != 1 || a[51] != 1 {
		t.Errorf("%v", a)
	}
	sum := 0
	for _, n := range a {
		sum += n
	}
	if sum != 4 {
		t.Errorf("%d items counted, want 4: future ones and those older than 52 weeks are not", sum)
	}
}
