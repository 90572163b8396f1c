package storage

import (
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// coders are shared: EncodeAll and DecodeAll are safe for many goroutines.
var coders = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2))
	d, derr := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(1<<30))
	if err := errors.Join(err, derr); err != nil {
		panic(err) // options written wrong: a broken program
	}
	return e, d
})

func squeeze(b []byte) []byte {
	e, _ := coders()
	return e.EncodeAll(b, nil)
}

func unsqueeze(b []byte) ([]byte, error) {
	_, d := coders()
	out, err := d.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return out, nil
}
