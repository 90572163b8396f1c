package origin

import (
	"strconv"

	"github.com/govsweep/govsweep"
)

func days(n int) string { return strconv.Itoa(n) + "天" }

// chinese writes a day as people read it.
func chinese(day string) string {
	t, err := govsweep.ParseDate(day)
	if err != nil {
		return day
	}
	return govsweep.ChineseDate(t)
}
