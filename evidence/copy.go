package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/govsweep/govsweep"
)

// Each tells every digest of the store in order.
func (s *Store) Each(fn func(govsweep.Digest) error) error { return s.each(fn) }

// Packed gives a body as the store keeps it, packed, after it was held
// against its digest; length is that of the body.
func (s *Store) Packed(d govsweep.Digest) (packed []byte, length int64, err error) {
	packed, err = os.ReadFile(s.path(d))
	if err != nil {
		return nil, 0, explain("读取证据“"+d.String()+"”", err)
	}
	length, err = CheckPacked(d, packed)
	return packed, length, err
}

// CheckPacked holds a packed body against its digest and gives its length.
func CheckPacked(d govsweep.Digest, packed []byte) (length int64, err error) {
	body, err := unpack(packed)
	if err != nil || govsweep.DigestOf(body) != d {
		return 0, &govsweep.Error{Kind: govsweep.Internal, Say: "证据“" + d.String() + "”已损坏，内容与编号不符。", Err: err}
	}
	return int64(len(body)), nil
}

// PutPacked keeps a packed body that stands against its digest. One that the
// store holds whole is left as it is.
func (s *Store) PutPacked(d govsweep.Digest, packed []byte) error {
	if _, err := CheckPacked(d, packed); err != nil {
		return err
	}
	if _, _, err := s.Packed(d); err == nil {
		return nil
	}
	return explain("保存证据", s.write(d, packed))
}

// Empty says that the store holds no body and no spool.
func (s *Store) Empty() (bool, error) {
	found := errors.New("found")
	if err := s.each(func(govsweep.Digest) error { return found }); err != nil {
		if errors.Is(err, found) {
			return false, nil
		}
		return false, explain("读取证据库", err)
	}
	names, err := s.Spools()
	return len(names) == 0, err
}

// spoolNames are names of spools as this package makes them.
var spoolNames = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,200}\.spool$`)

// Spools lists the files of the spools of runs under way, in order.
func (s *Store) Spools() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.dir, "spool"))
	if err != nil {
		return nil, explain("读取证据库", err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && spoolNames.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// ReadSpool opens the file of a spool to copy it, as far as it has come;
// what is half-written at its end is cut off when it is next opened.
func (s *Store) ReadSpool(file string) (*os.File, error) {
	if !spoolNames.MatchString(file) {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "证据暂存文件的名称“" + file + "”不正确。"}
	}
	return os.Open(filepath.Join(s.dir, "spool", file))
}

// PutSpool writes the file of a spool: whole, or not at all.
func (s *Store) PutSpool(file string, from io.Reader) error {
	if !spoolNames.MatchString(file) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "证据暂存文件的名称“" + file + "”不正确。"}
	}
	return explain("保存证据暂存文件", s.place(filepath.Join(s.dir, "spool", file), from))
}

// maxStoreName bounds the file that names a store.
const maxStoreName = 1 << 10

// Name gives the bytes of the file that names the store; nil when it has none.
func (s *Store) Name() ([]byte, error) {
	raw, err := os.ReadFile(filepath.Join(s.dir, "id"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && len(raw) > maxStoreName {
		err = fmt.Errorf("a name of %d bytes", len(raw))
	}
	return raw, explain("读取证据库编号", err)
}

// PutName names the store as the one it is a copy of.
func (s *Store) PutName(from io.Reader) error {
	return explain("保存证据库编号", s.place(filepath.Join(s.dir, "id"), io.LimitReader(from, maxStoreName)))
}

// place puts a file in its place: whole, or not at all.
func (s *Store) place(path string, from io.Reader) (err error) {
	f, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "put-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
