package register_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
)

// An office is a way in which a program saves a workbook: what a ledger is
// after it went through one. The parts are written by hand here, so that the
// library that wrote the ledger has no hand in it.
type office struct {
	name     string
	shared   bool // texts in sharedStrings.xml, else in the cells
	rich     bool // texts in runs
	refs     bool // cells and rows carry their place
	numbers  bool // texts that look like numbers or dates become ones
	isoDates bool // dates as t="d"
	epoch    int  // days between 1899-12-30 and day 0
}

var offices = []office{
	{name: "shared texts and serial dates, as Excel and LibreOffice save", shared: true, refs: true},
	{name: "texts in runs, as WPS saves what was formatted in part", shared: true, rich: true, refs: true},
	{name: "texts in the cells and no references", epoch: 0},
	{name: "numbers and dates that were texts", shared: true, refs: true, numbers: true},
	{name: "dates in ISO form, as strict workbooks have them", shared: true, refs: true, isoDates: true},
	{name: "days counted from 1904", shared: true, refs: true, epoch: 1462},
}

// table is a ledger as a program holds it: texts, and days as numbers.
func table(t testing.TB, book []byte) [][]any {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheetOfLedger)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]any
	for r, row := range rows {
		cells := make([]any, len(row))
		for c, v := range row {
			cells[c] = v
			if day, err := strconv.Atoi(v); err == nil && r >= 2 && c < len(govsweep.LedgerColumns) && govsweep.LedgerColumns[c].Kind == govsweep.LedgerDay {
				cells[c] = day
			}
		}
		out = append(out, cells)
	}
	return out
}

// save writes a table as one sheet.
func (o office) save(t testing.TB, rows [][]any) []byte {
	t.Helper()
	var texts, sheet strings.Builder
	n := 0
	for r, row := range rows {
		sheet.WriteString("<row" + o.place(fmt.Sprintf(` r="%d" spans="1:31"`, r+1)) + ">")
		for c, v := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			at = o.place(` r="` + at + `"`)
			switch v := o.value(v, r).(type) {
			case int:
				sheet.WriteString(o.number(at, v))
			case string:
				if v == "" {
					sheet.WriteString("<c" + at + "/>")
				} else if o.shared {
					fmt.Fprintf(&sheet, `<c%s t="s"><v>%d</v></c>`, at, n)
					texts.WriteString("<si>" + o.text(v) + "</si>")
					n++
				} else {
					sheet.WriteString("<c" + at + ` t="inlineStr"><is>` + o.text(v) + "</is></c>")
				}
			}
		}
		sheet.WriteString("</row>")
	}
	return packed(t, map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="` + mainNS + `"><sheetData>` + sheet.String() + `</sheetData></worksheet>`,
		"xl/sharedStrings.xml":     fmt.Sprintf(`<sst xmlns="%s" count="%d" uniqueCount="%d">%s</sst>`, mainNS, n, n, texts.String()),
		"xl/workbook.xml": fmt.Sprintf(`<workbook xmlns="%s" xmlns:r="%s"><workbookPr date1904="%t"/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			mainNS, relNS, o.epoch != 0),
	})
}

func (o office) place(s string) string {
	if o.refs {
		return s
	}
	return ""
}

// value turns texts into numbers as programs offer to do.
func (o office) value(v any, row int) any {
	s, ok := v.(string)
	if !ok || !o.numbers || row < 2 {
		return v
	}
	if d, err := govsweep.ParseDate(s); err == nil && len(s) == 10 {
		return serialOf(d.Format("20060102"))
	}
	if n, err := strconv.Atoi(s); err == nil && strconv.Itoa(n) == s {
		return n
	}
	return v
}

func serialOf(day string) int {
	d := dayAt(day[:4] + "-" + day[4:6] + "-" + day[6:])
	return govsweep.DaysBetween(dayAt("1899-12-30"), d)
}

func (o office) number(at string, v int) string {
	isDay := v > 40_000 && v < 60_000
	switch {
	case isDay && o.isoDates:
		return "<c" + at + ` t="d"><v>` + dayAt("1899-12-30").AddDate(0, 0, v).Format("2006-01-02T15:04:05") + "</v></c>"
	case isDay:
		return fmt.Sprintf("<c%s><v>%d</v></c>", at, v-o.epoch)
	}
	return fmt.Sprintf("<c%s><v>%d</v></c>", at, v)
}

func (o office) text(s string) string {
	part := func(s string) string {
		var b bytes.Buffer
		if err := xml.EscapeText(&b, []byte(strings.ReplaceAll(s, "_x", "_x005F_x"))); err != nil {
			return err.Error()
		}
		return `<t xml:space="preserve">` + b.String() + "</t>"
	}
	if r := []rune(s); o.rich && len(r) > 1 {
		return "<r>" + part(string(r[:len(r)/2])) + `</r><r><rPr><b/><sz val="10"/></rPr>` + part(string(r[len(r)/2:])) + "</r>"
	}
	return part(s)
}

const (
	mainNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// packed makes a workbook of its parts.
func packed(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	const pkg, doc = "http://schemas.openxmlformats.org/package/2006/", "application/vnd.openxmlformats-officedocument.spreadsheetml."
	parts["[Content_Types].xml"] = `<Types xmlns="` + pkg + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + doc + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + doc + `worksheet+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="` + doc + `sharedStrings+xml"/></Types>`
	parts["_rels/.rels"] = `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="` + pkg + `relationships"><Relationship Id="rId1" Type="` + relNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relNS + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for name, body := range parts {
		w, err := zw.Create(name)
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
