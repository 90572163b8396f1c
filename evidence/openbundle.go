package evidence

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/govsweep/govsweep"
)

// Checked is what a bundle turned out to be.
type Checked struct {
	Manifest *Manifest       // nil when it could not be read
	Digest   govsweep.Digest // of the manifest 清单校验值, to be held against the letter
	Records  int             // captures whose record was read whole
	Size     int64           // bytes read
	Faults   []BundleFault   // in order of place; none: every byte is as the manifest says
}

// BundleFault is what is wrong with a bundle, and where.
type BundleFault struct {
	Place string // 文件“data.warc.gz”第3条记录
	Why   string
}

// String gives one sentence.
func (f BundleFault) String() string { return f.Place + "：" + f.Why + "。" }

// CheckBundle reads a bundle from its first byte to its last and holds all of
// it against its manifest: needs no store, no seeking, and memory for the
// manifest (at most 16 MB; 290 MB resident with the worst one found) and one
// window of unpacking. Every byte of the file counts: none can differ without a fault.
// A record that is wrong is told and the next one read; behind damage that
// hides where things begin reading stops. err is only for what could not be
// read from r, and for ctx.
func CheckBundle(ctx context.Context, r io.Reader) (*Checked, error) {
	source := &counter{r: r}
	c := &checker{ctx: ctx, source: source, in: bufio.NewReaderSize(source, 1<<16), out: &Checked{}}
	err := c.all()
	c.out.Size = source.n
	var fault *BundleFault
	switch {
	case source.err != nil:
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "证据包无法读取", Err: source.err}
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &fault):
		c.out.Faults = append(c.out.Faults, *fault)
	case err != nil:
		return nil, err
	}
	return c.out, nil
}

// Error lets a fault end the reading.
func (f *BundleFault) Error() string { return f.String() }

// counter counts what is read, and keeps an error that is no end of file.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

type checker struct {
	ctx     context.Context
	source  *counter
	in      *bufio.Reader
	out     *Checked
	members []member
	at      int64
}

func (c *checker) all() error {
	text, err := c.small(readmeName, 1<<20)
	if err != nil {
		return err
	}
	raw, err := c.small(manifestName, maxManifest)
	if err != nil {
		return err
	}
	c.out.Digest = govsweep.DigestOf(raw)
	m, err := readManifest(raw)
	if err != nil {
		return &BundleFault{Place: "文件“" + manifestName + "”", Why: "清单不符合规定：" + err.Error()}
	}
	c.out.Manifest = m
	if m.Readme.Length != int64(len(text)) || m.Readme.Digest != govsweep.DigestOf(text).String() {
		c.fault("文件“"+readmeName+"”", "内容与清单不符")
	}
	for i := range m.Documents {
		if err := c.document(&m.Documents[i]); err != nil {
			return err
		}
	}
	if err := c.archive(m); err != nil {
		return err
	}
	return c.end()
}

func (c *checker) fault(place, why string) {
	if len(c.out.Faults) < 1000 {
		c.out.Faults = append(c.out.Faults, BundleFault{Place: place, Why: why})
	}
}

// head reads the header of the next file, which must be name.
func (c *checker) head(name string) (member, error) {
	e := member{name: name, offset: c.at}
	got := make([]byte, localSize+len(name))
	n, err := io.ReadFull(c.in, got)
	if len(c.members) == 0 && (n < 4 || string(got[:4]) != "PK\x03\x04") {
		return e, &BundleFault{Place: "文件开头", Why: "不是证据包"}
	}
	if err != nil {
		return e, c.torn("文件“" + name + "”之前")
	}
	e.crc, e.size = binary.LittleEndian.Uint32(got[14:]), int64(binary.LittleEndian.Uint32(got[18:]))
	if !bytes.Equal(got, e.local()) {
		return e, &BundleFault{Place: fmt.Sprintf("第%d字节起", c.at), Why: "此处应为文件“" + plain(name) + "”的文件头，实际不是"}
	}
	c.at += int64(len(got)) + e.size
	c.members = append(c.members, e)
	return e, nil
}

// torn says that the file ends before it should.
func (c *checker) torn(place string) error {
	return &BundleFault{Place: place, Why: fmt.Sprintf("文件在第%d字节处中断，后面的内容缺失", c.source.n)}
}

// small reads a file of at most limit bytes into memory.
func (c *checker) small(name string, limit int64) ([]byte, error) {
	e, err := c.head(name)
	if err != nil {
		return nil, err
	}
	if e.size > limit {
		return nil, &BundleFault{Place: "文件“" + name + "”", Why: fmt.Sprintf("长达%d字节，超出限制", e.size)}
	}
	var b bytes.Buffer // grows with what is there, not with what is said to be there
	if n, _ := io.Copy(&b, io.LimitReader(c.in, e.size)); n < e.size {
		return nil, c.torn("文件“" + name + "”")
	}
	if crc32.ChecksumIEEE(b.Bytes()) != e.crc {
		return nil, &BundleFault{Place: "文件“" + name + "”", Why: "内容与校验码不符，已被改动或损坏"}
	}
	return b.Bytes(), nil
}

// document reads one enclosed form of the notice.
func (c *checker) document(d *BundleDocument) error {
	if !d.Enclosed {
		return nil
	}
	e, err := c.head(documentDir + d.Name)
	if err != nil {
		return err
	}
	sum, crc := sha256.New(), crc32.NewIEEE()
	if n, _ := io.Copy(io.MultiWriter(sum, crc), io.LimitReader(c.in, e.size)); n < e.size {
		return c.torn("文件“" + d.Name + "”")
	}
	if e.size != d.Length || hexOf(sum) != d.Digest || crc.Sum32() != e.crc {
		c.fault("文件“"+d.Name+"”", "内容与清单不符，已被改动或损坏")
	}
	return c.ctx.Err()
}

func hexOf(h hash.Hash) string { return fmt.Sprintf("sha256:%x", h.Sum(nil)) }

// archive reads the records in the order of the manifest.
func (c *checker) archive(m *Manifest) error {
	e, err := c.head(archiveName)
	if err != nil {
		return err
	}
	crc := crc32.NewIEEE()
	limited := &io.LimitedReader{R: c.in, N: e.size}
	r := &recordReader{ctx: c.ctx, in: bufio.NewReaderSize(io.TeeReader(limited, crc), 1<<16), sum: sha256.New()}
	place := func(n int) string { return fmt.Sprintf("文件“%s”第%d条记录", archiveName, n+1) }
	first, oldest := map[string]*BundleCapture{}, m.oldest()
	for i := -1; i < len(m.Captures); i++ {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		var why string
		if i < 0 {
			why, err = r.next(infoRecord(m.Title, oldest), 0, 0, "", "")
		} else {
			entry := &m.Captures[i]
			if first[entry.Digest] == nil {
				first[entry.Digest] = entry
			}
			why, err = r.next(entry.recordHead(first[entry.Digest]), entry.HeadLength, entry.blockLength(), entry.BlockDigest, entry.payload())
		}
		if err != nil {
			if c.ctx.Err() != nil || c.source.err != nil {
				return err
			}
			if limited.N > 0 && errors.Is(err, io.ErrUnexpectedEOF) {
				return c.torn(place(i + 1))
			}
			return &BundleFault{Place: place(i + 1), Why: "压缩数据损坏或多余，无法继续核验"}
		}
		if why != "" {
			c.fault(place(i+1), why)
		} else if i >= 0 {
			c.out.Records++
		}
	}
	if _, err := r.in.ReadByte(); err == nil {
		return &BundleFault{Place: "文件“" + archiveName + "”", Why: "末尾有清单以外的内容"}
	}
	if limited.N > 0 {
		return c.torn("文件“" + archiveName + "”")
	}
	if crc.Sum32() != e.crc || r.size != m.Archive.Length || hexOf(r.sum) != m.Archive.Digest {
		c.fault("文件“"+archiveName+"”", "整体校验值与清单不符")
	}
	return nil
}

// oldest is the time of the record warcinfo.
func (m *Manifest) oldest() (t time.Time) {
	for _, all := range [][]BundleCapture{m.Captures, m.Missing} {
		for i := range all {
			if at := all[i].when(); t.IsZero() || at.Before(t) {
				t = at
			}
		}
	}
	return t
}

// payload is the digest the body in the record must have; a revisit has none.
func (c *BundleCapture) payload() string {
	if c.Record == "revisit" {
		return ""
	}
	return c.Digest
}

// end holds the directory against the files, and wants nothing behind it.
func (c *checker) end() error {
	want := directory(c.members, c.at)
	got := make([]byte, len(want))
	if _, err := io.ReadFull(c.in, got); err != nil {
		return c.torn("文件目录")
	}
	if !bytes.Equal(got, want) {
		c.fault("文件目录", "与文件不符，已被改动或损坏")
	}
	if _, err := c.in.ReadByte(); err == nil {
		c.fault("文件末尾", "有多余的内容")
	}
	return nil
}

// recordReader reads an archive record by record, each a gzip member of its own.
type recordReader struct {
	ctx  context.Context
	in   *bufio.Reader
	z    *gzip.Reader
	sum  hash.Hash
	size int64
}

var errMember = errors.New("not a member as this program writes it")

// next reads a record whose header, lengths and digests are known. why says
// what of it is not as it should be; err that the next one cannot be found.
// Nothing is unpacked beyond the lengths of the manifest.
func (r *recordReader) next(head []byte, httpHead, block int64, blockDigest, payloadDigest string) (why string, err error) {
	if err := r.open(); err != nil {
		return "", err
	}
	w := io.TeeReader(r.z, r.sum)
	got := make([]byte, len(head))
	if _, err := io.ReadFull(w, got); err != nil {
		return "", cut(err)
	}
	r.size += int64(len(head)) + block
	if !bytes.Equal(got, head) {
		why = "记录头（网址、时间、编号、长度）与清单不符"
	}
	if blockDigest != "" {
		bad, err := r.block(w, httpHead, block, blockDigest, payloadDigest)
		if err != nil {
			return "", err
		}
		if why == "" {
			why = bad
		}
	}
	var more [1]byte
	if n, err := io.ReadFull(r.z, more[:]); n > 0 {
		return "", errMember
	} else if !errors.Is(err, io.EOF) {
		return "", cut(err)
	}
	return why, nil
}

// memberHead begins every member: deflate, no name, no comment, no extra
// field, no time.
const memberHead = "\x1f\x8b\x08\x00\x00\x00\x00\x00"

// open begins the next member.
func (r *recordReader) open() (err error) {
	if head, err := r.in.Peek(len(memberHead)); err != nil {
		return cut(err)
	} else if string(head) != memberHead {
		return errMember
	}
	if r.z == nil {
		r.z, err = gzip.NewReader(r.in)
	} else {
		err = r.z.Reset(r.in)
	}
	if err != nil {
		return cut(err)
	}
	r.z.Multistream(false)
	return nil
}

// block reads the block of a record and the end behind it.
func (r *recordReader) block(w io.Reader, httpHead, block int64, blockDigest, payloadDigest string) (why string, err error) {
	all, body := sha256.New(), sha256.New()
	ends := tail{}
	if _, err := io.CopyN(io.MultiWriter(all, &ends), w, httpHead); err != nil {
		return "", cut(err)
	}
	if httpHead > 0 && string(ends) != recordEnd {
		why = "回应头没有结尾"
	}
	into := io.MultiWriter(all, body)
	if httpHead == 0 { // block and payload are the same bytes
		into, body = all, all
	}
	for left := block - httpHead; left > 0; {
		n, err := io.CopyN(into, w, min(left, 1<<20))
		if err != nil {
			return "", cut(err)
		}
		if err := r.ctx.Err(); err != nil {
			return "", err
		}
		left -= n
	}
	got := make([]byte, len(recordEnd))
	if _, err := io.ReadFull(w, got); err != nil {
		return "", cut(err)
	}
	r.size += int64(len(got))
	switch {
	case hexOf(all) != blockDigest, payloadDigest != "" && hexOf(body) != payloadDigest:
		return "内容与证据编号不符，已被改动或损坏", nil
	case string(got) != recordEnd:
		return "记录没有结尾", nil
	}
	return why, nil
}

// tail keeps the last four bytes written to it.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p[max(0, len(p)-len(recordEnd)):]...)
	*t = append((*t)[:0], (*t)[max(0, len(*t)-len(recordEnd)):]...)
	return len(p), nil
}

// cut tells an end that comes too early.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
