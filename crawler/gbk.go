package crawler

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbkTable gives the rune of every two-byte code of GB18030, by lead-0x81 and
// trail-0x40; 0 where there is none. It is built once, from x/text.
var gbkTable = sync.OnceValue(func() *[126 * 192]uint16 {
	t := new([126 * 192]uint16)
	d := simplifiedchinese.GB18030.NewDecoder()
	for lead := 0x81; lead <= 0xfe; lead++ {
		for trail := 0x40; trail <= 0xfe; trail++ {
			out, err := d.Bytes([]byte{byte(lead), byte(trail)})
			r, n := utf8.DecodeRune(out)
			if err == nil && n == len(out) && r != utf8.RuneError && r <= 0xffff {
				t[(lead-0x81)*192+trail-0x40] = uint16(r)
			}
		}
	}
	return t
})

// decodeGB decodes GB18030, and with it GBK and GB2312. Broken bytes become
// U+FFFD one by one; faults counts them.
func decodeGB(body []byte) (out []byte, faults int) {
	t := gbkTable()
	out = make([]byte, 0, len(body)+len(body)/2+16)
	for i := 0; i < len(body); {
		if j := asciiRun(body[i:]); j > 0 {
			out = append(out, body[i:i+j]...)
			i += j
			continue
		}
		lead := body[i]
		if i+1 < len(body) && lead >= 0x81 && lead <= 0xfe {
			trail := body[i+1]
			if trail >= 0x40 && trail <= 0xfe {
				if r := t[(int(lead)-0x81)*192+int(trail)-0x40]; r != 0 {
					out = append3(out, r)
					i += 2
					continue
				}
			}
			if r, ok := gbFour(body[i:]); ok {
				out = utf8.AppendRune(out, r)
				i += 4
				continue
			}
		}
		if lead == 0x80 {
			out = append(out, "€"...) // as windows-936 has it
		} else {
			out = append(out, "\uFFFD"...)
			faults++
		}
		i++
	}
	return out, faults
}

// append3 is utf8.AppendRune for the plane almost every code lies in.
func append3(out []byte, r uint16) []byte {
	if r < 0x800 {
		return utf8.AppendRune(out, rune(r))
	}
	return append(out, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
}

func asciiRun(b []byte) int {
	for i, c := range b {
		if c >= 0x80 {
			return i
		}
	}
	return len(b)
}

// gbFour decodes a four-byte code.
func gbFour(b []byte) (rune, bool) {
	if len(b) < 4 || b[1] < 0x30 || b[1] > 0x39 || b[2] < 0x81 || b[2] > 0xfe || b[3] < 0x30 || b[3] > 0x39 {
		return 0, false
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:4])
	r, n := utf8.DecodeRune(out)
	return r, err == nil && n == len(out) && r != utf8.RuneError
}
