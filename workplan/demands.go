package workplan

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/govsweep/govsweep"
)

//go:embed demands.yaml
var demandsYAML []byte

// rule ties wording to indicators, or to a line of the checklist.
type rule struct {
	Match      []string `yaml:"match"`
	Not        []string `yaml:"not"`
	Indicators []string `yaml:"indicators"`
	Checklist  string   `yaml:"checklist"`

	match, not []*regexp.Regexp
}

type demandTable struct {
	Version        int      `yaml:"version"`
	Head           []*rule  `yaml:"head"`
	Interpretation []*rule  `yaml:"interpretation"`
	Rules          []*rule  `yaml:"rules"`
	Explain        []string `yaml:"explain"`

	explain []*regexp.Regexp
}

// demandRules reads the embedded table once. A fault in it is a broken
// program.
var demandRules = sync.OnceValue(func() *demandTable {
	t, err := readTable(demandsYAML)
	if err != nil {
		panic(err) // a broken program: the table is part of it
	}
	return t
})

func readTable(raw []byte) (*demandTable, error) {
	t := &demandTable{}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(t); err != nil {
		return nil, fmt.Errorf("read table of demands: %w", err)
	}
	for _, group := range [][]*rule{t.Head, t.Interpretation, t.Rules} {
		for _, r := range group {
			if err := r.compile(); err != nil {
				return nil, err
			}
		}
	}
	var err error
	t.explain, err = compiled(t.Explain)
	return t, err
}

func (r *rule) compile() (err error) {
	if len(r.Match) == 0 || len(r.Indicators) == 0 && r.Checklist == "" {
		return fmt.Errorf("rule %v: match, and indicators or checklist, are needed", r.Match)
	}
	if r.match, err = compiled(r.Match); err != nil {
		return err
	}
	if r.not, err = compiled(r.Not); err != nil {
		return err
	}
	r.Indicators, err = spread(r.Indicators)
	return err
}

func compiled(in []string) ([]*regexp.Regexp, error) {
	out := make([]*regexp.Regexp, len(in))
	for i, s := range in {
		re, err := regexp.Compile(s)
		if err != nil {
			return nil, fmt.Errorf("expression %q: %w", s, err)
		}
		out[i] = re
	}
	return out, nil
}

var idMark = regexp.MustCompile(`^([A-Z]{2}-)(\d\d)([a-z]?)$`)

// spread writes ranges out: IP-01..IP-08, SV-04a..SV-04c.
func spread(ids []string) ([]string, error) {
	var out []string
	for _, id := range ids {
		from, to, ranged := strings.Cut(id, "..")
		a := idMark.FindStringSubmatch(from)
		if a == nil {
			return nil, fmt.Errorf("indicator %q: no such form", id)
		}
		if !ranged {
			out = appendNew(out, id)
			continue
		}
		b := idMark.FindStringSubmatch(to)
		if b == nil || a[1] != b[1] || (a[3] == "") != (b[3] == "") {
			return nil, fmt.Errorf("range %q: ends do not fit", id)
		}
		n, _ := strconv.Atoi(a[2]) // two digits
		m, _ := strconv.Atoi(b[2]) // two digits
		if a[3] != "" && n == m {
			for c := a[3][0]; c <= b[3][0]; c++ {
				out = appendNew(out, fmt.Sprintf("%s%s%c", a[1], a[2], c))
			}
			continue
		}
		for ; n <= m; n++ {
			out = appendNew(out, fmt.Sprintf("%s%02d", a[1], n))
		}
	}
	return out, nil
}

func appendNew(to []string, id string) []string {
	if slices.Contains(to, id) {
		return to
	}
	return append(to, id)
}

// Indicators lists the book ids the table of demands may tie, in order.
func Indicators() []string {
	var out []string
	t := demandRules()
	for _, group := range [][]*rule{t.Head, t.Interpretation, t.Rules} {
		for _, r := range group {
			for _, id := range r.Indicators {
				out = appendNew(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

// find gives where a rule knows words of a folded sentence; nil for nowhere.
func (r *rule) find(key string) []int {
	for _, re := range r.not {
		if re.MatchString(key) {
			return nil
		}
	}
	for _, re := range r.match {
		if m := re.FindStringIndex(key); m != nil {
			return m
		}
	}
	return nil
}

func (r *rule) demand(text string) govsweep.Demand {
	return govsweep.Demand{Text: text, Indicators: append([]string(nil), r.Indicators...), Checklist: r.Checklist}
}
