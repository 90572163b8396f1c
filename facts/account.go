package facts

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// AccountDossier is what is known of one account at the check point: the
// register's row, every look at its sources, and the days it published on.
type AccountDossier struct {
	Account  govsweep.Account   `json:"account"`
	Readings []govsweep.Reading `json:"readings,omitempty"` // the oldest first
	Newest   *govsweep.Post     `json:"newest,omitempty"`   // not after the check point
	Days     []string           `json:"days,omitempty"`     // days with a post within a year, ascending
	// Activity counts what was published in the year up to the check point; nil
	// in dossiers of older versions.
	Activity *govsweep.AccountActivity `json:"activity,omitempty"`
	Later    string                    `json:"later,omitempty"` // first day with a post after the day of closing
	// Reprints are the sources posts of that year name; ReprintList says whether
	// there is a list to hold them against.
	Reprints    []Reprint `json:"reprints,omitempty"`
	ReprintList bool      `json:"reprint_list,omitempty"`
	// Gazette is the newest post of that year that carries the gazette 公报.
	Gazette *govsweep.Post         `json:"gazette,omitempty"`
	Checks  []govsweep.CheckAnswer `json:"checks,omitempty"` // what persons answered, the newest of each question
	Unit    *UnitAccounts          `json:"unit,omitempty"`   // nil when the register does not name the unit
	// Twins are the other accounts in use of the same unit on the same platform.
	Twins []govsweep.Target `json:"twins,omitempty"`
	// Services says of each service behind the sources that other accounts were
	// seen posting through it: proof that it works.
	Services map[string]ServiceProof `json:"services,omitempty"`
	// Sync is the comparison with the site of the unit; nil when none was tried.
	Sync *AccountSync `json:"sync,omitempty"`
}

// ServiceProof is what other accounts showed of a service.
type ServiceProof struct {
	Controls int       `json:"controls,omitempty"` // 控制账号 with a fresh post
	Peers    int       `json:"peers,omitempty"`    // any accounts with a fresh post
	Example  string    `json:"example"`            // name of one of them
	Newest   time.Time `json:"newest"`
}

// ServiceOf names the service behind a source: the host of a feed, the
// platform's route of an RSSHub-style service, the folder of saved feeds.
func ServiceOf(a *govsweep.Account, s govsweep.MediaSource) string {
	switch {
	case s.Kind == govsweep.RSSHubSource && s.Address == "":
		return "rsshub/" + string(a.Media)
	case s.Kind == govsweep.RSSHubSource:
		first, _, _ := strings.Cut(strings.TrimPrefix(s.Address, "/"), "/")
		return "rsshub/" + first
	case s.Kind != govsweep.FeedSource:
		return string(s.Kind) + "/" + s.Address
	}
	if _, rest, web := strings.Cut(s.Address, "://"); web {
		host, _, _ := strings.Cut(rest, "/")
		return "feed/" + host
	}
	folder, _, _ := strings.Cut(s.Address, "/")
	return "saved/" + folder
}

// freshDays is how new a post of another account must be to prove that a
// service works at the check point.
const freshDays = 3

// FoldAccount folds what all sources say of one account as of at. Posts after
// at are not part of it.
func FoldAccount(a govsweep.Account, at time.Time, readings []govsweep.Reading, posts []govsweep.Post) *Dossier {
	d := &AccountDossier{Account: a, Readings: slices.Clone(readings)}
	slices.SortStableFunc(d.Readings, func(x, y govsweep.Reading) int {
		return cmp.Or(x.At.Compare(y.At), strings.Compare(x.Source.Key(), y.Source.Key()))
	})
	posts = distinct(posts, at)
	d.Activity = activityOf(at, d.Readings, posts)
	d.Newest = d.Activity.Last
	d.Reprints, d.Gazette = reprintsOf(d.Activity.From, posts), gazetteOf(d.Activity.From, posts)
	for i := range posts {
		p := &posts[i]
		day := govsweep.DateOf(p.At)
		if p.At.After(at.AddDate(-1, 0, 0)) {
			d.Days = append(d.Days, day)
		}
		if a.Closed != "" && day > a.Closed && (d.Later == "" || day < d.Later) {
			d.Later = day
		}
	}
	slices.Sort(d.Days)
	d.Days = slices.Compact(d.Days)
	return &Dossier{Site: a.Site(), AsOf: at, Account: d, Coverage: d.coverage(a.Target())}
}

// coverage says which sources were seen: of each its last reading.
func (d *AccountDossier) coverage(t govsweep.Target) govsweep.Coverage {
	c := govsweep.Coverage{Target: t, Reasons: map[string]int{}, Complete: true}
	last := map[string]*govsweep.Reading{}
	for i := range d.Readings {
		last[d.Readings[i].Source.Key()] = &d.Readings[i]
	}
	for _, r := range last {
		switch r.Health {
		case govsweep.SourceWorking:
			c.Pages.Read++
			continue
		case govsweep.SourceBlocked:
			c.Pages.Blocked++
		case govsweep.SourceMalformed:
			c.Pages.Truncated++
		default:
			c.Pages.Unread++
		}
		c.Complete = false
		c.Reasons[r.Why]++
	}
	if len(last) == 0 {
		c.Complete = false
		c.Reasons["没有登记信息来源，也没有导入信息。"]++
	}
	return c
}

// Relations is what accounts of one inspection show about each other: which
// belong to the same unit on the same platform, and which services are proven
// by whom. Every account is Seen first and Related then, so that no more than
// one dossier need be held at a time. Relate may be called from many
// goroutines once everything was Seen.
type Relations struct {
	twins  map[string][]govsweep.Target
	proofs map[string]map[govsweep.TargetID]ServiceProof
	units  map[string]*UnitAccounts
	known  map[string]bool // names of registered accounts and units
	listed []string        // names of the list of reprint sources
}

// NewRelations begins with the accounts of the register, also those outside
// the inspection.
func NewRelations(all []govsweep.Account) *Relations {
	r := &Relations{twins: map[string][]govsweep.Target{}, proofs: map[string]map[govsweep.TargetID]ServiceProof{}, units: unitsOf(all), known: namesOf(all)}
	for i := range all {
		if a := &all[i]; a.Host != "" && a.State != govsweep.AccountClosed {
			r.twins[twinKey(a)] = append(r.twins[twinKey(a)], a.Target())
		}
	}
	return r
}

func twinKey(a *govsweep.Account) string { return string(a.Media) + "\x00" + Unit(a.Host) }

// Relate tells a dossier about the other accounts.
func (r *Relations) Relate(d *Dossier) {
	a := d.Account
	a.Unit = r.units[Unit(a.Account.Host)]
	r.approve(a)
	for _, t := range r.twins[twinKey(&a.Account)] {
		if t.ID != a.Account.ID {
			a.Twins = append(a.Twins, t)
		}
	}
	asked := map[string]bool{}
	for i := range a.Readings {
		service := ServiceOf(&a.Account, a.Readings[i].Source)
		if asked[service] {
			continue
		}
		asked[service] = true
		if p := others(r.proofs[service], a.Account.ID); p.Peers > 0 {
			if a.Services == nil {
				a.Services = map[string]ServiceProof{}
			}
			a.Services[service] = p
		}
	}
}

// FreshSince is since when a reading must have been made to prove that its
// service worked at the check point.
func FreshSince(asOf time.Time) time.Time { return asOf.AddDate(0, 0, -freshDays) }

// See notes through which services an account was seen posting freshly as of asOf.
func (r *Relations) See(a *govsweep.Account, readings []govsweep.Reading, asOf time.Time) {
	for i := range readings {
		rd := &readings[i]
		if rd.Health != govsweep.SourceWorking || rd.Newest.After(asOf) || rd.Newest.Before(FreshSince(asOf)) {
			continue
		}
		service := ServiceOf(a, rd.Source)
		if r.proofs[service] == nil {
			r.proofs[service] = map[govsweep.TargetID]ServiceProof{}
		}
		p := ServiceProof{Peers: 1, Example: a.Name, Newest: rd.Newest}
		if a.Control {
			p.Controls = 1
		}
		r.proofs[service][a.ID] = p
	}
}

func others(by map[govsweep.TargetID]ServiceProof, self govsweep.TargetID) ServiceProof {
	var out ServiceProof
	for id, p := range by {
		if id == self {
			continue
		}
		out.Peers, out.Controls = out.Peers+1, out.Controls+p.Controls
		if p.Newest.After(out.Newest) || p.Newest.Equal(out.Newest) && p.Example < out.Example {
			out.Newest, out.Example = p.Newest, p.Example
		}
	}
	return out
}

// Unit brings the name of a unit to the form in which two are compared.
func Unit(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" 　()（）·.、,，-", r) {
			return -1
		}
		return r
	}, s)
}

// AccountReport gives what a report prints of a judged account; posts are
// those of its sources, in any order.
func AccountReport(d *Dossier, posts []govsweep.Post) *govsweep.AccountReport {
	a := d.Account
	out := &govsweep.AccountReport{Account: a.Account, Activity: a.Activity}
	last := map[string]int{}
	for _, r := range a.Readings { // the oldest first
		key := r.Source.Key()
		if i, known := last[key]; known {
			out.Readings[i] = r
			continue
		}
		last[key] = len(out.Readings)
		out.Readings = append(out.Readings, r)
	}
	slices.SortFunc(out.Readings, func(x, y govsweep.Reading) int { return strings.Compare(x.Source.Key(), y.Source.Key()) })
	since := d.AsOf.AddDate(-1, 0, 0)
	for _, p := range distinct(posts, d.AsOf) {
		if p.At.After(since) {
			out.Posts = append(out.Posts, p)
		}
	}
	slices.SortStableFunc(out.Posts, func(x, y govsweep.Post) int {
		return cmp.Or(y.At.Compare(x.At), strings.Compare(x.Title, y.Title))
	})
	return out
}
