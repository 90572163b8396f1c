package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// branch is one column in the tree of columns.
type branch struct {
	*govsweep.ColumnActivity
	base       string // directory of what lies below it
	printed    bool   // its path was read off a page or a register
	inNav      bool
	columnType string // its ColumnType tag
	read       bool   // its first page was read
	up         *branch
	down       []*branch
}

// growTree finds the column above each column: by the path that is printed,
// else by the directory. A column printed directly under 首页 stays 一级栏目,
// also where its directory lies below another column.
func growTree(bs []*branch) {
	byPath, byBase := make(map[string]*branch), make(map[string]*branch)
	for _, b := range bs {
		if b.printed {
			keepFirst(byPath, pathKey(b.Path), b)
		}
		if b.base != "" {
			keepFirst(byBase, b.base, b)
		}
	}
	for _, b := range bs {
		if b.printed && len(b.Path) > 2 {
			b.hang(byPath[pathKey(b.Path[:len(b.Path)-1])])
		}
	}
	for _, b := range bs {
		if b.up == nil {
			b.hang(aboveByBase(b, byBase))
		}
	}
	for _, b := range bs {
		b.place(0)
	}
}

func keepFirst(m map[string]*branch, key string, b *branch) {
	if old := m[key]; old == nil || b.URL < old.URL {
		m[key] = b
	}
}

func pathKey(path []string) string { return strings.Join(path, "\x00") }

// hang puts b below up, unless that closed a circle.
func (b *branch) hang(up *branch) {
	for above := up; above != nil; above = above.up {
		if above == b {
			return
		}
	}
	if up == nil {
		return
	}
	b.up = up
	up.down = append(up.down, b)
}

// aboveByBase finds the nearest column whose directory holds b.
func aboveByBase(b *branch, byBase map[string]*branch) *branch {
	base := b.base
	if base == "" {
		return nil
	}
	for {
		cut := strings.LastIndexByte(base[:len(base)-1], '/')
		if cut <= 0 || strings.IndexByte(base, '/') == cut {
			return nil
		}
		base = base[:cut+1]
		if up := byBase[base]; up != nil && up != b {
			return up
		}
	}
}

// place gives a column whose path is not printed the path of the one above
// it, and every column its level.
func (b *branch) place(depth int) {
	if len(b.Path) == 0 {
		b.Path = []string{"首页", b.Name}
		if b.up != nil && depth < 16 {
			b.up.place(depth + 1)
			b.Path = append(slices.Clone(b.up.Path), b.Name)
		}
	}
	if b.up != nil {
		b.Parent = b.up.URL
	}
	if b.Level == 0 && (b.printed || b.inNav || b.up != nil) {
		b.Level = len(b.Path) - 1
	}
}

// freshen makes every column as fresh as its freshest part.
func freshen(bs []*branch) {
	done := make(map[*branch]bool)
	for _, b := range bs {
		b.freshen(done)
	}
}

func (b *branch) freshen(done map[*branch]bool) {
	if done[b] {
		return
	}
	done[b] = true
	slices.SortFunc(b.down, func(x, y *branch) int { return cmp.Compare(x.URL, y.URL) })
	hidden, content := false, false
	for _, d := range b.down {
		d.freshen(done)
		b.Children = append(b.Children, d.URL)
		hidden = hidden || d.Unread != ""
		content = content || d.Items > 0 || d.Unread == "" && d.State != govsweep.BlankList
		if d.Newest > b.Newest {
			b.Newest, b.NewestTitle, b.NewestURL = d.Newest, d.NewestTitle, d.NewestURL
			b.NewestFrom, b.Freshest = "sub-column", firstOf(d.Freshest, d.URL)
		}
	}
	b.fillFromBelow(content, hidden)
}

// fillFromBelow keeps a column without items of its own from counting as
// blank while columns below it have, or may have, content.
func (b *branch) fillFromBelow(content, hidden bool) {
	if b.State != govsweep.BlankList || b.Unread != "" {
		return
	}
	switch {
	case content:
		b.State = govsweep.Listed
	case hidden:
		b.State, b.Unread = "", "下级栏目未能读取，不能判断本栏目是否空白"
	}
}
