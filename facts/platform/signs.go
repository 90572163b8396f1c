package platform

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// Signs gathers what one page shows of the system that made it. The zero
// value is ready. Of each kind of sign the heaviest counts, so that a mark
// repeated on every row says no more than once.
type Signs struct {
	url, marks, units, scripts, inline, comments, generator, links scores
}

type scores [families]int

const (
	families = 7
	enough   = 2
	maxLinks = 3
)

// URL weighs the address of the page itself.
func (s *Signs) URL(url string) {
	path := PathOf(url)
	for i, f := range All {
		if f.Article(path) {
			s.url[i] = 4
		} else if f.Column(path) {
			s.url[i] = 3
		}
	}
}

// Address weighs an address the page gives itself in its head.
func (s *Signs) Address(url string) {
	path := PathOf(url)
	for i, f := range All {
		if f.Article(path) {
			s.url[i] = max(s.url[i], 3)
		}
	}
}

// Link weighs the path of a link to the own host.
func (s *Signs) Link(path string) {
	folder := strings.HasSuffix(path, "/") || strings.HasSuffix(path, "/index.html")
	for i, f := range All {
		if s.links[i] < maxLinks && (!folder && f.Article(path) || f.Column(path)) {
			s.links[i]++
		}
	}
}

// Mark weighs one id, one tag or the classes of one element.
func (s *Signs) Mark(words string) {
	for words != "" {
		word, rest, _ := strings.Cut(words, " ")
		words = rest
		if m, ok := markWords[fold(word)]; ok {
			s.marks[m.family] = max(s.marks[m.family], m.weight)
		}
	}
}

// Unit weighs an element that names a data address.
func (s *Signs) Unit(url string) {
	if JPaaSUnit(url) {
		s.units[familyIndex(govsweep.JPaaS)] = 8
	}
}

// Script weighs the address of a script.
func (s *Signs) Script(src string) {
	for i, f := range All {
		s.scripts.weigh(i, f.Scripts, src)
	}
}

// Inline weighs the text of an inline script.
func (s *Signs) Inline(text string) {
	for i, f := range All {
		s.inline.weigh(i, f.Inline, text)
	}
}

// Comment weighs an HTML comment.
func (s *Signs) Comment(text string) {
	for i, f := range All {
		s.comments.weigh(i, f.Comments, text)
	}
}

// Generator weighs the generator tag.
func (s *Signs) Generator(text string) {
	text = strings.ToLower(text)
	for i, f := range All {
		s.generator.weigh(i, f.Generators, text)
	}
}

// Family gives the family the signs speak for; govsweep.UnknownPlatform when
// they are too weak.
func (s *Signs) Family() govsweep.Platform {
	best, name := enough-1, govsweep.UnknownPlatform
	for i, f := range All {
		n := s.url[i] + s.marks[i] + s.units[i] + s.scripts[i] + s.inline[i] + s.comments[i] + s.generator[i] + s.links[i]
		if n > best {
			best, name = n, f.Name
		}
	}
	return name
}

func (s *scores) weigh(i int, marks []Mark, text string) {
	for _, m := range marks {
		if m.Weight > s[i] && strings.Contains(text, m.Text) {
			s[i] = m.Weight
		}
	}
}

type markWord struct{ family, weight int }

var markWords = func() map[string]markWord {
	words := map[string]markWord{}
	for i, f := range All {
		for _, m := range f.Marks {
			words[m.Text] = markWord{i, m.Weight}
		}
	}
	return words
}()

func familyIndex(name govsweep.Platform) int {
	for i, f := range All {
		if f.Name == name {
			return i
		}
	}
	return 0
}

// fold gives a word in lower case without a running number behind it:
// vsb_content_501 is vsb_content.
func fold(word string) string {
	for word != "" && isDigit(word[len(word)-1]) {
		word = word[:len(word)-1]
	}
	return strings.ToLower(strings.TrimRight(word, "_"))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
