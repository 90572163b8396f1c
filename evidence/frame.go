package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"

	"github.com/govsweep/govsweep"
)

// A frame of a spool is
//
//	magic 4 | crc 4 | length of meta 4 | length of body 4 | meta | body
//
// with the crc over all that follows it. The body is packed; meta is the
// digest (32), the time in unix µs (8), the length of the body unpacked (8)
// and, each behind its length as a varint: URL, kind, header.
const (
	magic    = "GVF1"
	headSize = 16
	maxMeta  = 1 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errFrame says that no whole frame stands at a place.
var errFrame = errors.New("no whole frame")

// appendFrame appends the frame of c with its packed body to b.
func appendFrame(b []byte, c *govsweep.Capture, packed []byte) []byte {
	start := len(b)
	b = append(b, magic...)
	b = append(b, make([]byte, headSize-len(magic))...)
	b = append(b, c.Digest[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(c.At.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, uint64(c.Length))
	for _, s := range []string{c.URL, string(c.Kind), string(c.Header)} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	head := b[start:]
	binary.BigEndian.PutUint32(head[8:], uint32(len(head)-headSize))
	binary.BigEndian.PutUint32(head[12:], uint32(len(packed)))
	b = append(b, packed...)
	binary.BigEndian.PutUint32(b[start+4:], crc32.Checksum(b[start+8:], castagnoli))
	return b
}

// readFrame reads the frame at offset of r, a file of size bytes, into buf.
func readFrame(r io.ReaderAt, offset, size int64, buf *[]byte) (c govsweep.Capture, packed []byte, next int64, err error) {
	var head [headSize]byte
	if size-offset < headSize {
		return c, nil, 0, errFrame
	}
	if _, err := r.ReadAt(head[:], offset); err != nil {
		return c, nil, 0, err
	}
	meta, body := int64(binary.BigEndian.Uint32(head[8:])), int64(binary.BigEndian.Uint32(head[12:]))
	next = offset + headSize + meta + body
	if string(head[:4]) != magic || meta > maxMeta || body > maxBody || next > size {
		return c, nil, 0, errFrame
	}
	if int64(cap(*buf)) < meta+body {
		*buf = make([]byte, meta+body)
	}
	b := (*buf)[:meta+body]
	if _, err := r.ReadAt(b, offset+headSize); err != nil {
		return c, nil, 0, err
	}
	if crc32.Update(crc32.Checksum(head[8:], castagnoli), castagnoli, b) != binary.BigEndian.Uint32(head[4:]) {
		return c, nil, 0, errFrame
	}
	if c, err = readMeta(b[:meta]); err != nil {
		return c, nil, 0, err
	}
	return c, b[meta:], next, nil
}

func readMeta(b []byte) (c govsweep.Capture, err error) {
	if len(b) < len(c.Digest)+16 {
		return c, errFrame
	}
	b = b[copy(c.Digest[:], b):]
	c.At = time.UnixMicro(int64(binary.BigEndian.Uint64(b))).In(govsweep.Shanghai)
	c.Length = int64(binary.BigEndian.Uint64(b[8:]))
	b = b[16:]
	var parts [3][]byte
	for i := range parts {
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64(len(b)-used) {
			return c, errFrame
		}
		parts[i], b = b[used:used+int(n)], b[used+int(n):]
	}
	c.URL, c.Kind = string(parts[0]), govsweep.CaptureKind(parts[1])
	if len(parts[2]) > 0 {
		c.Header = bytes.Clone(parts[2])
	}
	return c, nil
}

// findFrame gives the place of the next whole frame at or behind offset.
func findFrame(r io.ReaderAt, offset, size int64, buf *[]byte) (int64, error) {
	window := make([]byte, 1<<20)
	for offset < size {
		n, err := r.ReadAt(window[:min(int64(len(window)), size-offset)], offset)
		if err != nil && err != io.EOF {
			return 0, err
		}
		for at := 0; ; at++ {
			i := bytes.Index(window[at:n], []byte(magic))
			if i < 0 {
				break
			}
			at += i
			if _, _, _, err := readFrame(r, offset+int64(at), size, buf); err == nil {
				return offset + int64(at), nil
			} else if !errors.Is(err, errFrame) {
				return 0, err
			}
		}
		if n < len(magic) {
			break
		}
		offset += int64(n - len(magic) + 1)
	}
	return 0, errFrame
}
