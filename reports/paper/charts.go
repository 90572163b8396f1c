package paper

import (
	"math"
	"slices"
	"strings"
)

// The bounds of a chart: one that is larger prints its first part and says so.
const (
	maxBars   = 200
	maxCells  = 800
	maxPoints = 60
)

// number makes a value fit for drawing: finite and not below zero.
func number(v float64) float64 {
	if math.IsNaN(v) || v < 0 {
		return 0
	}
	return math.Min(v, 1e15)
}

// scaleOf gives the largest value a chart shows.
func scaleOf(most float64, values func(yield func(float64) bool)) float64 {
	m := number(most)
	if m == 0 {
		for v := range values {
			m = math.Max(m, number(v))
		}
	}
	if m == 0 {
		return 1
	}
	return m
}

func (b Bars) scale() float64 {
	return scaleOf(b.Max, func(yield func(float64) bool) {
		for _, x := range b.Bars {
			if x.Known && !yield(x.Value) {
				return
			}
		}
	})
}

// remark says what the hatching means, where there is any.
func (b Bars) remark() string {
	if slices.ContainsFunc(b.Bars, func(x Bar) bool { return !x.Known }) {
		return "注：斜线表示没有取得数据。"
	}
	return ""
}

// drawBar draws one bar w wide: solid for a value, a thin line for zero, and
// empty hatching over the whole scale where nothing is known.
func drawBar(b Bar, scale, w float64) *drawing {
	d := &drawing{W: w, H: 4}
	d.rect(black, 0, 0, 0.25, 4)
	if !b.Known {
		d.hatch(grey, 0.25, 0.6, w-0.25, 2.8, 1.6, 0.15)
		return d
	}
	long := (w - 0.25) * math.Min(number(b.Value)/scale, 1)
	if number(b.Value) > 0 {
		long = math.Max(long, 0.4)
	}
	d.rect(dark, 0.25, 0.6, long, 2.8)
	return d
}

// drawCells draws cells of a strip in rows of per, each cell side wide.
func drawCells(cells []Cell, per int, side float64) *drawing {
	rows := (len(cells) + per - 1) / per
	d := &drawing{W: side * float64(min(per, max(len(cells), 1))), H: (side + 0.6) * float64(max(rows, 1))}
	for i, c := range cells {
		d.cell(c, side*float64(i%per), (side+0.6)*float64(i/per), side)
	}
	return d
}

// cell draws one cell: empty frame with a dash, pale frame, black with a
// white cross, half filled, hatched.
func (d *drawing) cell(c Cell, x, y, side float64) {
	in, t := side*0.06, 0.12
	x, y, s := x+in, y+in, side-2*in
	switch c {
	case Good:
		d.rect(pale, x, y, s, s)
		d.disc(dark, spot{x + s/2, y + s/2}, s*0.18)
	case Bad:
		d.rect(black, x, y, s, s)
		d.stroke(paperWhite, spot{x + s*.2, y + s*.2}, spot{x + s*.8, y + s*.8}, s*0.14)
		d.stroke(paperWhite, spot{x + s*.8, y + s*.2}, spot{x + s*.2, y + s*.8}, s*0.14)
	case Warn:
		d.poly(dark, spot{x, y}, spot{x + s, y + s}, spot{x, y + s})
	case Excused:
		d.hatch(dark, x, y, s, s, s/2.5, 0.16)
	default:
		d.stroke(grey, spot{x + s*.3, y + s/2}, spot{x + s*.7, y + s/2}, 0.25)
	}
	d.frame(grey, x, y, s, s, t)
}

// trimZeros takes useless zeros off the decimals of a figure.
func trimZeros(s string) string {
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
