package workplan

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// The limits of a DOCX file.
const (
	docxParts = 4000
	docxPart  = 24 << 20 // bytes of document.xml unpacked
	docxTotal = 256 << 20
	docxRatio = 200 // unpacked over packed, above the first megabyte
	docxDepth = 256 // elements within elements
)

// docxLines reads the paragraphs of a DOCX file. Only document.xml is
// unpacked whole; its text and its manual breaks are read, and the numbers that
// numbering.xml has the paragraphs count.
func docxLines(name string, raw []byte) ([]line, error) {
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, wrong(err, "文件“%s”已损坏，无法读取", name)
	}
	part, err := docxDocument(name, zr)
	if err != nil {
		return nil, err
	}
	r, err := part.Open()
	if err != nil {
		return nil, wrong(err, "文件“%s”的正文部分已损坏，无法读取", name)
	}
	defer r.Close()
	lines, err := wordLines(io.LimitReader(r, docxPart+1), numberingOf(zr))
	switch {
	case errors.Is(err, errDTD):
		return nil, wrong(err, "文件“%s”的正文含有实体声明，已拒绝读取", name)
	case errors.Is(err, errDeep):
		return nil, wrong(err, "文件“%s”的正文嵌套过深，已拒绝读取", name)
	case err != nil:
		return nil, wrong(err, "文件“%s”的正文部分已损坏，无法读取", name)
	}
	return lines, nil
}

func docxDocument(name string, zr *zip.Reader) (*zip.File, error) {
	if len(zr.File) > docxParts {
		return nil, wrong(nil, "文件“%s”包含的部件过多，已拒绝读取", name)
	}
	var doc *zip.File
	var total uint64
	for _, f := range zr.File {
		size, packed := f.UncompressedSize64, max(f.CompressedSize64, 1)
		total += size
		body := f.Name == "word/document.xml"
		if total > docxTotal || size > 1<<20 && size/packed > docxRatio || body && size > docxPart {
			return nil, wrong(nil, "文件“%s”解压后过大，疑似压缩炸弹，已拒绝读取", name)
		}
		if f.Name == "EncryptedPackage" {
			return nil, wrong(nil, "文件“%s”已加密，请去掉密码后再导入", name)
		}
		if body && doc == nil {
			doc = f
		}
	}
	if doc == nil {
		return nil, wrong(nil, "文件“%s”不是 DOCX 文档（缺少正文部分），导入台账请使用导出的 XLSX", name)
	}
	return doc, nil
}

var (
	errDTD  = errors.New("document type declaration")
	errDeep = errors.New("elements nested too deeply")
)

// wordLines reads the XML of a document. Declarations of entities are
// refused, unknown elements passed over.
func wordLines(r io.Reader, numbers *numbering) ([]line, error) {
	dec := xml.NewDecoder(r)
	w := wordReader{numbers: numbers}
	for {
		t, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			if w.depth != 0 {
				return nil, io.ErrUnexpectedEOF
			}
			w.flush()
			return w.lines, nil
		}
		if err != nil {
			return nil, err
		}
		if err := w.token(t); err != nil {
			return nil, err
		}
		if len(w.lines) > maxLines || w.total > maxText {
			return w.lines, nil // refused by the caller
		}
	}
}

type wordReader struct {
	lines       []line
	b           strings.Builder
	depth, skip int // skip is the depth of an element whose text does not count, 0 for none
	text        bool
	total       int
	cells       int // table cells that are open: their paragraphs make one line of the row

	numbers  *numbering
	num, lvl string // of the paragraph that is read
}

func (w *wordReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return errDTD
	case xml.StartElement:
		if w.depth++; w.depth > docxDepth {
			return errDeep
		}
		w.start(t)
	case xml.EndElement:
		if w.depth--; w.depth < 0 {
			return io.ErrUnexpectedEOF
		}
		w.end(t.Name.Local)
	case xml.CharData:
		if w.text && w.skip == 0 {
			w.b.Write(t)
			w.total += len(t)
		}
	}
	return nil
}

func (w *wordReader) start(t xml.StartElement) {
	if w.skip != 0 {
		w.property(t)
		return
	}
	switch t.Name.Local {
	case "p":
		w.num, w.lvl = "", ""
	case "t":
		w.text = true
	case "tab":
		w.b.WriteByte('\t')
	case "tc":
		w.b.WriteByte('\t')
		w.cells++
	case "br", "cr":
		if w.cells <= 0 {
			w.flush()
		}
	case "noBreakHyphen":
		w.b.WriteByte('-')
	case "del", "moveFrom", "Fallback", "instrText", "delText", "txbxContent", "footnote", "sectPr", "pPr", "rPr":
		w.skip = w.depth
	}
}

// property reads the numbering among the properties of a paragraph.
func (w *wordReader) property(t xml.StartElement) {
	switch t.Name.Local {
	case "numId":
		w.num = attribute(t, "val")
	case "ilvl":
		w.lvl = attribute(t, "val")
	}
}

func (w *wordReader) end(local string) {
	if w.skip != 0 {
		if w.depth < w.skip {
			w.skip = 0
		}
		return
	}
	switch local {
	case "t":
		w.text = false
	case "tc":
		w.cells--
	case "p":
		if w.cells <= 0 {
			w.flush()
		}
	case "tr":
		w.flush()
	}
}

func (w *wordReader) flush() {
	if s := w.b.String(); strings.TrimSpace(s) != "" {
		if w.num != "" {
			s = w.numbers.next(w.num, w.lvl) + s
			w.num, w.lvl = "", ""
		}
		w.lines = append(w.lines, line{text: s})
	}
	w.b.Reset()
}
