package paper

import (
	"math"
	"slices"
)

func (t Trend) scale() float64 {
	return scaleOf(t.Max, func(yield func(float64) bool) {
		for _, p := range t.Points {
			if p.Known && (!yield(p.Value) || !yield(p.Top)) {
				return
			}
		}
	})
}

// remark says in words what the picture cannot.
func (t Trend) remark() string {
	s := "注：纵轴自0至" + figure(t.scale()) + clean(t.Unit) + "，自左至右依次为下表各期；灰色带为未读取的内容全部不合格或全部合格时的数值范围。"
	if slices.ContainsFunc(t.Points, func(p Point) bool { return !p.Known }) {
		s += "斜线处没有取得数据。"
	}
	return s
}

// drawTrend draws the line over the sweeps with its coverage band. Where
// nothing is known the line and the band are broken.
func drawTrend(t Trend, w, h float64) *drawing {
	d := &drawing{W: w, H: h}
	scale, pts := t.scale(), t.Points
	at := func(i int, v float64) spot {
		step := (w - 6) / float64(max(len(pts), 1))
		return spot{3 + step*(float64(i)+0.5), 2 + (h-4)*(1-math.Min(number(v)/scale, 1))}
	}
	for i := range 5 {
		y := 2 + (h-4)*float64(i)/4
		d.rect(pale, 0, y-0.06, w, 0.12)
	}
	for i, p := range pts {
		if !p.Known {
			x := at(i, 0).X
			d.hatch(grey, x-1, 2, 2, h-4, 1.4, 0.15)
			continue
		}
		a := at(i, p.Low)
		d.rect(pale, a.X-1, at(i, p.Top).Y, 2, math.Max(a.Y-at(i, p.Top).Y, 0))
		if i > 0 && pts[i-1].Known {
			q := pts[i-1]
			d.poly(pale, at(i-1, q.Top), at(i, p.Top), at(i, p.Low), at(i-1, q.Low))
		}
	}
	for i, p := range pts {
		if p.Known && i > 0 && pts[i-1].Known {
			d.stroke(black, at(i-1, pts[i-1].Value), at(i, p.Value), 0.5)
		}
	}
	for i, p := range pts {
		if p.Known {
			d.disc(black, at(i, p.Value), 1)
		}
	}
	d.rect(black, 0, 2, 0.25, h-4)
	d.rect(black, 0, h-2, w, 0.25)
	return d
}
