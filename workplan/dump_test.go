package workplan

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	name := os.Getenv("WP_DUMP")
	if name == "" {
		t.Skip()
	}
	raw, _ := os.ReadFile(name)
	p, err := Read(name, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(p.Title, p.Number, p.Issuer, p.Issued, p.Year)
	for _, x := range p.Tasks {
		r := []rune(x.Text)
		fmt.Printf("%s | %s | %s | %s…%s (%d) | %q | %v | %s\n", x.ID, x.Chapter, x.Item, string(r[:min(16, len(r))]), string(r[max(0, len(r)-12):]), len(r), x.Bodies, x.Due, x.Damaged)
		if os.Getenv("WP_DEM") != "" {
			for _, d := range x.Demands {
				fmt.Printf("      %v %s  <%s>\n", d.Indicators, d.Checklist, d.Text)
			}
		}
	}
	for _, n := range p.Notes {
		fmt.Println(" note", n)
	}
}
