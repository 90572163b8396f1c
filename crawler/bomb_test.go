package crawler

import (
	"bytes"

	"github.com/klauspost/compress/flate"
)

// Heads of what Bomb makes.
const (
	GzipHead = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
	ZlibHead = "\x78\x9c"
	RawHead  = ""
)

// Bomb gives about 1 MB that unpack to 1 GB of white space: a flushed piece of
// a deflate stream means the same wherever it is repeated.
func Bomb(head string) []byte {
	var piece bytes.Buffer
	z, err := flate.NewWriter(&piece, flate.BestCompression)
	if err != nil {
		panic(err)
	}
	z.Write(bytes.Repeat([]byte(" "), 8<<20))
	z.Flush()
	return append([]byte(head), bytes.Repeat(piece.Bytes(), 128)...)
}
