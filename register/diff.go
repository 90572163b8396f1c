package register

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/govsweep/govsweep"
)

// Item is what a register holds.
type Item interface {
	govsweep.Site | govsweep.Column | govsweep.Org | govsweep.Account
}

// Difference is what an import would do. It never removes: what the file
// does not name is left as it is.
type Difference struct {
	Added     []string // labels of new rows
	Changed   []Change
	Unchanged int
	Untouched []string // labels of rows the file does not name
}

// Change is one row that would change, field by field.
type Change struct {
	Label  string
	Fields []FieldChange
}

// FieldChange is one field of a Change.
type FieldChange struct{ Name, Old, New string }

// Merged lays rows over what is kept: a cell that is empty, or a column the
// file does not have, leaves the kept value. The result is what to save.
func Merged[T Item](old []T, rows []Row[T]) []T {
	l := layoutOf[T]()
	kept := map[string]int{}
	for i := range old {
		kept[l.key(&old[i])] = i
	}
	out := make([]T, 0, len(rows))
	for i := range rows {
		v := rows[i].Value
		if at, ok := kept[l.key(&v)]; ok {
			v = l.over(old[at], &rows[i])
		}
		out = append(out, v)
	}
	return out
}

func (l *layout[T]) over(v T, row *Row[T]) T {
	for i, given := range row.given {
		if given {
			l.fields[i].copy(&v, &row.Value)
		}
	}
	if c, ok := any(&v).(*govsweep.Column); ok {
		overColumn(c, any(&row.Value).(*govsweep.Column))
	}
	return v
}

// overColumn keeps a person's name beside the class the person set.
func overColumn(c, from *govsweep.Column) {
	c.Name, c.Source = from.Name, from.Source
	if from.Class != govsweep.UnknownColumn {
		c.ClassBy = from.ClassBy
	}
}

// Diff compares what is kept with what would be saved.
func Diff[T Item](old, new []T) Difference {
	l := layoutOf[T]()
	kept := map[string]*T{}
	for i := range old {
		kept[l.key(&old[i])] = &old[i]
	}
	var d Difference
	named := map[string]bool{}
	for i := range new {
		key := l.key(&new[i])
		named[key] = true
		was, ok := kept[key]
		if !ok {
			d.Added = append(d.Added, l.title(&new[i]))
			continue
		}
		if fields := l.changes(was, &new[i]); len(fields) > 0 {
			d.Changed = append(d.Changed, Change{l.title(&new[i]), fields})
		} else {
			d.Unchanged++
		}
	}
	for i := range old {
		if !named[l.key(&old[i])] {
			d.Untouched = append(d.Untouched, l.title(&old[i]))
		}
	}
	sort.Strings(d.Untouched)
	return d
}

func (l *layout[T]) changes(was, now *T) []FieldChange {
	var out []FieldChange
	for _, f := range l.fields {
		if a, b := f.get(was), f.get(now); a != b {
			out = append(out, FieldChange{f.name, a, b})
		}
	}
	return out
}

// title is the label with the name before it.
func (l *layout[T]) title(v *T) string {
	name := ""
	switch v := any(v).(type) {
	case *govsweep.Site:
		name = v.Name
	case *govsweep.Column:
		name = v.Name
	case *govsweep.Account:
		name = v.Name
	case *govsweep.Org:
		return v.Name
	}
	return strings.TrimSpace(name + "（" + l.label(v) + "）")
}

func layoutOf[T Item]() *layout[T] {
	var all = []any{&siteLayout, &columnLayout, &orgLayout, &accountLayout}
	for _, l := range all {
		if l, ok := l.(*layout[T]); ok {
			return l
		}
	}
	return nil // Item names no other type
}

// Print writes the difference for a person, one line a row.
func (d Difference) Print(w io.Writer) error {
	var b strings.Builder
	for _, a := range d.Added {
		fmt.Fprintf(&b, "新增  %s\n", a)
	}
	for _, c := range d.Changed {
		fmt.Fprintf(&b, "变更  %s\n", c.Label)
		for _, f := range c.Fields {
			fmt.Fprintf(&b, "        %s：“%s” → “%s”\n", f.Name, f.Old, f.New)
		}
	}
	for _, u := range d.Untouched {
		fmt.Fprintf(&b, "未涉及  %s\n", u)
	}
	fmt.Fprintf(&b, "共新增%d行，变更%d行，不变%d行；原有%d行不在文件中，保持不变。\n", len(d.Added), len(d.Changed), d.Unchanged, len(d.Untouched))
	_, err := io.WriteString(w, b.String())
	if err != nil {
		return fmt.Errorf("print difference: %w", err)
	}
	return nil
}
