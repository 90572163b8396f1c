package evidence

import (
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
)

// maxBody bounds what a damaged or hostile file may unpack to.
const maxBody = 512 << 20

// packers are shared: EncodeAll and DecodeAll keep a pool of their own and
// are safe for many goroutines.
var packers = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(256<<10),
		zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false)) // the digest is a better check
	d, derr := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxBody))
	if err := errors.Join(err, derr); err != nil {
		panic(err) // options written wrong: a broken program
	}
	return e, d
})

func pack(body []byte) []byte {
	e, _ := packers()
	return e.EncodeAll(body, make([]byte, 0, len(body)/4+64))
}

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, errors.New("empty file")
	}
	_, d := packers()
	return d.DecodeAll(packed, nil)
}

// quick packs body for a spool, in S2: a spool lives for one run and most of
// it is thrown away, so time counts more than room.
func quick(body, to []byte) []byte { return s2.Encode(to, body) }

func unquick(packed []byte, length int64) ([]byte, error) {
	n, err := s2.DecodedLen(packed)
	if err != nil {
		return nil, fmt.Errorf("a packed body of %d bytes: %w", length, err)
	}
	if int64(n) != length || n > maxBody {
		return nil, fmt.Errorf("a body of %d bytes is packed as one of %d", length, n)
	}
	return s2.Decode(nil, packed)
}
