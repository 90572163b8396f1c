package facts

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// footWords stand in the foot of a page; one alone may stand anywhere.
var footWords = [...]string{"ICP备", "网站标识码", "公网安备", "版权所有", "主办单位", "承办单位", "网站地图", "联系我们", "网站声明", "建议使用"}

// markFoot finds a foot that neither tags nor classes name: the highest
// element late in the page whose words are mostly those of a foot.
func markFoot(d *Document) {
	for i := len(d.Blocks) - 1; i >= 0 && i >= len(d.Blocks)-80; i-- {
		blk := &d.Blocks[i]
		if blk.Node.Region == FootRegion || !blk.has(footSign) || !isFootText(blk.Text) {
			continue
		}
		if n := footAround(d, blk.Node); n != nil {
			paint(n, FootRegion)
		}
	}
}

func isFootText(s string) bool {
	if len(s) > 1500 {
		return false
	}
	s = plain(s)
	for _, w := range footWords[:4] {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// footAround climbs while the element around adds only words of a foot.
func footAround(d *Document, n *Node) *Node {
	foot := n
	for p := n.Parent; p != nil && p.Parent != nil && p.Tag != atom.Body; p = p.Parent {
		added := d.text[p.t0:foot.t0]
		if p.t1-p.t0 > 2500 || len(added) > 60 && !hasFootWord(added) || len(d.LinksIn(p)) > 40 {
			break
		}
		foot = p
	}
	if !hasTwoFootWords(d.Text(foot)) {
		return nil
	}
	return foot
}

func hasFootWord(s string) bool {
	s = plain(s)
	for _, w := range footWords {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func hasTwoFootWords(s string) bool {
	k := 0
	s = plain(s)
	for _, w := range footWords {
		if strings.Contains(s, w) {
			k++
		}
	}
	return k >= 2
}

// paint sets the region of n and of everything in it.
func paint(n *Node, r Region) {
	n.Region = r
	for c := n.First; c != nil; c = c.Next {
		paint(c, r)
	}
}
