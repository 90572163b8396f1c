package facts

import (
	"regexp"
	"strings"
)

var topicPhone = regexp.MustCompile(`(?:咨询|监督|投诉|举报|联系|服务|受理|办公|值班|热线)(?:服务|举报|投诉|咨询|监督)*(?:电话|热线)?[^0-9\n]{0,12}((?:0\d{2,3}[-— ]?)?\d{7,8}(?:-\d{1,4})?|1[23]\d{3}\b|96\d{3}|1[3-9]\d{9})`)

// phones gives the consultation and supervision phones printed outside the
// foot, at most ten.
func (d *Document) phones() []string {
	if d.sum.signs&phoneSign == 0 {
		return nil
	}
	var out []string
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.has(phoneSign) || b.Region == FootRegion || b.Hiding != 0 || len(b.Text) > 2000 || !namesPhone(b.Text) {
			continue
		}
		text := plain(b.Text)
		if strings.HasSuffix(strings.TrimRight(text, " :："), "电话") && i+1 < len(d.Blocks) {
			text += d.Blocks[i+1].Text
		}
		for _, m := range topicPhone.FindAllStringSubmatch(text, 4) {
			if p := strings.NewReplacer("—", "-", " ", "").Replace(m[1]); len(out) < 10 && !hasString(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// namesPhone says whether words speak of a phone, in either writing.
func namesPhone(s string) bool {
	return has(s, "电话") || has(s, "热线") || has(s, "電話") || has(s, "熱線")
}

func hasString(ss []string, s string) bool {
	for _, t := range ss {
		if t == s {
			return true
		}
	}
	return false
}
