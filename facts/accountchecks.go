package facts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Reprint is one source an account reprinted from in the year up to the check
// point.
type Reprint struct {
	From     string        `json:"from"`
	Posts    int           `json:"posts"`
	Newest   govsweep.Post `json:"newest"`
	Approved bool          `json:"approved,omitempty"` // on the list of sources, or a unit of party or government
}

// UnitAccounts is what the register holds of the accounts in use of the unit
// that runs an account, and of those it supervises.
type UnitAccounts struct {
	First govsweep.TargetID          `json:"first"` // of its own, by platform and number
	Name  string                     `json:"name"`  // of that account
	InUse map[govsweep.MediaKind]int `json:"in_use"`
}

// reprintsOf gathers what posts name as their source, by name.
func reprintsOf(first string, posts []govsweep.Post) []Reprint {
	by := map[string]*Reprint{}
	for i := range posts {
		p := &posts[i]
		if p.From == "" || govsweep.DateOf(p.At) < first || p.Original != nil && *p.Original {
			continue
		}
		r := by[p.From]
		if r == nil {
			r = &Reprint{From: p.From, Newest: *p}
			by[p.From] = r
		}
		if r.Posts++; newer(p, &r.Newest) {
			r.Newest = *p
		}
	}
	out := make([]Reprint, 0, len(by))
	for _, r := range by {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Reprint) int { return strings.Compare(a.From, b.From) })
	if len(out) == 0 {
		return nil
	}
	return out
}

// gazetteOf gives the newest post that carries the gazette 政府公报.
func gazetteOf(first string, posts []govsweep.Post) *govsweep.Post {
	var out *govsweep.Post
	for i := range posts {
		p := &posts[i]
		if strings.Contains(p.Title, "公报") && govsweep.DateOf(p.At) >= first && (out == nil || newer(p, out)) {
			out = p
		}
	}
	return out
}

// AddChecks takes over what persons answered about the account of d up to the
// check point: of each question the newest answer.
func (d *Dossier) AddChecks(answers []govsweep.CheckAnswer) {
	day := govsweep.DateOf(d.AsOf)
	newest := map[string]govsweep.CheckAnswer{}
	for _, a := range answers {
		if was, again := newest[a.Question]; a.Target == d.Account.Account.ID && a.On <= day && (!again || a.On >= was.On) {
			newest[a.Question] = a
		}
	}
	d.Account.Checks = nil
	for _, a := range newest {
		d.Account.Checks = append(d.Account.Checks, a)
	}
	slices.SortFunc(d.Account.Checks, func(a, b govsweep.CheckAnswer) int { return cmp.Compare(a.Question, b.Question) })
}

// officialWords tell a unit of party or government, whose texts accounts may
// reprint without a list.
var officialWords = []string{"人民政府", "中国政府网", "政府网", "党委", "省委", "市委", "区委", "县委", "旗委", "自治区委", "国务院", "gov.cn"}

// ReprintSources takes the list of sources 稿源名单 that reprints are held
// against, before anything is Related. Units of party and government and
// those of registered accounts need not be on it.
func (r *Relations) ReprintSources(list []govsweep.ReprintSource) {
	for _, s := range list {
		for _, n := range append([]string{s.Name}, s.Aliases...) {
			if n = PlainTitle(n); len([]rune(n)) >= 2 {
				r.listed = append(r.listed, n)
			}
		}
	}
}

// approve says which reprints of an account are fine.
func (r *Relations) approve(a *AccountDossier) {
	a.ReprintList = len(r.listed) > 0
	for i := range a.Reprints {
		p := &a.Reprints[i]
		from := PlainTitle(p.From)
		p.Approved = r.known[from] || slices.ContainsFunc(r.listed, func(n string) bool { return strings.Contains(from, n) }) ||
			slices.ContainsFunc(officialWords, func(w string) bool { return strings.Contains(strings.ToLower(p.From), w) })
	}
}

func namesOf(all []govsweep.Account) map[string]bool {
	out := map[string]bool{}
	for i := range all {
		for _, n := range []string{all[i].Name, all[i].Host, all[i].Supervisor} {
			if n = PlainTitle(n); len([]rune(n)) >= 2 {
				out[n] = true
			}
		}
	}
	return out
}

// unitsOf counts the accounts in use of every unit.
func unitsOf(all []govsweep.Account) map[string]*UnitAccounts {
	units := map[string]*UnitAccounts{}
	of := func(name string) *UnitAccounts {
		if units[name] == nil {
			units[name] = &UnitAccounts{InUse: map[govsweep.MediaKind]int{}}
		}
		return units[name]
	}
	for i := range all {
		a := &all[i]
		host, above := Unit(a.Host), Unit(a.Supervisor)
		if a.State == govsweep.AccountClosed || host == "" {
			continue
		}
		u := of(host)
		u.InUse[a.Media]++
		if u.First == "" || a.ID < u.First {
			u.First, u.Name = a.ID, a.Name
		}
		if above != "" && above != host {
			of(above).InUse[a.Media]++
		}
	}
	return units
}
