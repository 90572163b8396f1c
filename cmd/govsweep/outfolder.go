package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/govsweep/govsweep"
)

// writable tries the report folder before a site is asked for anything.
func writable(dir string) error {
	if dir == "" {
		return nil
	}
	made := dir
	for !exists(made) && !exists(filepath.Dir(made)) {
		made = filepath.Dir(made)
	}
	if exists(made) {
		made = ""
	}
	err := os.MkdirAll(dir, 0o755)
	if made != "" {
		defer removeEmpty(dir, made)
	}
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".try-*"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "报告目录“" + dir + "”无法写入，检查没有开始", Err: err}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// removeEmpty takes away again the folders made from top down to dir: they
// are made when something is written.
func removeEmpty(dir, top string) {
	for {
		if os.Remove(dir) != nil || dir == top {
			return
		}
		dir = filepath.Dir(dir)
	}
}
