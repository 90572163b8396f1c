package crawler

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
)

var (
	errRatio    = errors.New("decompression ratio over the cap")
	errEncoding = errors.New("content encoding not understood")
)

// ratioFrom is the decompressed size under which no ratio is suspicious.
const ratioFrom = 1 << 20

// A body reads one answer: decompressed, up to limit, and no further than
// ratio times what was received.
type body struct {
	limit, ratio int64
	wire         int64 // bytes received
	cut          bool  // there was more than limit
}

var (
	buffers = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64<<10)) }}
	gunzips = sync.Pool{New: func() any { return new(gzip.Reader) }}
)

func (b *body) read(r io.Reader, encodings []string) ([]byte, error) {
	counted := &counter{r: r}
	defer func() { b.wire = counted.n }()
	plain, done, err := decoded(counted, encodings)
	if err != nil || plain == nil {
		return nil, err
	}
	defer done()
	buf := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buf.Cap() <= 1<<20 {
			buf.Reset()
			buffers.Put(buf)
		}
	}()
	if err := b.fill(buf, plain, counted); err != nil {
		return nil, err
	}
	if buf.Len() == 0 {
		return nil, nil
	}
	return bytes.Clone(buf.Bytes()), nil
}

// fill reads in pieces, so that a bomb is noticed while it is still small.
func (b *body) fill(buf *bytes.Buffer, plain io.Reader, counted *counter) error {
	for {
		step := min(b.limit+1-int64(buf.Len()), 256<<10)
		n, err := io.CopyN(buf, plain, step)
		switch size := int64(buf.Len()); {
		case size > ratioFrom && size > counted.n*b.ratio:
			return errRatio
		case size > b.limit:
			b.cut = true
			buf.Truncate(int(b.limit))
			return nil
		case err == io.EOF && n < step:
			return nil
		case err != nil:
			return err
		}
	}
}

type counter struct {
	r io.Reader
	n int64
}

// Read counts what passes.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// decoded undoes the content encodings, at most two. A nil reader is an empty
// body, which servers also send under the name of an encoding.
func decoded(r io.Reader, headers []string) (plain io.Reader, done func(), err error) {
	names := encodings(headers)
	done = func() {}
	if len(names) == 0 {
		return r, done, nil
	}
	if len(names) > 2 {
		return nil, nil, errEncoding
	}
	for i := len(names) - 1; i >= 0; i-- {
		in := bufio.NewReader(r)
		if _, err := in.Peek(1); err == io.EOF {
			return nil, nil, nil
		}
		switch names[i] {
		case "gzip", "x-gzip":
			z := gunzips.Get().(*gzip.Reader)
			if err := z.Reset(in); err != nil {
				return nil, nil, broken(err)
			}
			before := done
			r, done = z, func() { before(); gunzips.Put(z) }
		case "deflate":
			if r, err = inflate(in); err != nil {
				return nil, nil, broken(err)
			}
		default:
			return nil, nil, errEncoding
		}
	}
	return r, done, nil
}

// broken keeps errors of the connection and turns those of the format into one.
func broken(err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, zlib.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errEncoding
	}
	return err
}

// inflate reads deflate with the zlib header of the standard, and without as
// some servers send it.
func inflate(in *bufio.Reader) (io.Reader, error) {
	head, err := in.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(in)
	}
	return flate.NewReader(in), nil
}

func encodings(headers []string) []string {
	var names []string
	for _, h := range headers {
		for name := range strings.SplitSeq(h, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			if name != "" && name != "identity" && name != "none" && !strings.HasPrefix(name, "utf") {
				names = append(names, name)
			}
		}
	}
	return names
}
