package facts

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sketch"
)

// sketch keeps of the text below the headline what another printing of it can
// be recognised by. Menus, sides and foot are no part of it.
func (d *Document) sketch(head headline) govsweep.TextSketch {
	var m sketch.Maker
	for i := head.block + 1; i < len(d.Blocks); i++ {
		if b := &d.Blocks[i]; b.Hiding == 0 && b.Region == BodyRegion {
			m.Add(plain(b.Text))
		}
	}
	return m.Sketch()
}
