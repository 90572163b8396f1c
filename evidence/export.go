package evidence

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // the text of readme.txt
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/govsweep/govsweep"
)

//go:embed readme.txt
var readme []byte

// Bundle is what is to be put in a bundle 证据包.
type Bundle struct {
	Title     string
	Notice    *BundleNotice // nil when it is no notice's
	Sweep     int64
	Items     []BundleItem
	Captures  []govsweep.Capture  // in any order; the same one twice counts once
	Documents []govsweep.Document // listed by digest
	Enclose   bool                // put their bytes in too
	Withheld  int
}

// Exported says what was written.
type Exported struct {
	Manifest *Manifest
	Digest   govsweep.Digest // of the manifest 清单校验值: the words for a letter
	Size     int64           // bytes of the file
}

// MissingError names what the store does not hold undamaged.
type MissingError struct {
	Captures  []govsweep.Capture
	Documents []govsweep.Document
}

// Error counts them and names the first.
func (e *MissingError) Error() string {
	first := ""
	if len(e.Captures) > 0 {
		first = e.Captures[0].Digest.String()
	} else {
		first = e.Documents[0].Name
	}
	return fmt.Sprintf("证据库中缺少或已损坏%d份证据、%d个文件，首个为“%s”", len(e.Captures), len(e.Documents), plain(first))
}

// Export writes b as one file: complete, or not at all. The same b gives the
// same manifest, and under one version of the program the same bytes. What
// the store lacks makes it fail with a *MissingError that names all of it;
// with partial it is listed in the manifest as missing instead. Memory is
// bounded by the largest capture and the manifest.
func (s *Store) Export(ctx context.Context, path string, b *Bundle, partial bool) (out *Exported, err error) {
	x := &exporter{ctx: ctx, store: s, b: b, m: &Manifest{
		Format: BundleFormat, Title: b.Title, Notice: b.Notice, Sweep: b.Sweep, Items: b.Items,
		Captures: []BundleCapture{}, Withheld: b.Withheld, Documents: []BundleDocument{},
		Readme: BundleFile{readmeName, govsweep.DigestOf(readme).String(), int64(len(readme))},
	}}
	defer func() { err = errors.Join(err, x.close()) }()
	if err := x.open(filepath.Dir(path)); err != nil {
		return nil, explainOut(path, err)
	}
	if err := x.archiveAll(); err != nil {
		return nil, explainOut(path, err)
	}
	if err := x.enclose(); err != nil {
		return nil, explainOut(path, err)
	}
	if len(x.missing.Captures)+len(x.missing.Documents) > 0 && !partial {
		return nil, &x.missing
	}
	out, err = x.assemble(path)
	return out, explainOut(path, err)
}

func explainOut(path string, err error) error {
	if errors.Is(err, os.ErrPermission) || errors.Is(err, os.ErrNotExist) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "证据包“" + path + "”无法写入", Err: err}
	}
	return explain("写入证据包“"+path+"”", err)
}

type exporter struct {
	ctx     context.Context
	store   *Store
	b       *Bundle
	m       *Manifest
	missing MissingError
	archive *os.File // data.warc.gz while it grows
	whole   *os.File // the bundle while it grows
	crc     hash.Hash32
	records hash.Hash // over the records unpacked
	size    int64     // of the records unpacked
	docs    [][]byte  // of the enclosed documents, in the order of the manifest
}

func (x *exporter) open(dir string) (err error) {
	if x.archive, err = os.CreateTemp(dir, ".writing-*"); err != nil {
		return err
	}
	x.whole, err = os.CreateTemp(dir, ".writing-*")
	x.crc, x.records = crc32.NewIEEE(), sha256.New()
	return err
}

// close removes what was not moved to its place.
func (x *exporter) close() error {
	var all error
	for _, f := range []*os.File{x.archive, x.whole} {
		if f == nil {
			continue
		}
		if err := f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			all = errors.Join(all, err)
		}
		if err := os.Remove(f.Name()); err != nil && !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// archiveAll writes warcinfo and then a record for every capture the store
// holds, in order of address.
func (x *exporter) archiveAll() error {
	captures := x.sorted()
	if len(captures) == 0 {
		return nothing
	}
	oldest := captures[0].At
	for i := range captures {
		if captures[i].At.Before(oldest) {
			oldest = captures[i].At
		}
	}
	out := bufio.NewWriterSize(io.MultiWriter(x.archive, x.crc), 1<<16)
	z, first := gzip.NewWriter(out), map[string]*BundleCapture{}
	if err := x.record(z, out, infoRecord(x.m.Title, oldest)); err != nil {
		return err
	}
	for i := range captures {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		if err := x.capture(z, out, &captures[i], first); err != nil {
			return err
		}
	}
	if len(x.m.Captures) == 0 {
		return &x.missing
	}
	x.m.Archive = BundleFile{archiveName, fmt.Sprintf("sha256:%x", x.records.Sum(nil)), x.size}
	return out.Flush()
}

var nothing = &govsweep.Error{Kind: govsweep.NotFound, Say: "没有可以导出的证据。"}

// capture writes the record of one capture; first holds what stands already.
func (x *exporter) capture(z *gzip.Writer, out io.Writer, c *govsweep.Capture, first map[string]*BundleCapture) error {
	entry := entryOf(c)
	body, err := x.store.Get(c.Digest)
	if err != nil {
		x.missing.Captures = append(x.missing.Captures, *c)
		x.m.Missing = append(x.m.Missing, entry)
		return nil
	}
	head := httpHead(c.Header, body)
	entry.Length, entry.HeadLength, entry.Record = int64(len(body)), int64(len(head)), "resource"
	if len(head) > 0 {
		entry.Record = "response"
	}
	if first[entry.Digest] == nil {
		first[entry.Digest] = &entry
	} else {
		entry.Record, body = "revisit", nil
	}
	sum := sha256.New()
	sum.Write(head)
	sum.Write(body)
	entry.BlockDigest = fmt.Sprintf("sha256:%x", sum.Sum(nil))
	x.m.Captures = append(x.m.Captures, entry)
	return x.record(z, out, entry.recordHead(first[entry.Digest]), head, body, []byte(recordEnd))
}

// sorted gives the captures once each, in the order of the manifest.
func (x *exporter) sorted() []govsweep.Capture {
	all := slices.Clone(x.b.Captures)
	order := func(a, b govsweep.Capture) int {
		p, q := entryOf(&a), entryOf(&b)
		switch {
		case less(&p, &q):
			return -1
		case less(&q, &p):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, order)
	return slices.CompactFunc(all, func(a, b govsweep.Capture) bool { return order(a, b) == 0 })
}

func entryOf(c *govsweep.Capture) BundleCapture {
	return BundleCapture{Digest: c.Digest.String(), URL: cleanURL(c.URL), At: c.At.In(govsweep.Shanghai).Format(bundleTime), Length: c.Length,
		Kind: string(c.Kind), MediaType: cleanType(c.MediaType), Charset: c.Charset}
}

// record writes one record as a gzip member of its own.
func (x *exporter) record(z *gzip.Writer, out io.Writer, parts ...[]byte) error {
	z.Reset(out)
	z.ModTime = time.Unix(0, 0) // no time: the zero time.Time would be written as some day of 2042
	w := io.MultiWriter(z, x.records)
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
		x.size += int64(len(p))
	}
	return z.Close()
}

// enclose lists the documents and, where wanted, fetches their bytes.
func (x *exporter) enclose() error {
	for _, d := range x.b.Documents {
		entry := BundleDocument{Name: filepath.Base(d.Name), Digest: d.Digest, Length: d.Length}
		if x.b.Enclose {
			digest, err := govsweep.ParseDigest(d.Digest)
			if err != nil {
				return err
			}
			body, err := x.store.Get(digest)
			if err != nil {
				x.missing.Documents = append(x.missing.Documents, d)
			} else {
				entry.Enclosed, entry.Length = true, int64(len(body))
				x.docs = append(x.docs, body)
			}
		}
		x.m.Documents = append(x.m.Documents, entry)
	}
	return nil
}

// assemble writes the bundle and moves it to its place.
func (x *exporter) assemble(path string) (*Exported, error) {
	manifest, err := x.m.settled()
	if err != nil {
		return nil, err
	}
	if err := x.fits(manifest); err != nil {
		return nil, err
	}
	files := []inMemory{{readmeName, readme}, {manifestName, manifest}}
	for _, d := range x.m.Documents {
		if d.Enclosed {
			files = append(files, inMemory{documentDir + d.Name, x.docs[0]})
			x.docs = x.docs[1:]
		}
	}
	size, err := x.write(files)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(x.whole.Chmod(0o644), x.whole.Sync(), x.whole.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(x.whole.Name(), path); err != nil {
		return nil, err
	}
	return &Exported{x.m, govsweep.DigestOf(manifest), size}, nil
}

// fits refuses what a reader would refuse.
func (x *exporter) fits(manifest []byte) error {
	info, err := x.archive.Stat()
	if err != nil {
		return err
	}
	total := info.Size() + int64(len(manifest)+len(readme)) + 1<<20
	for _, d := range x.docs {
		total += int64(len(d)) + 1<<10
	}
	if len(manifest) > maxManifest || total > maxBundle {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "证据过多，一个证据包装不下（清单至多16兆字节，整个文件至多4吉字节）。请按网站（--site）分别导出。"}
	}
	if _, err := readManifest(manifest); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "证据包的清单不符合规定：" + err.Error() + "。", Err: err}
	}
	return nil
}

type inMemory struct {
	name string
	body []byte
}

// write writes all files behind each other, then their directory.
func (x *exporter) write(files []inMemory) (int64, error) {
	var members []member
	var at int64
	out := bufio.NewWriterSize(x.whole, 1<<16)
	put := func(name string, crc uint32, size int64, r io.Reader) error {
		e := member{name, crc, size, at}
		members = append(members, e)
		head := e.local()
		if _, err := out.Write(head); err != nil {
			return err
		}
		n, err := io.Copy(out, r)
		at += int64(len(head)) + n
		return err
	}
	for _, f := range files {
		if err := put(f.name, crc32.ChecksumIEEE(f.body), int64(len(f.body)), bytes.NewReader(f.body)); err != nil {
			return 0, err
		}
	}
	size, err := x.archive.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	if _, err := x.archive.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if err := put(archiveName, x.crc.Sum32(), size, x.archive); err != nil {
		return 0, err
	}
	end := directory(members, at)
	if _, err := out.Write(end); err != nil {
		return 0, err
	}
	return at + int64(len(end)), out.Flush()
}

// Secret says whether findings of an indicator are about state secrets 涉密:
// of those only address and time are kept, and nothing is exported.
func Secret(code govsweep.IndicatorCode) bool {
	return strings.HasPrefix(string(code), "secret-leak-")
}
