package crawler

import (
	"encoding/binary"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbkTable gives the rune of every two-byte code of GB18030, by lead-0x81 and
// trail-0x40; 0 where there is none. It is built once, from x/text.
var gbkTable = sync.OnceValue(func() *[128 * 192]uint16 {
	t := new([128 * 192]uint16)
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
// U+FFFD, as the Encoding standard has it; faults counts them.
func decodeGB(body []byte) (out []byte, faults int) {
	t := gbkTable()
	out = make([]byte, 0, len(body)+len(body)/2+16)
	for i := 0; i < len(body); {
		if body[i] < 0x80 {
			n := asciiRun(body[i:])
			out = append(out, body[i:i+n]...)
			i += n
			continue
		}
		for i+1 < len(body) && body[i] >= 0x81 && body[i+1] >= 0x40 {
			r := t[(int(body[i])-0x81)&0x7f*192+int(body[i+1])-0x40]
			if r == 0 {
				break
			}
			out = append3(out, r)
			i += 2
		}
		if i < len(body) && body[i] >= 0x80 {
			n, bad := gbRare(&out, body[i:])
			i, faults = i+n, faults+bad
		}
	}
	return out, faults
}

// gbRare decodes what is no two-byte code, and says how many bytes it took.
func gbRare(out *[]byte, b []byte) (n, faults int) {
	if len(b) > 1 && b[0] > 0x80 && b[0] < 0xff && b[1] >= 0x40 && gbkTable()[(int(b[0])-0x81)*192+int(b[1])-0x40] != 0 {
		return 0, 0
	}
	if r, ok := gbFour(b); ok {
		*out = utf8.AppendRune(*out, r)
		return 4, 0
	}
	if b[0] == 0x80 {
		*out = append(*out, "€"...) // as windows-936 has it
		return 1, 0
	}
	*out = append(*out, "\uFFFD"...)
	return 1, 1
}

// append3 is utf8.AppendRune for the plane almost every code lies in.
func append3(out []byte, r uint16) []byte {
	if r < 0x800 {
		return utf8.AppendRune(out, rune(r))
	}
	return append(out, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
}

// asciiRun counts the bytes before the first that is not ASCII, eight at a time.
func asciiRun(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	return i
}

// gbFour decodes a four-byte code.
func gbFour(b []byte) (rune, bool) {
	if len(b) < 4 || b[0] < 0x81 || b[0] > 0xfe || b[1] < 0x30 || b[1] > 0x39 || b[2] < 0x81 || b[2] > 0xfe || b[3] < 0x30 || b[3] > 0x39 {
		return 0, false
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b[:4])
	r, n := utf8.DecodeRune(out)
	return r, err == nil && n == len(out) && r != utf8.RuneError
}
