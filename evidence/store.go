package evidence

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// Store is a folder of captured bodies. It is safe for many goroutines and
// for several processes.
type Store struct {
	dir string
	// Shared says that other machines work on the same database: what Flush
	// calls safe must then outlive a fall of this machine too. It is set
	// before the store is used.
	Shared bool
}

// Open opens the store in dir and makes the folders it needs, for their owner
// alone: what was captured is working material of a case.
func Open(dir string) (*Store, error) {
	s := &Store{dir: dir}
	for _, sub := range []string{"body", "spool", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, explain("打开证据库", err)
		}
	}
	tighten(dir)
	return s, explain("打开证据库", s.sweepTemp())
}

// tighten takes a folder from everybody but its owner, where all users of the
// machine may read it: an earlier program left it so. What a group alone was
// given stays. Who is not the owner changes nothing.
func tighten(dir string) {
	for _, folder := range []string{dir, filepath.Join(dir, "body"), filepath.Join(dir, "spool"), filepath.Join(dir, "tmp")} {
		if info, err := os.Stat(folder); err == nil && info.Mode().Perm()&0o007 != 0 {
			_ = os.Chmod(folder, 0o700)
		}
	}
}

// sweepTemp removes what a killed process left half-written long ago.
func (s *Store) sweepTemp() error {
	entries, err := os.ReadDir(filepath.Join(s.dir, "tmp"))
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < time.Hour {
			continue // gone meanwhile, or perhaps another process's
		}
		if err := os.Remove(filepath.Join(s.dir, "tmp", e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// suffix says how a file of the store is packed.
const suffix = ".zst"

// path is built from the bytes of the digest alone, so no name that came
// from a page ever reaches the file system.
func (s *Store) path(d govsweep.Digest) string {
	name := hex.EncodeToString(d[:])
	return filepath.Join(s.dir, "body", name[:2], name[2:]+suffix)
}

// Put keeps body and gives its digest. A body that is known is not written again.
func (s *Store) Put(body []byte) (govsweep.Digest, error) {
	d := govsweep.DigestOf(body)
	if s.Has(d) {
		return d, nil
	}
	return d, explain("保存证据", s.write(d, pack(body)))
}

// write puts a packed body in its place: whole, or not at all.
func (s *Store) write(d govsweep.Digest, packed []byte) (err error) {
	path := s.path(d)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "put-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(packed)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Has says whether the store is known to hold a body for d. It does not read
// it, and does not tell a disk that cannot be read from a body that is not there.
func (s *Store) Has(d govsweep.Digest) bool {
	held, err := s.Holds(d)
	return held && err == nil
}

// Holds says whether the store holds a body for d, without reading it. An
// error means that this could not be found out.
func (s *Store) Holds(d govsweep.Digest) (bool, error) {
	info, err := os.Stat(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, explain("查找证据“"+d.String()+"”", err)
	}
	return info.Mode().IsRegular() && info.Size() > 0, nil
}

// ErrDamaged is the cause of an error over a body that was read and is not
// what was captured.
var ErrDamaged = errors.New("body is not what its digest says")

// Get gives the body of d, or an error that names d: of kind NotFound when it
// is not held, caused by ErrDamaged when it is no longer what was captured,
// any other when the disk could not be read.
func (s *Store) Get(d govsweep.Digest) ([]byte, error) {
	packed, err := os.ReadFile(s.path(d))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "证据库中没有证据“" + d.String() + "”。"}
	}
	if err != nil {
		return nil, explain("读取证据“"+d.String()+"”", err)
	}
	body, err := unpack(packed)
	if err != nil || govsweep.DigestOf(body) != d {
		return nil, &govsweep.Error{Kind: govsweep.Internal, Say: "证据“" + d.String() + "”已损坏，内容与编号不符。", Err: errors.Join(ErrDamaged, err)}
	}
	return body, nil
}

// List gives the digests of all bodies in order.
func (s *Store) List() ([]govsweep.Digest, error) {
	var out []govsweep.Digest
	err := s.each(func(d govsweep.Digest) error { out = append(out, d); return nil })
	return out, explain("读取证据库", err)
}

// each walks the store in order of digest. Files of other names are not ours.
func (s *Store) each(fn func(govsweep.Digest) error) error {
	root := filepath.Join(s.dir, "body")
	return filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name, ok := strings.CutSuffix(strings.ReplaceAll(filepath.ToSlash(rel), "/", ""), suffix)
		if d, bad := govsweep.ParseDigest("sha256:" + name); ok && bad == nil {
			return fn(d)
		}
		return nil
	})
}
