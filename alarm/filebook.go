package alarm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/govsweep/govsweep"
)

// A Book keeps alarms and changes them in one step over all processes that
// use it. When change says false nothing is kept.
type Book interface {
	UpdateAlarms(ctx context.Context, name string, change func(*govsweep.AlarmBook) bool) error
}

// FileBook is the book of one machine, in a small file beside the data: it is
// there when the database is not. What cannot be written is held in memory
// until it can.
type FileBook struct {
	Path string

	mu   sync.Mutex
	held *govsweep.AlarmBook // not written yet
}

// maxBook is the size from which a file is no book of ours.
const maxBook = 32 << 20

// UpdateAlarms changes the book, whole or not at all. An error says that the
// change is held in memory only, that the file is none of ours, or that it
// could not be read: then change is not called and the file stays as it is.
func (f *FileBook) UpdateAlarms(_ context.Context, name string, change func(*govsweep.AlarmBook) bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock := lock(f.Path + ".lock")
	defer unlock()
	book := f.held
	var damaged error
	if book == nil {
		if book, damaged = f.read(); book == nil {
			return damaged
		}
	}
	book.Name = name
	if !change(book) && f.held == nil {
		return damaged
	}
	f.held = book
	if err := f.write(book); err != nil {
		return errors.Join(damaged, &govsweep.Error{Kind: govsweep.Internal, Say: "报警记录“" + f.Path + "”无法写入，暂存在内存中", Err: err})
	}
	f.held = nil
	return damaged
}

// Read gives the book as it stands, an empty one beside an error.
func (f *FileBook) Read() (*govsweep.AlarmBook, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.held != nil {
		return f.held, nil
	}
	book, err := f.read()
	if book == nil {
		book = &govsweep.AlarmBook{}
	}
	return book, err
}

// read gives the book; a damaged one is set aside and a new one begun. One that
// cannot be read is nil: it may be whole.
func (f *FileBook) read() (*govsweep.AlarmBook, error) {
	file, err := os.Open(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return &govsweep.AlarmBook{}, nil
	}
	if err != nil {
		return nil, f.unread(err)
	}
	raw, err := io.ReadAll(io.LimitReader(file, maxBook))
	_ = file.Close() // read only
	if err != nil {
		return nil, f.unread(err)
	}
	book := &govsweep.AlarmBook{}
	if err := json.Unmarshal(raw, book); err != nil {
		aside := os.Rename(f.Path, f.Path+".damaged")
		return &govsweep.AlarmBook{}, errors.Join(&govsweep.Error{Kind: govsweep.Internal, Say: "报警记录“" + f.Path + "”已损坏，已另存为 .damaged 并重新建立", Err: err}, aside)
	}
	return book, nil
}

func (f *FileBook) unread(err error) error {
	return &govsweep.Error{Kind: govsweep.Internal, Say: "报警记录“" + f.Path + "”无法读取，本次未作更改；请检查文件权限和磁盘", Err: err}
}

func (f *FileBook) write(b *govsweep.AlarmBook) error {
	raw, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return writeWhole(f.Path, raw)
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".tmp-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Sync(), tmp.Chmod(0o640), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

func asError(err error) (*govsweep.Error, bool) { return errors.AsType[*govsweep.Error](err) }
