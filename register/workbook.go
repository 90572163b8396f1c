package register

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// openWorkbook reads the first visible sheet of an XLSX file. Formulas are
// read as the values last shown; merged cells hold their value everywhere.
func openWorkbook(raw []byte, name string) (s *sheet, err error) {
	defer func() { // the reader is a library, the file is hostile
		if p := recover(); p != nil {
			s, err = nil, wrong(fmt.Errorf("read workbook: %v", p), "文件“%s”已损坏，无法读取", name)
		}
	}()
	f, err := openBook(raw, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readSheet(f, name)
}

// openBook opens an XLSX file that is no bomb.
func openBook(raw []byte, name string) (*excelize.File, error) {
	if err := checkZip(raw, name); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, wrong(err, "文件“%s”不是可读取的 XLSX 工作簿", name)
	}
	return f, nil
}

// checkZip refuses archives that would unpack to more than a register can
// be. The zip reader holds every part to the size it declares.
func checkZip(raw []byte, name string) error {
	zr, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return wrong(err, "文件“%s”已损坏，无法读取", name)
	}
	var total uint64
	for _, part := range zr.File {
		size, packed := part.UncompressedSize64, part.CompressedSize64
		total += size
		if size > partLimit(part.Name) || total > maxUnzipped || (size > 1<<20 && size/max(packed, 1) > maxRatio) {
			return wrong(nil, "文件“%s”解压后过大，疑似压缩炸弹，已拒绝读取", name)
		}
	}
	if len(zr.File) > maxParts || countTexts(zr) > maxTextsN {
		return wrong(nil, "文件“%s”包含的部件或文本过多，已拒绝读取", name)
	}
	return nil
}

func partLimit(name string) uint64 {
	switch name = strings.ToLower(name); {
	case strings.Contains(name, "worksheets/"):
		return maxSheet
	case strings.HasSuffix(name, "sharedstrings.xml"):
		return maxTexts
	case strings.HasSuffix(name, ".xml"), strings.HasSuffix(name, ".rels"):
		return maxPart
	}
	return maxSheet // pictures and the like are not taken apart
}

// countTexts counts the shared texts of a workbook: each costs far more
// memory than its few bytes.
func countTexts(zr *zip.Reader) int {
	n := 0
	for _, part := range zr.File {
		if !strings.HasSuffix(strings.ToLower(part.Name), "sharedstrings.xml") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			continue // the reader of the workbook will say so
		}
		lines := bufio.NewReader(r)
		for {
			piece, err := lines.ReadSlice('<')
			if bytes.HasPrefix(piece, []byte("si>")) || bytes.HasPrefix(piece, []byte("si/")) || bytes.HasPrefix(piece, []byte("si ")) {
				n++
			}
			if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
		_ = r.Close() // nothing was written
	}
	return n
}

func readSheet(f *excelize.File, name string) (*sheet, error) {
	title := firstVisible(f)
	if title == "" {
		return nil, wrong(nil, "文件“%s”中没有可见的工作表", name)
	}
	return readTitled(f, name, title)
}

// readTitled reads one sheet.
func readTitled(f *excelize.File, name, title string) (*sheet, error) {
	merges, err := scanSheet(f, title)
	if errors.Is(err, errWide) {
		return nil, tooLarge(name)
	}
	if err != nil {
		return nil, wrong(err, "文件“%s”的工作表“%s”已损坏，无法读取", name, title)
	}
	rows, err := f.Rows(title)
	if err != nil {
		return nil, wrong(err, "文件“%s”的工作表“%s”无法读取", name, title)
	}
	defer rows.Close()
	s := &sheet{name: title}
	total := 0
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, wrong(err, "文件“%s”的工作表“%s”第%d行无法读取", name, title, n)
		}
		if len(cells) == 0 {
			continue
		}
		total += len(cells)
		if total > maxCells || len(s.lines) >= maxRows || len(cells) > maxCols {
			return nil, tooLarge(name)
		}
		s.lines = append(s.lines, line{n, cells})
	}
	if err := rows.Error(); err != nil {
		return nil, wrong(err, "文件“%s”的工作表“%s”无法读取", name, title)
	}
	if !spread(s.lines, merges) {
		return nil, tooLarge(name)
	}
	return s, nil
}

func firstVisible(f *excelize.File) string {
	for _, title := range f.GetSheetList() {
		if ok, err := f.GetSheetVisible(title); err == nil && ok {
			return title
		}
	}
	return ""
}
