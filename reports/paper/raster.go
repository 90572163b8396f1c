package paper

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
)

// dots is the fineness of pictures, per millimetre: 203 to the inch.
const dots = 8

// shades are the greys of the inks.
var shades = color.Palette{
	paperWhite: color.Gray{255}, pale: color.Gray{225}, grey: color.Gray{150}, dark: color.Gray{70}, black: color.Gray{0},
}

// png draws it as a picture. The same drawing gives the same bytes.
func (d *drawing) png() []byte {
	w, h := int(math.Ceil(d.W*dots)), int(math.Ceil(d.H*dots))
	img := image.NewPaletted(image.Rect(0, 0, max(w, 1), max(h, 1)), shades)
	for _, s := range d.Shapes {
		fill(img, s)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := enc.Encode(&b, img); err != nil {
		panic(err) // a bytes.Buffer takes everything and the picture has an area
	}
	return b.Bytes()
}

// fill paints a polygon row by row: between each odd and even crossing of
// its edges with the middle of the row.
func fill(img *image.Paletted, s shape) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range s.Spot {
		low, high = math.Min(low, p.Y*dots), math.Max(high, p.Y*dots)
	}
	from, to := max(int(low)-1, 0), min(int(high)+1, img.Rect.Max.Y-1)
	for y := from; y <= to; y++ {
		xs := crossings(s.Spot, float64(y)+0.5)
		for i := 0; i+1 < len(xs); i += 2 {
			for x := max(int(math.Round(xs[i])), 0); x < min(int(math.Round(xs[i+1])), img.Rect.Max.X); x++ {
				img.Pix[y*img.Stride+x] = byte(s.Ink)
			}
		}
	}
}

func crossings(ps []spot, y float64) []float64 {
	var xs []float64
	for i, a := range ps {
		b := ps[(i+1)%len(ps)]
		ay, by := a.Y*dots, b.Y*dots
		if (ay <= y) != (by <= y) {
			xs = append(xs, (a.X+(b.X-a.X)*(y-ay)/(by-ay))*dots)
		}
	}
	slices.Sort(xs)
	return xs
}
