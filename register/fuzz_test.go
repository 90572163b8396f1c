package register_test

import (
	"bytes"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func seeds(f *testing.F) {
	for _, s := range []string{
		sites, "", "\ufeff", "网站名称,首页网址\n甲,a.example\n", "网站标识码\t栏目名称\t栏目网址\n9901020003\t乙\thttp://a.example/b\n",
		"\xff\xfe\x00", "\"\n\",\"", "网站名称,首页网址\n\xc4\xe3,\xff\xff\n", "PK\x03\x04", "网站名称,首页网址\n=cmd|' /C calc'!A0,http://[::1]:99999/\n",
	} {
		f.Add([]byte(s))
	}
	book := workbook(f, func(x *excelize.File) {
		set(f, x, map[string]any{"A1": "网站名称", "B1": "首页网址", "A2": "甲", "B2": "a.example", "C1": "网站标识码", "D1": "栏目名称", "E1": "栏目网址"})
		if err := x.MergeCell("Sheet1", "A2", "A9"); err != nil {
			f.Fatal(err)
		}
	})
	f.Add(book.Bytes())
}

func FuzzReadSites(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, refused, err := register.ReadSites(bytes.NewReader(file), "f")
		if err != nil && len(rows)+len(refused) > 0 {
			t.Error("rows beside an error")
		}
		seen := map[govsweep.TargetID]bool{}
		for _, r := range rows {
			if r.Value.URL == "" || r.Value.Name == "" || seen[r.Value.ID] || !utf8.ValidString(r.Value.Name) {
				t.Errorf("row that should be refused: %+v", r)
			}
			seen[r.Value.ID] = true
		}
		told(t, refused)
	})
}

func FuzzReadColumns(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, refused, err := register.ReadColumns(bytes.NewReader(file), "f")
		if err != nil && len(rows)+len(refused) > 0 {
			t.Error("rows beside an error")
		}
		for _, r := range rows {
			if r.Value.URL == "" || r.Value.Name == "" || r.Value.Site == "" {
				t.Errorf("row that should be refused: %+v", r)
			}
		}
		told(t, refused)
	})
}

func told(t *testing.T, refused []register.Refusal) {
	for _, r := range refused {
		if r.Cell == "" || r.Reason == "" || r.Line < 1 {
			t.Errorf("refusal without a place or a reason: %+v", r)
		}
	}
}

func FuzzReadLedger(f *testing.F) {
	rows := ledgerRows(3)
	book := ledger(f, rows)
	f.Add(book)
	for _, o := range offices {
		f.Add(o.save(f, table(f, book)))
	}
	f.Add(book[:len(book)/2])
	f.Fuzz(func(t *testing.T, file []byte) {
		edits, refused, err := register.ReadLedger(bytes.NewReader(file), "f", rows, today)
		if err != nil && len(edits)+len(refused) > 0 {
			t.Error("edits beside an error")
		}
		for _, e := range edits {
			if e.Notice != "N1" || e.Item < 1 || e.Item > 3 || e.Old == e.New || e.New == "" || e.Cell == "" {
				t.Errorf("edit that should be refused: %+v", e)
			}
		}
		told(t, refused)
	})
}
