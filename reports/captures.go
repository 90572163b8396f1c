package reports

import (
	"encoding/json"
	"io"

	"github.com/govsweep/govsweep"
)

// CaptureGrid lists captures: what was seen where and when.
func CaptureGrid(captures []govsweep.Capture) Grid {
	g := Grid{Name: "证据", Cols: []Col{
		{Title: "证据编号", Width: 74}, {Title: "采集时间", Width: 20}, {Title: "字节", Width: 10, Right: true},
		{Title: "类型", Width: 16}, {Title: "网址", Width: 60},
	}}
	for _, c := range captures {
		g.Rows = append(g.Rows, []Cell{text(c.Digest.String()), text(moment(c.At)), count(int(c.Length)), text(c.MediaType), text(c.URL)})
	}
	return g
}

type captureLine struct {
	Digest    string               `json:"digest"`
	Kind      govsweep.CaptureKind `json:"kind"`
	URL       string               `json:"url"`
	At        string               `json:"at"`
	MediaType string               `json:"media_type,omitempty"`
	Charset   string               `json:"charset,omitempty"`
	Length    int64                `json:"length"`
	Target    govsweep.TargetID    `json:"target"`
	Sweep     int64                `json:"sweep"`
}

// CaptureLines writes captures, one JSON object a line.
func CaptureLines(w io.Writer, captures []govsweep.Capture) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, c := range captures {
		l := captureLine{c.Digest.String(), c.Kind, c.URL, c.At.In(govsweep.Shanghai).Format("2006-01-02T15:04:05-07:00"), c.MediaType, c.Charset, c.Length, c.Target, c.Sweep}
		if err := out.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// TextGrid makes a grid of plain texts from its column titles.
func TextGrid(name string, titles ...string) Grid {
	g := Grid{Name: name}
	for _, t := range titles {
		g.Cols = append(g.Cols, Col{Title: t, Width: 24})
	}
	return g
}

// AddText adds a row of plain texts.
func (g *Grid) AddText(words ...string) {
	row := make([]Cell, len(words))
	for i, w := range words {
		row[i] = text(w)
	}
	g.Rows = append(g.Rows, row)
}
