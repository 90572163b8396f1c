package farm

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"

	"github.com/klauspost/compress/flate"
)

// A segment is a part of a page, with its compressed form where it was worth
// making one.
type segment struct {
	text   []byte
	packed []byte // deflate blocks that end on a byte; nil: sent as it is
}

func loose(text string) segment { return segment{text: []byte(text)} }

// pack compresses a text once for all pages that carry it.
func pack(text string) segment {
	var z bytes.Buffer
	w, _ := flate.NewWriter(&z, flate.DefaultCompression) // the level is a valid one
	w.Write([]byte(text))                                 // into memory: cannot fail
	w.Flush()                                             // ends on a byte, not the last block
	return segment{text: []byte(text), packed: z.Bytes()}
}

func plain(parts []segment) []byte {
	var out []byte
	for _, s := range parts {
		out = append(out, s.text...)
	}
	return out
}

// gzipped joins segments into one gzip member: packed ones as they are, loose
// ones as stored blocks. Only the checksum is computed for every page.
func gzipped(parts []segment) []byte {
	size := 64
	for _, s := range parts {
		size += max(len(s.packed), 1) + len(s.text)
	}
	out := make([]byte, 0, size)
	out = append(out, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)
	var sum, n uint32
	for _, s := range parts {
		sum = crc32.Update(sum, crc32.IEEETable, s.text)
		n += uint32(len(s.text))
		if s.packed != nil {
			out = append(out, s.packed...)
			continue
		}
		for rest := s.text; len(rest) > 0; {
			k := min(len(rest), 65535)
			out = append(out, 0)
			out = binary.LittleEndian.AppendUint16(out, uint16(k))
			out = binary.LittleEndian.AppendUint16(out, ^uint16(k))
			out = append(out, rest[:k]...)
			rest = rest[k:]
		}
	}
	out = append(out, 1, 0, 0, 0xff, 0xff)
	out = binary.LittleEndian.AppendUint32(out, sum)
	return binary.LittleEndian.AppendUint32(out, n)
}
