package rectify

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// LookWord is what looking back at one item showed.
type LookWord string

// The words of a 回头看.
const (
	Mended   LookWord = "mended"   // 已整改
	Unmended LookWord = "unmended" // 未整改
	Rebound  LookWord = "rebound"  // 反弹: it was mended once and is there again
	Unclear  LookWord = "unclear"  // 待核
)

// String gives the word in Chinese.
func (w LookWord) String() string {
	switch w {
	case Mended:
		return "已整改"
	case Unmended:
		return "未整改"
	case Rebound:
		return "反弹"
	}
	return "待核"
}

// An Item is one thing an earlier paper named: an item of a notice, a fault of
// a circular, a task of a plan.
type Item struct {
	ID        string // within the paper: N3-2, or the task's id
	Source    string // the paper as people name it: 某政办网改〔2026〕3号
	Unit      string
	Site      string
	Place     string // column path or page
	Indicator string // book id
	Text      string // what was said
	// Keys are what the item is looked at by: ids of findings, or for a task the
	// book ids of its demands. Without any only a person can say; Looks then carry the ID.
	Keys   []string
	Mended time.Time // when it was once shown to be mended; zero = never
}

// A Look is one answer about one key, by the machine or by a person.
type Look struct {
	Key    string // one of an Item's Keys, or its ID
	Result govsweep.RetestWord
	At     time.Time
	By     string // "" = the machine
	Sweep  int64
	Why    string // one Chinese sentence
	Proof  []govsweep.Evidence
	Words  string // a person's proof in words or an address
}

// A Looked is one item with its answer: who looked, when, on what proof.
type Looked struct {
	Item
	Word   LookWord
	At     time.Time
	By     string
	Sweep  int64
	Why    string
	Proof  []govsweep.Evidence
	Proofs string // the words of persons, joined
}

// LookBack holds the items of earlier papers against what was looked at since,
// one by one and in their order. Of several looks at one key the youngest
// counts; of one age the worse. A look that passed without any proof is no
// answer. An item is mended when every key of it passed; one key that failed
// makes it unmended, or rebound when it was mended once before the look; else
// it is unclear, with the reason. A person's look at the item itself counts
// when it is younger than every other.
func LookBack(earlier []Item, looks []Look) []Looked {
	byKey := map[string]*Look{}
	for i := range looks {
		l := &looks[i]
		if old := byKey[l.Key]; old == nil || l.At.After(old.At) || l.At.Equal(old.At) && rank(l) > rank(old) {
			byKey[l.Key] = l
		}
	}
	out := make([]Looked, 0, len(earlier))
	for i := range earlier {
		out = append(out, look(&earlier[i], byKey))
	}
	return out
}

// look answers one item.
func look(it *Item, byKey map[string]*Look) Looked {
	answers := make([]*Look, 0, len(it.Keys))
	for _, k := range it.Keys {
		if l := byKey[k]; l != nil && k != it.ID {
			answers = append(answers, l)
		}
	}
	missing := len(answers) < len(it.Keys)
	if own := byKey[it.ID]; own != nil && !slices.ContainsFunc(answers, func(l *Look) bool { return l.At.After(own.At) }) {
		answers, missing = []*Look{own}, false
	}
	r := Looked{Item: *it, Word: Unclear, Why: "尚未复查。"}
	if len(answers) == 0 {
		return r
	}
	slices.SortStableFunc(answers, func(a, b *Look) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), b.At.Compare(a.At), cmp.Compare(a.Key, b.Key))
	})
	r.take(answers)
	switch worst := answers[0]; {
	case rank(worst) == failedRank && !it.Mended.IsZero() && it.Mended.Before(worst.At):
		r.Word = Rebound
	case rank(worst) == failedRank:
		r.Word = Unmended
	case rank(worst) == unknownRank && worst.Result == govsweep.RetestPassed:
		r.Why = "没有佐证材料，不能认定为已整改。"
	case rank(worst) == unknownRank:
	case missing:
		r.Why = "只复查了该项的一部分。"
	default:
		r.Word = Mended
	}
	return r
}

// take copies who looked, when and on what proof; the worst answer speaks.
func (r *Looked) take(answers []*Look) {
	worst := answers[0]
	r.At, r.By, r.Sweep, r.Why = worst.At, worst.By, worst.Sweep, worst.Why
	var words []string
	for _, l := range answers {
		r.Proof = append(r.Proof, l.Proof...)
		if l.Words != "" && !slices.Contains(words, l.Words) {
			words = append(words, l.Words)
		}
	}
	r.Proof = r.Proof[:min(len(r.Proof), mostProof)]
	r.Proofs = strings.Join(words, "；")
}

// The ranks of answers, the worst highest.
const (
	passedRank = iota
	unknownRank
	failedRank
)

func rank(l *Look) int {
	switch {
	case l.Result == govsweep.RetestFailed:
		return failedRank
	case l.Result == govsweep.RetestPassed && (len(l.Proof) > 0 || plain(l.Words) != ""):
		return passedRank
	}
	return unknownRank
}
