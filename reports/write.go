package reports

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/govsweep/govsweep"
)

// WriteSite writes the report of one inspection into dir: the document in
// HTML, the findings as a workbook and as lines of JSON. It gives the paths
// in that order. A file is complete or not there at all.
func WriteSite(dir string, in *govsweep.Inspection) ([]string, error) {
	name := fileNameOf(&in.Site)
	return writeAll(dir, []part{
		{name + ".html", func(w io.Writer) error { return Site(w, in) }},
		{name + ".findings.xlsx", func(w io.Writer) error { return Workbook(w, in) }},
		{name + ".findings.jsonl", func(w io.Writer) error { return FindingLines(w, in.Findings) }},
	})
}

// WriteSweep writes the overview of a sweep as sweep-<number>.html into dir
// and gives its path.
func WriteSweep(dir string, o *Overview) (string, error) {
	paths, err := writeAll(dir, []part{
		{fmt.Sprintf("sweep-%d.html", o.Sweep.ID), func(w io.Writer) error { return Sweep(w, o) }},
	})
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

// FileName is what the files of a target are called, without their ending:
// the site code, else the host. It is safe on every operating system, and
// two targets never share one.
func FileName(t govsweep.Target) string {
	name := t.Code
	if t.Kind == govsweep.AccountTarget {
		name = "account-" + string(t.ID) // a platform's host is the same for all
	} else if !govsweep.ValidSiteIDCode(name) {
		name = strings.ToLower(hostOf(t))
	}
	safe := strings.Map(safeRune, name)
	safe = strings.Trim(safe, ".-_ ")
	if safe == name && len(name) <= 100 && !reserved(name) {
		return name
	}
	sum := sha256.Sum256([]byte(t.Code + "\x00" + t.URL + "\x00" + string(t.ID)))
	return strings.TrimLeft(safe[:min(len(safe), 80)]+"-"+hex.EncodeToString(sum[:4]), ".-_")
}

var plainNumber = regexp.MustCompile(`^[a-z0-9_]+$`)

// fileNameOf is what the files of an inspection are called: of an account its
// unit, platform, name and number, as 清河县公安局-微信-平安清河-gh_1, so that a
// person finds it in a folder; of a site as FileName.
func fileNameOf(s *govsweep.Site) string {
	if s.Media == "" {
		return FileName(s.Target())
	}
	part := strings.NewReplacer("-", "_", "…", "_")
	unit := s.Host
	if unit == "" {
		unit = "单位不明"
	}
	words := part.Replace(unit) + "-" + mediaWord(s.Media) + "-" + part.Replace(s.Name)
	if _, number, _ := strings.Cut(string(s.ID), ":"); plainNumber.MatchString(number) {
		return safeName(words+"-"+number, string(s.ID))
	}
	sum := sha256.Sum256([]byte(s.ID))
	return safeName(words+"-"+hex.EncodeToString(sum[:4]), string(s.ID))
}

func hostOf(t govsweep.Target) string {
	if id, ok := strings.CutPrefix(string(t.ID), "host:"); ok {
		return id
	}
	_, rest, _ := strings.Cut(t.URL, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func safeRune(r rune) rune {
	if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') || r == '.' || r == '-' {
		return r
	}
	return '_'
}

// reserved are names of devices on Windows, with or without an ending.
func reserved(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	switch base {
	case "", "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (base[:3] == "com" || base[:3] == "lpt")
}

// WriteBytes writes one file into dir: complete or not there at all.
func WriteBytes(dir, name string, body []byte) (string, error) {
	paths, err := writeAll(dir, []part{{name, func(w io.Writer) error { _, err := w.Write(body); return err }}})
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

type part struct {
	name   string
	render func(io.Writer) error
}

// writeAll renders every part beside its place and only then moves them all
// there, so that a full disk leaves nothing half-written.
func writeAll(dir string, parts []part) (paths []string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, cannotWrite(dir, err)
	}
	var temps []string
	defer func() {
		for _, t := range temps {
			_ = os.Remove(t) // gone already when it was moved
		}
	}()
	for _, p := range parts {
		temp, err := writeTemp(dir, p)
		if temp != "" {
			temps = append(temps, temp)
		}
		if err != nil {
			return nil, cannotWrite(dir, err)
		}
	}
	for i, p := range parts {
		path := filepath.Join(dir, p.name)
		if err := os.Rename(temps[i], path); err != nil {
			return nil, cannotWrite(dir, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func writeTemp(dir string, p part) (string, error) {
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return "", err
	}
	out := bufio.NewWriterSize(f, 64<<10)
	err = p.render(out)
	for _, step := range []func() error{out.Flush, f.Sync, func() error { return f.Chmod(0o644) }} {
		if err == nil {
			err = step()
		}
	}
	return f.Name(), errors.Join(err, f.Close())
}

// cannotWrite says in an official's words why a report could not be kept.
func cannotWrite(dir string, err error) error {
	why := "写入失败"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		why = "磁盘空间不足"
	case errors.Is(err, fs.ErrPermission):
		why = "没有写入权限"
	case errors.Is(err, syscall.EROFS):
		why = "磁盘为只读"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		why = "该路径不是文件夹"
	}
	return &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("报告未能写入“%s”：%s，未留下不完整的文件", dir, why), Err: err}
}
