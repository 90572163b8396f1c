package facts

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// Region says which part of a page a node stands in, judged by tags, ids and
// classes on the way down and, for the foot, by its words.
type Region uint8

// The regions of a page.
const (
	BodyRegion  Region = iota // main area, and everything not known better
	NavRegion                 // header, banner, navigation, menu
	CrumbRegion               // 当前位置
	SideRegion                // sidebars, recommendations, 相关链接
	FootRegion                // footer
)

// Hiding says why a node is not shown. It is inherited.
type Hiding uint8

// The ways a node is hidden.
const (
	ByStyle    Hiding = 1 << iota // display:none, visibility:hidden, off-screen, hidden attribute
	ByTemplate                    // <template>, <textarea>
	ByNoscript                    // <noscript>
)

// Attr is one attribute: key in lower case, value with entities resolved.
type Attr struct{ Key, Value string }

// Node is one element of a page. Text has no nodes of its own: see Document.Text.
type Node struct {
	Tag    atom.Atom // 0 for an unknown tag
	Name   string    // tag in lower case
	Attrs  []Attr
	Parent *Node // nil for the root
	First  *Node // first child element
	Last   *Node
	Next   *Node // next sibling element
	Prev   *Node
	Pos    int32 // order of its start tag in the page
	End    int32 // Pos of its last descendant
	Region Region
	Hiding Hiding
	t0, t1 uint32 // range of its text in Document.text
}

// Attr gives the value of an attribute, "" when it is absent.
func (n *Node) Attr(key string) string {
	for i := range n.Attrs {
		if n.Attrs[i].Key == key {
			return n.Attrs[i].Value
		}
	}
	return ""
}

// HasAttr says whether the attribute is written at all.
func (n *Node) HasAttr(key string) bool {
	for i := range n.Attrs {
		if n.Attrs[i].Key == key {
			return true
		}
	}
	return false
}

// Class gives the class attribute, ID the id attribute.
func (n *Node) Class() string { return n.Attr("class") }

// ID gives the id attribute.
func (n *Node) ID() string { return n.Attr("id") }

// Hidden says that the node is not shown, for whatever reason.
func (n *Node) Hidden() bool { return n.Hiding != 0 }

// Contains says whether m is n or stands inside n.
func (n *Node) Contains(m *Node) bool { return n.Pos <= m.Pos && m.Pos <= n.End }

// Up gives the nearest node with one of the tags, from n itself upwards; nil when there is none.
func (n *Node) Up(tags ...atom.Atom) *Node {
	for ; n != nil; n = n.Parent {
		for _, t := range tags {
			if n.Tag == t {
				return n
			}
		}
	}
	return nil
}

// Path gives the place of n as a CSS path from the nearest id: "#main > ul > li:nth-child(3) > a".
func (n *Node) Path() string {
	var parts []string
	for ; n != nil && n.Parent != nil && len(parts) < 12; n = n.Parent {
		if id := n.ID(); id != "" && !strings.ContainsAny(id, " \t\n>#") {
			parts = append(parts, "#"+id)
			break
		}
		parts = append(parts, n.Name+n.place())
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return strings.Join(parts, " > ")
}

func (n *Node) place() string {
	k, same := 1, false
	for p := n.Prev; p != nil; p = p.Prev {
		k++
		same = same || p.Name == n.Name
	}
	for p := n.Next; p != nil && !same; p = p.Next {
		same = p.Name == n.Name
	}
	if !same {
		return ""
	}
	return ":nth-child(" + strconv.Itoa(k) + ")"
}
