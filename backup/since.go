package backup

import (
	"errors"
	"io"
	"path/filepath"

	"github.com/govsweep/govsweep"
)

// since reads which bodies earlier backups hold.
func (c *creation) since(path string) error {
	old, err := filepath.Abs(c.Since)
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	if filepath.Dir(old) != filepath.Dir(path) {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "增量备份须与所接续的备份放在同一个目录中。"}
	}
	chain, err := chainOf(c.Since)
	if err != nil {
		return err
	}
	base, err := ReadManifest(c.Since)
	if err != nil {
		return err
	}
	c.m.Base = &Base{File: filepath.Base(c.Since), Manifest: base.digest.String()}
	for _, file := range chain {
		if err := eachBody(file, func(d govsweep.Digest, _ *reader) error { c.had[d] = struct{}{}; return nil }); err != nil {
			return err
		}
	}
	return nil
}

// eachBody tells the bodies of one backup; fn may read the packed body from
// the reader.
func eachBody(path string, fn func(d govsweep.Digest, r *reader) error) error {
	r, err := openBackup(path)
	if err != nil {
		return err
	}
	defer r.close()
	for {
		m, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return named(path, err)
		}
		if m.kind != bodyMember {
			continue
		}
		d, err := govsweep.ParseDigest("sha256:" + m.part)
		if err != nil {
			return err
		}
		if err := fn(d, r); err != nil {
			return err
		}
	}
}
