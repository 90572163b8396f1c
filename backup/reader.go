package backup

import (
	"archive/tar"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
)

// maxMember bounds a member that is read into memory, and what a part of a
// table may unpack to.
const maxMember = 1 << 30

// memberKind says what a member is by its name.
type memberKind int

const (
	noMember memberKind = iota
	noteMember
	tableMember
	nameMember
	spoolMember
	bodyMember
	manifestMember
	sumMember
)

var (
	tableNames = regexp.MustCompile(`^db/[0-9]{3,}-([A-Za-z0-9_]+)/[0-9]{6,}\.jsonl\.zst$`)
	bodyNames  = regexp.MustCompile(`^evidence/([0-9a-f]{64})\.zst$`)
)

// kindOf gives what a member is and the part of its name that matters.
func kindOf(name string) (memberKind, string) {
	if m := tableNames.FindStringSubmatch(name); m != nil {
		return tableMember, m[1]
	}
	if m := bodyNames.FindStringSubmatch(name); m != nil {
		return bodyMember, m[1]
	}
	switch name {
	case "说明.txt":
		return noteMember, ""
	case "store/id":
		return nameMember, ""
	case "manifest.json":
		return manifestMember, ""
	case "manifest.sha256":
		return sumMember, ""
	}
	if file, ok := strings.CutPrefix(name, "spool/"); ok && file != "" && !strings.ContainsAny(file, `/\`) {
		return spoolMember, file
	}
	return noMember, ""
}

// reader reads the members of a backup one after the other.
type reader struct {
	file *os.File
	tar  *tar.Reader
	last memberKind
}

func openBackup(path string) (*reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, explain("打开备份文件“"+path+"”", err)
	}
	return &reader{file: f, tar: tar.NewReader(f)}, nil
}

func (r *reader) close() { _ = r.file.Close() } // it was only read

// member is one member of a backup; its bytes are read from the reader.
type member struct {
	kind memberKind
	name string // whole
	part string // of the name: table, digest or file
	size int64
}

// word names the part of a backup as people know it.
func (m member) word() string {
	switch m.kind {
	case tableMember:
		return "数据表 " + m.part
	case spoolMember:
		return "未完成检查的进度"
	case bodyMember:
		return "一份证据"
	case manifestMember, sumMember:
		return "清单"
	}
	return "说明"
}

// next gives the next member; io.EOF behind the last. Members come in the
// order of their kinds, and nothing else may stand in the file.
func (r *reader) next() (member, error) {
	h, err := r.tar.Next()
	switch {
	case errors.Is(err, io.EOF) && r.last == sumMember:
		return member{}, io.EOF
	case err != nil: // also an end before the manifest
		return member{}, broken("文件不完整或不是备份文件", err)
	}
	kind, part := kindOf(h.Name)
	if kind == noMember || h.Typeflag != tar.TypeReg || kind < r.last || kind == r.last && (kind != tableMember && kind != spoolMember && kind != bodyMember) {
		return member{}, broken("文件中有不应有的内容", errors.New(h.Name))
	}
	if h.Size < 0 || kind != spoolMember && h.Size > maxMember {
		return member{}, broken("文件中有过大的内容", errors.New(h.Name))
	}
	r.last = kind
	return member{kind: kind, name: h.Name, part: part, size: h.Size}, nil
}
