package media

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// zone says where the zone of a date came from.
type zone int

const (
	local  zone = iota // none was written: Shanghai's time
	utc                // GMT, UTC or Z
	stated             // an offset
)

var (
	zoned = []string{
		time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04 -0700", time.RFC3339,
		"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00",
		time.RubyDate,
	}
	plain = []string{
		"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04", "2006-1-2 15:04:05", "2006-1-2T15:04:05", "2006-1-2 15:04", "2006-1-2T15:04", "2006/1/2 15:04:05",
		"2006/1/2 15:04", "2006.1.2 15:04", "2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006年1月2日15:04", "2006年1月2日 15时04分",
		"2006-1-2 15:04:05.999", time.ANSIC,
	}
	days   = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "Mon, 2 Jan 2006", "2 Jan 2006"}
	suffix = regexp.MustCompile(`\s*\(?(GMT|UTC|UT|Z|CST|中国标准时间)\)?$`)
	offset = regexp.MustCompile(`\s*(?:GMT|UTC)\s*([+-]\d{1,2}):?(\d{2})?$`)
	epoch  = regexp.MustCompile(`^\d{10}(\d{3})?$`)
)

// readTime reads a date as sources write it; the zero time when it is none.
// Without a zone it is Shanghai's, and so is CST; day says that no time of
// day was given.
func readTime(s string) (at time.Time, day bool, z zone) {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 64 {
		return time.Time{}, false, local
	}
	if epoch.MatchString(s) {
		n, _ := strconv.ParseInt(s[:10], 10, 64) // ten digits always fit
		return sane(time.Unix(n, 0)), false, stated
	}
	if m := offset.FindStringSubmatch(s); m != nil { // GMT+0800
		hours := m[1]
		if len(hours) == 2 {
			hours = hours[:1] + "0" + hours[1:]
		}
		if m[2] == "" {
			m[2] = "00"
		}
		s = strings.TrimSpace(s[:len(s)-len(m[0])]) + " " + hours + m[2]
	}
	for _, form := range zoned {
		if t, err := time.Parse(form, s); err == nil {
			if strings.HasSuffix(s, "Z") {
				return sane(t), false, utc
			}
			return sane(t), false, stated
		}
	}
	in := govsweep.Shanghai
	if m := suffix.FindStringSubmatch(s); m != nil {
		s = s[:len(s)-len(m[0])]
		if m[1] != "CST" && m[1] != "中国标准时间" {
			in, z = time.UTC, utc
		}
	}
	for _, form := range plain {
		if t, err := time.ParseInLocation(form, s, in); err == nil {
			return sane(t), false, z
		}
	}
	for _, form := range days {
		if t, err := time.ParseInLocation(form, s, govsweep.Shanghai); err == nil {
			return sane(t), true, local
		}
	}
	return time.Time{}, false, local
}

// sane takes years no account can have posted in for no date.
func sane(t time.Time) time.Time {
	if t = t.In(govsweep.Shanghai); t.Year() < 2005 || t.Year() > 2100 {
		return time.Time{}
	}
	return t
}
