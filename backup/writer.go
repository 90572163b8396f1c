package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"
)

// writer writes the members of a backup under a temporary name.
type writer struct {
	file    *os.File
	buffer  *bufio.Writer
	tar     *tar.Writer
	hash    hash.Hash // over the members
	members int64
	taken   time.Time
}

func newWriter(path string, taken time.Time) (*writer, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".part-*") // for the owner alone
	if err != nil {
		return nil, err
	}
	w := &writer{file: f, buffer: bufio.NewWriterSize(f, 1<<20), hash: sha256.New(), taken: taken}
	w.tar = tar.NewWriter(w.buffer)
	return w, nil
}

// member writes a whole member.
func (w *writer) member(name string, body []byte) error {
	return w.stream(name, int64(len(body)), bytes.NewReader(body))
}

// stream writes a member of size bytes.
func (w *writer) stream(name string, size int64, from io.Reader) error {
	h := &tar.Header{Name: name, Size: size, Mode: 0o600, Format: tar.FormatPAX, ModTime: w.taken.Truncate(time.Second), Typeflag: tar.TypeReg}
	if err := w.tar.WriteHeader(h); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(w.tar, sum), from, size); err != nil {
		return err
	}
	w.members++
	writeLine(w.hash, name, size, sum)
	return nil
}

// writeLine adds a member to the digest over all of them.
func writeLine(to io.Writer, name string, size int64, sum hash.Hash) {
	fmt.Fprintf(to, "%s\x00%d\x00%s\n", name, size, hex.EncodeToString(sum.Sum(nil))) // a hash takes every byte
}

// finish ends the file and gives it its name, which must be free.
func (w *writer) finish(path string) error {
	if err := errors.Join(w.tar.Close(), w.buffer.Flush(), w.file.Sync(), w.file.Close()); err != nil {
		return err
	}
	if err := os.Rename(w.file.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil // the name stands; it is only not known to be on the disk
	}
	_ = d.Sync() // some systems cannot
	return d.Close()
}

// drop removes what was written.
func (w *writer) drop() {
	_ = w.file.Close()           // it may be closed
	_ = os.Remove(w.file.Name()) // one that has its name is gone from here
}
