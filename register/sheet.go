package register

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
)

// The limits of a register file. The largest real ones have some ten
// thousand rows of twenty columns.
const (
	maxFile     = 48 << 20
	maxUnzipped = 96 << 20
	maxSheet    = 32 << 20 // of the XML of a sheet
	maxTexts    = 16 << 20 // of the XML of the shared texts
	maxTextsN   = 400_000
	maxPart     = 8 << 20 // of any other part of a workbook
	maxRatio    = 200     // of a part over its compressed size, above the first megabyte
	maxParts    = 5000
	maxRows     = 200_000
	maxCols     = 512
	maxMerges   = 50_000
	maxCells    = 4_000_000
	maxCell     = 8192
)

// sheet is a table before its meaning is known.
type sheet struct {
	name  string
	lines []line
}

type line struct {
	number int
	cells  []string
}

// open reads the first sheet of a file; score says how well a row serves as
// the header, so that the separator of a CSV file can be told.
func open(r io.Reader, name string, score func([]string) int) (*sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read register %s: %w", name, err)
	}
	switch {
	case len(raw) > maxFile:
		return nil, wrong(nil, "文件“%s”超过%dMB，请拆分后再导入", name, maxFile>>20)
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, wrong(nil, "文件“%s”是空的", name)
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return openWorkbook(raw, name)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return nil, wrong(nil, "文件“%s”是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx 再导入", name)
	}
	return openCSV(raw, name, score)
}

// sheetName is what a CSV file's only sheet is called in refusals.
func sheetName(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if base == "." || base == "/" {
		return "登记表"
	}
	return base
}
