package workplan

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/ledongthuc/pdf"
)

// The limits of a PDF file.
const (
	pdfPages    = 300
	pdfContent  = 8 << 20  // bytes of the content of one page unpacked
	pdfUnpacked = 96 << 20 // bytes of all streams unpacked
	pdfGlyphs   = 400_000
	pdfTime     = 20 * time.Second
)

// pdfLines reads the text layer of a PDF file. The library under it takes
// hostile structures apart, so it runs apart: what it panics with is caught,
// and when the time is over its source dries up and the call ends.
func pdfLines(name string, raw []byte) ([]line, error) {
	raw = raw[bytes.Index(raw, []byte("%PDF-")):]
	if err := pdfSane(name, raw); err != nil {
		return nil, err
	}
	src := &drying{raw: raw}
	type result struct {
		lines []line
		err   error
	}
	done := make(chan result, 1)
	go func() {
		lines, err := pdfText(name, src, int64(len(raw)))
		done <- result{lines, err}
	}()
	clock := time.NewTimer(pdfTime)
	defer clock.Stop()
	select {
	case r := <-done:
		return r.lines, r.err
	case <-clock.C:
		src.dry.Store(true)
		return nil, wrong(nil, "文件“%s”读取超过%d秒，已停止；请另存为文本或 DOCX 后再导入", name, pdfTime/time.Second)
	}
}

// drying is a file that can be taken away from a reader.
type drying struct {
	raw []byte
	dry atomic.Bool
}

// ReadAt reads while there is time.
func (d *drying) ReadAt(p []byte, at int64) (int, error) {
	if d.dry.Load() || at < 0 || at >= int64(len(d.raw)) {
		return 0, io.EOF
	}
	n := copy(p, d.raw[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func pdfText(name string, src *drying, size int64) (lines []line, err error) {
	defer func() {
		if p := recover(); p != nil {
			lines, err = nil, broken(name, fmt.Errorf("read pdf: %v", p))
		}
	}()
	r, err := pdf.NewReader(src, size)
	if err != nil {
		if errors.Is(err, pdf.ErrInvalidPassword) || bytes.Contains(src.raw, []byte("/Encrypt")) {
			return nil, wrong(err, "PDF“%s”已加密，请去掉密码后再导入", name)
		}
		return nil, broken(name, err)
	}
	t := &pdfReader{dry: &src.dry}
	t.tree(r.Trailer().Key("Root").Key("Pages"), pdf.Value{}, 0)
	if len(t.pages) > pdfPages {
		return nil, wrong(nil, "PDF“%s”超过%d页，请只保留工作要点正文后再导入", name, pdfPages)
	}
	switch got := t.paper(); {
	case len(got) == 0 && t.unread > 0:
		return nil, wrong(nil, "PDF“%s”的文字没有标明字符，无法取出；请另存为文本或 DOCX 后再导入", name)
	case len(got) == 0:
		return nil, wrong(nil, "PDF“%s”没有文字层，像是扫描件；请先做文字识别（OCR），核对后另存为文本或 DOCX 再导入", name)
	default:
		return got, nil
	}
}

func broken(name string, err error) error {
	return wrong(err, "PDF“%s”已损坏，无法读取；请重新导出，或另存为文本、DOCX 后再导入", name)
}

// huge are numbers for which the library would make tables beforehand.
var huge = regexp.MustCompile(`/(Size|Columns|First|N|Count|W|Index)\s*\[?[\s\d]*\d{7}|[\r\n]\d{7,}[ \t]+\d+[ \t]*[\r\n]`)

// pdfSane refuses what would unpack to more than a paper can be, before the
// library unpacks it: every stream is unpacked once into nothing, and once
// more what was packed twice.
func pdfSane(name string, raw []byte) error {
	if huge.Match(raw) {
		return broken(name, errors.New("huge number"))
	}
	left := int64(pdfUnpacked)
	for rest := raw; ; {
		at := bytes.Index(rest, []byte("stream"))
		if at < 0 {
			return nil
		}
		rest = bytes.TrimLeft(rest[at+len("stream"):], "\r\n")
		left -= unpacked(bytes.NewReader(rest), left, 3)
		if left <= 0 {
			return wrong(nil, "PDF“%s”解压后过大，疑似压缩炸弹，已拒绝读取", name)
		}
	}
}

// unpacked counts the bytes r unpacks to, over several layers, up to limit.
func unpacked(r io.Reader, limit int64, layers int) int64 {
	if layers == 0 {
		return limit
	}
	z, err := zlib.NewReader(r)
	if err != nil {
		return 0
	}
	head := make([]byte, 2)
	n, _ := io.ReadFull(z, head) // what is short is no second layer
	if n == 2 && head[0] == 0x78 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return int64(n) + unpacked(io.MultiReader(bytes.NewReader(head), z), limit, layers-1)
	}
	m, _ := io.Copy(io.Discard, io.LimitReader(z, limit)) // a torn stream counts as far as it goes
	return int64(n) + m
}
