package facts

import (
	"strings"
)

// rowDate chooses the date of a row. The zero hit (month 0) means none.
func (d *Document) rowDate(r listLine) dateHit {
	if len(r.spots) == 0 {
		return dateHit{}
	}
	var full []dateSpot
	for _, s := range r.spots {
		if s.form == fullDate {
			full = append(full, s)
		}
	}
	if len(full) > 0 {
		return d.chooseDate(full)
	}
	for _, s := range r.spots {
		if h, ok := d.joinParts(r, s.dateHit); ok {
			return h
		}
	}
	for _, s := range r.spots {
		if s.form == monthDay {
			return s.dateHit
		}
	}
	return dateHit{}
}

// chooseDate takes the date with a label of publishing, else the column
// headed 发布, else the later one; of a span 从…至… the first.
func (d *Document) chooseDate(full []dateSpot) dateHit {
	best, rank := full[0], -1
	for i, s := range full {
		from := max(0, s.from-40)
		label := d.text[from:s.from]
		_, k := dateLabel(label)
		if k == 0 && isOtherDateLabel(label) {
			k = -2
		}
		if i > 0 && k == 0 {
			if between := strings.Trim(d.text[full[i-1].to:s.from], " \n"); between == "至" || between == "~" || between == "—" || between == "到" || between == "-" {
				k = -1
			}
		}
		if k > rank || k == rank && s.Day() > best.Day() {
			best, rank = s, k
		}
	}
	return best.dateHit
}

// isOtherDateLabel says whether the words before a date name another day than that of publishing.
func isOtherDateLabel(s string) bool {
	s = strings.TrimRight(s, " :：\n")
	return hasSuffixAny(s, "成文日期", "成文时间", "生成日期", "截止日期", "截止时间", "结束时间", "结束日期", "施行日期", "实施日期", "生效日期", "失效日期", "废止日期", "印发日期", "制定日期", "形成日期")
}

// joinParts joins a month with a day or year that stand in elements of their
// own: "06" + "2021-08", "08-06" + "2021".
func (d *Document) joinParts(r listLine, h dateHit) (dateHit, bool) {
	for _, n := range r.nodes {
		for _, b := range d.BlocksIn(n) {
			for at := 0; at < len(b.Text); {
				from, to := piece(&b, at)
				at = max(to, at+1)
				lo, hi := int(b.at)+from, int(b.at)+to
				words := trimDecor(b.Text[from:to])
				if hi > h.from && lo < h.to {
					words = trimDecor(b.Text[from:max(from, h.from-int(b.at))] + " " + b.Text[min(to, h.to-int(b.at)):to])
				}
				if j, ok := joinPart(h, strings.TrimSuffix(strings.TrimSuffix(words, "日"), "年")); ok {
					return j, true
				}
			}
		}
	}
	return h, false
}

func joinPart(h dateHit, words string) (dateHit, bool) {
	v, end := number(words, 0, 5)
	if end == 0 || end != len(words) {
		return h, false
	}
	switch {
	case h.form == yearMonth && end <= 2 && realDay(h.year, h.month, v):
		h.day = v
	case h.form == monthDay && end == 4 && v >= 1949 && v <= 2099 && realDay(v, h.month, h.day):
		h.year = v
	default:
		return h, false
	}
	h.form = fullDate
	return h, true
}

// settleYears gives dates without a year the year of their neighbours when
// both sides agree on it; else they stay undated. A year is never invented.
func settleYears(rows []listRow) {
	for i := range rows {
		it := &rows[i]
		if it.Date != "" || it.open.month == 0 {
			continue
		}
		before, after := neighbour(rows, i, -1), neighbour(rows, i, +1)
		if before == "" || after == "" || before[:4] != after[:4] {
			continue
		}
		year, _ := number(before, 0, 4)
		h := it.open
		if !realDay(year, h.month, h.day) {
			continue
		}
		h.form, h.year = fullDate, year
		if day := h.Day(); before >= day && day >= after || before <= day && day <= after {
			it.Date = day
		}
	}
}

func neighbour(rows []listRow, i, step int) string {
	for k := 0; k < 20; k++ {
		if i += step; i < 0 || i >= len(rows) {
			break
		}
		if rows[i].Date != "" && !rows[i].Pinned && rows[i].open.month == 0 {
			return rows[i].Date
		}
	}
	return ""
}
