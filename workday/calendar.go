package workday

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
)

//go:embed cn.csv
var table []byte

// A Calendar says which days are working days 工作日. Days are those of
// Asia/Shanghai. It never changes once made and may be shared.
type Calendar struct {
	off     map[string]bool // a day the table names: true = 放假, false = 上班
	sources map[int]string  // the papers a year rests on
}

var builtin = sync.OnceValue(func() *Calendar {
	c, err := read(bytes.NewReader(table))
	if err != nil {
		panic(err) // a broken program: the table is part of it
	}
	return c
})

// Default is the table that comes with the product: 2019 to 2026, from the
// yearly notices 国办发明电 and the two that changed them.
func Default() *Calendar { return builtin() }

// Covers says whether the arrangement of the year is known; in other years
// Monday to Friday count as working days.
func (c *Calendar) Covers(year int) bool { return c.sources[year] != "" }

// Source names the papers a year rests on; "" when the year is not known.
func (c *Calendar) Source(year int) string { return c.sources[year] }

// IsWorkday says whether the day of t is a working day.
func (c *Calendar) IsWorkday(t time.Time) bool {
	t = t.In(govsweep.Shanghai)
	if off, named := c.off[t.Format(time.DateOnly)]; named {
		return !off
	}
	return weekday(t)
}

func weekday(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday }

// Warning is one Chinese sentence about the years from the day of a to the
// day of b whose arrangement is not known; "" when all are.
func (c *Calendar) Warning(a, b time.Time) string {
	a, b = a.In(govsweep.Shanghai), b.In(govsweep.Shanghai)
	var years []string
	for y := a.Year(); y <= b.Year(); y++ {
		if !c.Covers(y) {
			years = append(years, fmt.Sprintf("%d年", y))
		}
	}
	if len(years) == 0 {
		return ""
	}
	return strings.Join(years, "、") + "的放假安排尚未载入，暂按周一至周五为工作日计算；载入该年放假安排后，请重新核对期限。"
}
