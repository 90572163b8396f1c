package workplan

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// The limits of a paper. The longest real one has some twenty pages.
const (
	maxFile  = 32 << 20 // bytes of the file
	maxText  = 4 << 20  // bytes of text read from it
	maxLines = 60_000
	maxTasks = 5_000
)

// Read reads a paper as a plan: head, tasks, bodies, time limits, demands.
// The kind of the file (text, HTML, DOCX, PDF) is found by its content; name
// is only kept and shown. Errors say what is wrong with the file and what to
// do: no text layer, encrypted, too large, not a paper.
//
// The year of the plan is read from the title, else from the date of issue;
// where neither is printed see ReadYear.
func Read(name string, r io.ReaderAt, size int64) (*govsweep.Plan, error) {
	return ReadYear(name, r, size, 0)
}

// ReadYear is Read for a paper whose year the reader knows: year, when it is
// not 0, goes before what the paper prints.
func ReadYear(name string, r io.ReaderAt, size int64, year int) (*govsweep.Plan, error) {
	if size > maxFile {
		return nil, wrong(nil, "文件“%s”超过%dMB，请只保留工作要点正文后再导入", name, maxFile>>20)
	}
	raw := make([]byte, max(size, 0))
	if n, err := r.ReadAt(raw, 0); err != nil && (err != io.EOF || n < len(raw)) {
		return nil, wrong(err, "文件“%s”无法读取", name)
	}
	lines, err := linesOf(name, raw)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	p := &govsweep.Plan{Source: name, Digest: "sha256:" + hex.EncodeToString(sum[:]), Version: 1, Year: year}
	if err := build(p, mend(untabled(lines))); err != nil {
		return nil, err
	}
	return p, nil
}

// linesOf finds the kind of a file and reads its lines.
func linesOf(name string, raw []byte) ([]line, error) {
	var lines []line
	var err error
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, wrong(nil, "文件“%s”是空的", name)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")), bytes.HasPrefix(raw, []byte("PK\x05\x06")):
		lines, err = docxLines(name, raw)
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")):
		lines, err = pdfLines(name, raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return nil, wrong(nil, "文件“%s”是旧版 .doc 或加密的文档，请另存为不加密的 .docx 再导入", name)
	case bytes.HasPrefix(raw, []byte(`{\rtf`)):
		return nil, wrong(nil, "文件“%s”是 RTF 文档，请另存为 .docx 再导入", name)
	default:
		lines, err = plainLines(name, raw)
	}
	if err != nil {
		return nil, err
	}
	total := 0
	for _, l := range lines {
		total += len(l.text)
	}
	switch {
	case total > maxText || len(lines) > maxLines:
		return nil, wrong(nil, "文件“%s”的文字过多，不像一份工作要点，请只保留正文后再导入", name)
	case strings.TrimSpace(joined(lines)) == "":
		return nil, wrong(nil, "文件“%s”中没有文字", name)
	}
	return lines, nil
}

func joined(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text)
	}
	return b.String()
}

func wrong(cause error, format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...), Err: cause}
}
