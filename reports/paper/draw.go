package paper

import "math"

// An ink is how a shape is filled. The inks differ by shade, and the shapes
// they fill by form, so that a copy in black and white reads the same.
type ink byte

const (
	paperWhite ink = iota
	pale           // a band, an empty cell
	grey
	dark
	black
)

// spot is a place in a drawing, in millimetres from its upper left corner.
type spot struct{ X, Y float64 }

// shape is one filled polygon.
type shape struct {
	Ink  ink
	Spot []spot
}

// A drawing is a chart without its words. The words stand in the text beside
// it, so that they can be searched, copied, read aloud and set in any font.
type drawing struct {
	W, H   float64
	Shapes []shape
}

func (d *drawing) poly(k ink, s ...spot) { d.Shapes = append(d.Shapes, shape{k, s}) }

func (d *drawing) rect(k ink, x, y, w, h float64) {
	d.poly(k, spot{x, y}, spot{x + w, y}, spot{x + w, y + h}, spot{x, y + h})
}

// frame draws the edge of a rectangle, t thick, inside of it.
func (d *drawing) frame(k ink, x, y, w, h, t float64) {
	d.rect(k, x, y, w, t)
	d.rect(k, x, y+h-t, w, t)
	d.rect(k, x, y, t, h)
	d.rect(k, x+w-t, y, t, h)
}

// stroke draws a straight line, t thick.
func (d *drawing) stroke(k ink, a, b spot, t float64) {
	dx, dy := b.X-a.X, b.Y-a.Y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return
	}
	ox, oy := -dy/n*t/2, dx/n*t/2
	d.poly(k, spot{a.X + ox, a.Y + oy}, spot{b.X + ox, b.Y + oy}, spot{b.X - ox, b.Y - oy}, spot{a.X - ox, a.Y - oy})
}

// hatch fills a rectangle with rising lines, step apart.
func (d *drawing) hatch(k ink, x, y, w, h, step, t float64) {
	for c := step / 2; c < w+h; c += step {
		a := spot{x + math.Min(c, w), y + math.Max(0, c-w)}
		b := spot{x + math.Max(0, c-h), y + math.Min(c, h)}
		d.stroke(k, a, b, t)
	}
}

// disc draws a filled circle.
func (d *drawing) disc(k ink, at spot, r float64) {
	const n = 24
	s := make([]spot, n)
	for i := range s {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		s[i] = spot{at.X + r*cos, at.Y + r*sin}
	}
	d.poly(k, s...)
}
