package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// Verify reads a backup, and those it continues, from the first byte to the
// last and holds everything against its digest. It needs neither a database
// nor a data directory and writes nothing.
func Verify(ctx context.Context, path string, progress func(what string, n int64)) (*Manifest, error) {
	chain, err := chainOf(path)
	if err != nil {
		return nil, err
	}
	var first *Manifest
	for _, file := range chain {
		m, err := verifyFile(ctx, file, progress)
		if err != nil {
			return nil, err
		}
		if first == nil {
			first = m
		}
	}
	return first, nil
}

// mostBackups bounds how many backups may continue each other.
const mostBackups = 400

// chainOf gives a backup and those it continues, the newest first.
func chainOf(path string) ([]string, error) {
	chain := []string{path}
	for {
		file := chain[len(chain)-1]
		m, err := ReadManifest(file)
		if n := len(chain); n > 1 && errors.Is(err, fs.ErrNotExist) {
			return nil, &govsweep.Error{Kind: govsweep.Wrong, Err: err,
				Say: "备份“" + chain[n-2] + "”是增量备份，缺少所接续的备份文件“" + file + "”，请把它放回同一个目录。"}
		}
		if err != nil {
			return nil, err
		}
		if n := len(chain); n > 1 {
			before, err := ReadManifest(chain[n-2])
			if err != nil {
				return nil, err
			}
			if before.Base.Manifest != m.digest.String() {
				return nil, broken("所接续的备份“"+before.Base.File+"”不是当时的那一份", nil)
			}
		}
		if m.Base == nil {
			return chain, nil
		}
		if m.Base.File != filepath.Base(m.Base.File) || len(chain) == mostBackups {
			return nil, broken("所接续的备份的名称不正确，或接续的份数过多", nil)
		}
		chain = append(chain, filepath.Join(filepath.Dir(path), m.Base.File))
	}
}

// ReadManifest gives the manifest of a backup, which it holds against its own
// digest only.
func ReadManifest(path string) (*Manifest, error) {
	r, err := openBackup(path)
	if err != nil {
		return nil, err
	}
	defer r.close()
	for {
		m, err := r.next()
		if err != nil {
			return nil, named(path, err)
		}
		if m.kind == manifestMember {
			got, err := r.manifest()
			return got, named(path, err)
		}
	}
}

// named says of which file an error speaks.
func named(path string, err error) error {
	e, ours := errors.AsType[*govsweep.Error](err)
	if !ours {
		return explain("读取备份文件“"+path+"”", err)
	}
	return &govsweep.Error{Kind: e.Kind, Say: "备份文件“" + path + "”" + e.Say, Err: e.Err}
}

// manifest reads the manifest and its digest, where the reader stands.
func (r *reader) manifest() (*Manifest, error) {
	raw, err := io.ReadAll(io.LimitReader(r.tar, maxMember))
	if err != nil {
		return nil, broken("文件不完整", err)
	}
	sum, err := r.next()
	if err != nil {
		return nil, err
	}
	want, err := io.ReadAll(io.LimitReader(r.tar, 100))
	if err != nil || sum.kind != sumMember || string(want) != govsweep.DigestOf(raw).String()+"\n" {
		return nil, broken("清单与其校验值不符", err)
	}
	return parseManifest(raw)
}

func verifyFile(ctx context.Context, path string, progress func(string, int64)) (*Manifest, error) {
	r, err := openBackup(path)
	if err != nil {
		return nil, err
	}
	defer r.close()
	v := &verification{r: r, all: sha256.New(), progress: progress, got: Manifest{Tables: []Table{}}}
	m, err := v.run(ctx)
	return m, named(path, err)
}

// verification is one backup being read through.
type verification struct {
	r        *reader
	all      hash.Hash // over the members
	got      Manifest  // what was found
	table    hash.Hash // of the table in hand
	last     string    // the body before
	progress func(string, int64)
}

func (v *verification) run(ctx context.Context) (*Manifest, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m, err := v.r.next()
		if err != nil {
			return nil, err
		}
		if m.kind == manifestMember {
			return v.end()
		}
		sum := sha256.New()
		body := &counted{r: io.TeeReader(v.r.tar, sum)}
		err = v.member(m, body)
		if err == nil {
			_, err = io.Copy(io.Discard, body)
		}
		if err != nil {
			return nil, broken("其中的“"+m.name+"”（"+m.word()+"）已损坏，不能恢复，请改用另一份备份或重新复制该文件", err)
		}
		v.got.Members++
		writeLine(v.all, m.name, m.size, sum)
		if v.progress != nil && v.got.Members%50 == 0 {
			v.progress("核验", v.got.Members)
		}
	}
}

// counted counts what is read.
type counted struct {
	r io.Reader
	n int64
}

// Read reads on.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// member looks at the bytes of a member.
func (v *verification) member(m member, body io.Reader) error {
	switch m.kind {
	case tableMember:
		return v.rows(m, body)
	case spoolMember:
		v.got.Spools++
	case bodyMember:
		packed, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		d, err := govsweep.ParseDigest("sha256:" + m.part)
		if err != nil || m.part <= v.last {
			return errors.Join(err, errors.New("bodies out of order"))
		}
		length, err := evidence.CheckPacked(d, packed)
		if err != nil {
			return err
		}
		v.last = m.part
		v.got.Bodies++
		v.got.BodyBytes += length
	}
	return nil
}

// rows counts and digests the lines of a part of a table.
func (v *verification) rows(m member, body io.Reader) error {
	if n := len(v.got.Tables); n == 0 || v.got.Tables[n-1].Name != m.part {
		v.endTable()
		v.got.Tables = append(v.got.Tables, Table{Name: m.part})
		v.table = sha256.New()
	}
	lines, closeLines, err := unpacked(body)
	if err != nil {
		return err
	}
	defer closeLines()
	count := &lineCount{}
	if _, err := io.Copy(io.MultiWriter(v.table, count), bufio.NewReader(lines)); err != nil {
		return err
	}
	v.got.Tables[len(v.got.Tables)-1].Rows += count.n
	return nil
}

// unpacked gives the lines of a part of a table; what unpacks too far is an error.
func unpacked(body io.Reader) (io.Reader, func(), error) {
	z, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxMember), zstd.WithDecoderMaxWindow(64<<20))
	if err != nil {
		return nil, nil, err
	}
	return &bounded{r: z, left: maxMember}, z.Close, nil
}

// bounded fails behind so many bytes.
type bounded struct {
	r    io.Reader
	left int64
}

// Read reads on.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errors.New("a part of a table unpacks too far")
	}
	return n, err
}

type lineCount struct{ n int64 }

// Write counts the ends of lines.
func (c *lineCount) Write(p []byte) (int, error) {
	c.n += int64(strings.Count(string(p), "\n"))
	return len(p), nil
}

func (v *verification) endTable() {
	if n := len(v.got.Tables); n > 0 {
		v.got.Tables[n-1].Digest = "sha256:" + hex.EncodeToString(v.table.Sum(nil))
	}
}

// end holds what was found against the manifest.
func (v *verification) end() (*Manifest, error) {
	v.endTable()
	m, err := v.r.manifest()
	if err != nil {
		return nil, err
	}
	if _, err := v.r.next(); !errors.Is(err, io.EOF) {
		return nil, broken("清单之后还有内容", err)
	}
	if m.Members != v.got.Members || m.MembersHash != "sha256:"+hex.EncodeToString(v.all.Sum(nil)) {
		return nil, broken("内容与清单不符", nil)
	}
	if m.Bodies != v.got.Bodies || m.BodyBytes != v.got.BodyBytes || m.Spools != v.got.Spools {
		return nil, broken("证据与清单不符", nil)
	}
	full := slices.DeleteFunc(slices.Clone(m.Tables), func(t Table) bool { return t.Rows == 0 && t.Digest == emptyTable })
	if !slices.EqualFunc(full, v.got.Tables, func(a, b Table) bool { return a.Name == b.Name && a.Rows == b.Rows && a.Digest == b.Digest }) {
		return nil, broken("数据表的行数或校验值与清单不符", fmt.Errorf("%d tables", len(v.got.Tables)))
	}
	return m, nil
}

// emptyTable is the digest of a table without rows.
var emptyTable = govsweep.DigestOf(nil).String()
