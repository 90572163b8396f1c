package evidence

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ID names the store, the same on every machine that shares its folder and in
// every copy of it. A store that has no name is given one.
func (s *Store) ID() (string, error) {
	path := filepath.Join(s.dir, "id")
	if id, err := readID(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return id, explain("读取证据库编号", err)
	}
	fresh, err := s.writeID()
	if err != nil {
		return "", explain("保存证据库编号", err)
	}
	// Of two that name the store at the same time one is kept: a link is
	// made once.
	if err := os.Link(fresh, path); err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(fresh, path) // a file system without links
		if err != nil {
			return "", explain("保存证据库编号", err)
		}
	}
	if err := remove(fresh); err != nil {
		return "", explain("保存证据库编号", err)
	}
	id, err := readID(path)
	return id, explain("读取证据库编号", err)
}

// IDIn gives the name of the store in a folder, "" when there is none; it makes
// nothing.
func IDIn(dir string) (string, error) {
	id, err := readID(filepath.Join(dir, "id"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return id, explain("读取证据库编号", err)
}

func readID(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	id := strings.TrimSpace(string(raw))
	if id == "" {
		return "", errors.New("the file of the name of the evidence store is empty")
	}
	return id, nil
}

// writeID writes a fresh name to a temporary file, whole.
func (s *Store) writeID() (path string, err error) {
	f, err := os.CreateTemp(filepath.Join(s.dir, "tmp"), "id-")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(rand.Text() + "\n")
	return f.Name(), errors.Join(err, f.Sync(), f.Close())
}
