package evidence

import (
	"encoding/binary"
	"math"
)

// A bundle is a ZIP file of the plainest kind: files stored one behind the
// other, then their directory, and nothing else. No packing, no fields to
// hide things in, one date for all: every byte of it follows from names,
// lengths and checksums, and is written again and compared when it is read.

// The files of a bundle in their order; the documents stand before the archive.
const (
	readmeName   = "说明.txt"
	manifestName = "manifest.json"
	documentDir  = "documents/"
	archiveName  = "data.warc.gz"
)

// member is one file of a bundle.
type member struct {
	name   string
	crc    uint32
	size   int64
	offset int64
}

const (
	localSize = 30
	utf8Flag  = 1 << 11
	firstDay  = 0x0021 // 1980-01-01
	maxBundle = math.MaxUint32
)

// common are the fields both headers of a file share.
func (e *member) common(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, 20) // version needed
	b = le.AppendUint16(b, utf8Flag)
	b = le.AppendUint16(b, 0) // stored
	b = le.AppendUint16(b, 0)
	b = le.AppendUint16(b, firstDay)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, uint32(e.size))
	b = le.AppendUint32(b, uint32(e.size))
	b = le.AppendUint16(b, uint16(len(e.name)))
	return le.AppendUint16(b, 0) // no extra field
}

// local is what stands before the bytes of a file.
func (e *member) local() []byte {
	b := e.common([]byte("PK\x03\x04"))
	return append(b, e.name...)
}

// directory is what stands behind all files.
func directory(members []member, at int64) []byte {
	le := binary.LittleEndian
	var b []byte
	for i := range members {
		e := &members[i]
		b = append(b, "PK\x01\x02"...)
		b = le.AppendUint16(b, 3<<8|20) // made on Unix, so that the mode counts
		b = e.common(b)
		b = append(b, make([]byte, 6)...) // comment, disk, internal attributes
		b = le.AppendUint32(b, 0o100644<<16)
		b = le.AppendUint32(b, uint32(e.offset))
		b = append(b, e.name...)
	}
	size := len(b)
	b = append(b, "PK\x05\x06\x00\x00\x00\x00"...)
	b = le.AppendUint16(b, uint16(len(members)))
	b = le.AppendUint16(b, uint16(len(members)))
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(at))
	return le.AppendUint16(b, 0) // no comment
}
