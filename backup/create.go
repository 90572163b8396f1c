package backup

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"runtime"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

// Source is a database as it is copied: every row at one moment.
type Source interface {
	Dump(ctx context.Context, table func(name string, columns []string) error, row func(values []any) error) (version int64, err error)
}

// Options of Create.
type Options struct {
	Program string // version of the program
	Engine  string // sqlite or postgres
	Now     time.Time
	Since   string // an earlier backup in the same folder: evidence it holds is left out; "" for none
	// Progress is told, now and then, what is done and how many rows, bodies
	// or files it has come to; nil is nobody.
	Progress func(what string, n int64)
}

//go:embed readme.txt
var readme []byte

// Create writes a backup of db and store to path, which must not exist. It
// may be done while others work. On an error nothing is left behind. A body
// that the store holds damaged is named in the manifest and left out.
func Create(ctx context.Context, path string, db Source, store *evidence.Store, o Options) (*Manifest, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, &govsweep.Error{Kind: govsweep.Conflict, Say: "文件“" + path + "”已经存在，没有覆盖，请另取一个名称。"}
	}
	c := &creation{Options: o, ctx: ctx, db: db, store: store, had: map[govsweep.Digest]struct{}{},
		m: Manifest{Format: Format, Program: o.Program, Engine: o.Engine, Taken: o.Now.UTC(), Damaged: []string{}}}
	if o.Since != "" {
		if err := c.since(path); err != nil {
			return nil, err
		}
	}
	var err error
	if c.w, err = newWriter(path, o.Now); err != nil {
		return nil, explain("建立备份文件“"+path+"”", err)
	}
	defer c.w.drop()
	if err := c.write(); err != nil {
		return nil, explain("写入备份文件“"+path+"”", err)
	}
	return &c.m, explain("写入备份文件“"+path+"”", c.w.finish(path))
}

// creation is one backup being written.
type creation struct {
	Options
	ctx   context.Context // of the one call; everything here ends with it
	db    Source
	store *evidence.Store
	had   map[govsweep.Digest]struct{} // bodies earlier backups hold
	w     *writer
	m     Manifest
	open  map[string]*os.File // spools, opened before the database was read
}

func (c *creation) tell(what string, n int64) {
	if c.Progress != nil {
		c.Progress(what, n)
	}
}

func (c *creation) write() error {
	if err := c.w.member("说明.txt", readme); err != nil {
		return err
	}
	if err := c.hold(); err != nil {
		return err
	}
	defer c.letGo()
	for _, part := range []func() error{c.tables, c.name, c.spools, c.bodies, c.end} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// mostHeld bounds how many spools are held open; of more, those that are
// judged while the database is read may be missing from the copy.
const mostHeld = 512

// hold opens the spools of the runs under way: one that is judged and removed
// while the database is read is still needed by the copy, in which it is not.
func (c *creation) hold() error {
	c.open = map[string]*os.File{}
	if runtime.GOOS == "windows" {
		return nil // an open file could not be removed
	}
	names, err := c.store.Spools()
	if err != nil {
		return err
	}
	for _, name := range names[:min(len(names), mostHeld)] {
		f, err := c.store.ReadSpool(name)
		if os.IsNotExist(err) {
			continue // judged meanwhile
		}
		if err != nil {
			return err
		}
		c.open[name] = f
	}
	return nil
}

func (c *creation) letGo() {
	for _, f := range c.open {
		_ = f.Close() // it was only read
	}
}

// chunk is about how many bytes of lines are packed together.
const chunk = 1 << 20

// tables copies the database.
func (c *creation) tables() error {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("packer: %w", err)
	}
	t := &tableWriter{c: c, pack: pack, rows: newRowWriter()}
	version, err := c.db.Dump(c.ctx, t.begin, t.row)
	if err != nil {
		return err
	}
	c.m.Schema = version
	return t.endTable()
}

type tableWriter struct {
	c     *creation
	pack  *zstd.Encoder
	rows  *rowWriter
	table *Table
	hash  hash.Hash
	lines []byte
	part  int
	total int64
}

func (t *tableWriter) begin(name string, columns []string) error {
	if err := t.endTable(); err != nil {
		return err
	}
	t.c.m.Tables = append(t.c.m.Tables, Table{Name: name, Columns: columns})
	t.table, t.hash, t.part = &t.c.m.Tables[len(t.c.m.Tables)-1], sha256.New(), 0
	return nil
}

func (t *tableWriter) row(values []any) (err error) {
	if t.lines, err = t.rows.line(t.lines, values); err != nil {
		return err
	}
	t.table.Rows++
	if t.total++; t.total%1000 == 0 {
		t.c.tell("数据", t.total)
	}
	if len(t.lines) < chunk {
		return nil
	}
	return t.flush()
}

func (t *tableWriter) flush() error {
	if len(t.lines) == 0 {
		return nil
	}
	t.part++
	t.hash.Write(t.lines)
	packed := t.pack.EncodeAll(t.lines, nil)
	if t.lines = t.lines[:0]; cap(t.lines) > 8*chunk { // one huge row must not stay
		t.lines = nil
	}
	return t.c.w.member(fmt.Sprintf("db/%03d-%s/%06d.jsonl.zst", len(t.c.m.Tables), t.table.Name, t.part), packed)
}

func (t *tableWriter) endTable() error {
	if t.table == nil {
		return nil
	}
	err := t.flush()
	t.table.Digest = "sha256:" + hex.EncodeToString(t.hash.Sum(nil))
	return err
}

func (c *creation) name() error {
	name, err := c.store.Name()
	if err != nil || name == nil {
		return err
	}
	return c.w.member("store/id", name)
}

// spools copies the captures of runs under way, those that were held open and
// those that came since.
func (c *creation) spools() error {
	names, err := c.store.Spools()
	if err != nil {
		return err
	}
	for _, name := range names {
		if c.open[name] == nil {
			f, err := c.store.ReadSpool(name)
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return err
			}
			err = c.spool(name, f)
			_ = f.Close() // it was only read
			if err != nil {
				return err
			}
		}
	}
	for name, f := range c.open {
		if err := c.spool(name, f); err != nil {
			return err
		}
	}
	return nil
}

func (c *creation) spool(name string, f fs.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	c.m.Spools++
	c.tell("采集暂存", c.m.Spools)
	return c.w.stream("spool/"+name, info.Size(), f)
}

// bodies copies the evidence.
func (c *creation) bodies() error {
	return c.store.Each(func(d govsweep.Digest) error {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if _, known := c.had[d]; known {
			return nil
		}
		packed, length, err := c.store.Packed(d)
		if err != nil && packed != nil {
			c.m.Damaged = append(c.m.Damaged, d.String())
			return nil
		}
		if err != nil {
			return err
		}
		c.m.Bodies++
		c.m.BodyBytes += length
		if c.m.Bodies%100 == 0 {
			c.tell("证据", c.m.Bodies)
		}
		return c.w.member("evidence/"+hex.EncodeToString(d[:])+".zst", packed)
	})
}

// end writes the manifest.
func (c *creation) end() error {
	c.m.Members, c.m.MembersHash = c.w.members, "sha256:"+hex.EncodeToString(c.w.hash.Sum(nil))
	raw, err := c.m.encode()
	if err != nil {
		return err
	}
	if err := c.w.member("manifest.json", raw); err != nil {
		return err
	}
	return c.w.member("manifest.sha256", []byte(c.m.digest.String()+"\n"))
}
