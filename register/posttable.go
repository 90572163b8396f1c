package register

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/plain"
)

// PostFile is what the person who imports a file of posts says of it.
type PostFile struct {
	Name   string // its path
	One    bool   // every row is of the one account that is given
	Manual bool   // a person looked and wrote it down
	Days   FileDays
}

// AccountPosts is what one file says of one account.
type AccountPosts struct {
	Account govsweep.Account
	Reading govsweep.Reading
	Posts   []govsweep.Post
	File    string // that it was read from; of several pages the newest
}

// TakenPosts is what rows of posts say, account by account.
type TakenPosts struct {
	Found     []AccountPosts
	Refused   []Refusal // rows with a day that cannot be
	Strangers []Refusal // one for each account that is not registered
	Unknown   int       // rows of those
}

// TakePosts takes the rows of a file to the accounts they are of. Posts later
// than the day the file is said to reflect are counted and left out: it then
// proves no silence.
func TakePosts(rows []Row[PostRow], all []govsweep.Account, f *PostFile) *TakenPosts {
	t := &postTable{file: f, by: map[govsweep.TargetID]*AccountPosts{}}
	out := &TakenPosts{}
	for i := range rows {
		if r := t.row(all, &rows[i]); r != nil {
			out.Refused = append(out.Refused, *r)
		}
	}
	for _, id := range t.order {
		in := t.by[id]
		in.settle(f.Days.From)
		out.Found = append(out.Found, *in)
	}
	out.Strangers, out.Unknown = t.strangers(), t.unknown
	return out
}

// postTable gathers the rows of a table, account by account.
type postTable struct {
	file    *PostFile
	by      map[govsweep.TargetID]*AccountPosts
	order   []govsweep.TargetID
	lost    []lostRows // of accounts nobody registered, in order
	unknown int        // rows of them
}

// lostRows are the rows of an account the register does not have.
type lostRows struct {
	Refusal // of the first
	name    string
	lines   []int
}

// row takes a row to its account, or refuses it.
func (t *postTable) row(all []govsweep.Account, r *Row[PostRow]) *Refusal {
	of := slices.IndexFunc(all, func(acc govsweep.Account) bool { return t.file.One || belongs(&acc, &r.Value) })
	if of < 0 {
		t.stranger(r)
		return nil
	}
	acc := all[of]
	if why := t.file.Days.Early(&acc, r.Value.Post.At); why != "" {
		refusal := PostRefusal(r, "发布时间", why)
		return &refusal
	}
	in := t.by[acc.ID]
	if in == nil {
		kind := govsweep.ExportSource
		if t.file.Manual {
			kind = govsweep.ManualSource
		}
		in = &AccountPosts{Account: acc, File: t.file.Name, Reading: govsweep.Reading{Source: govsweep.MediaSource{Kind: kind, Address: filepath.Base(t.file.Name)},
			Health: govsweep.SourceWorking, At: t.file.Days.Through, Through: t.file.Days.Through}}
		t.by[acc.ID], t.order = in, append(t.order, acc.ID)
	}
	in.add(r.Value.Post)
	return nil
}

func (t *postTable) stranger(r *Row[PostRow]) {
	v := &r.Value
	name := strings.TrimSpace(strings.Join([]string{MediaWord(v.Media), cmp.Or(v.Number, v.Name)}, " "))
	t.unknown++
	if i := slices.IndexFunc(t.lost, func(l lostRows) bool { return l.name == name }); i >= 0 {
		t.lost[i].lines = append(t.lost[i].lines, r.Line)
		return
	}
	column := "账号ID"
	switch {
	case v.Number == "" && v.Name != "":
		column = "账号名称"
	case v.Number == "":
		column = "平台"
	}
	t.lost = append(t.lost, lostRows{PostRefusal(r, column, ""), name, []int{r.Line}})
}

// strangers names each account that is not registered once, with its rows.
func (t *postTable) strangers() []Refusal {
	var out []Refusal
	for _, l := range t.lost {
		l.Reason = "账号“" + plain.Line(l.name) + "”不在名录中（第" + govsweep.Ranges(l.lines) + "行）；请先导入名录，或用 --account 指定"
		if l.name == "" {
			l.Reason = "没有写明账号（第" + govsweep.Ranges(l.lines) + "行）；请填写平台和账号ID，或用 --account 指定"
		}
		out = append(out, l.Refusal)
	}
	return out
}

// NamesAccount says whether a row says whose post it is.
func NamesAccount(r Row[PostRow]) bool {
	return r.Value.Media != "" || r.Value.Number != "" || r.Value.Name != ""
}

func belongs(a *govsweep.Account, r *PostRow) bool {
	switch {
	case r.Media != "" && r.Media != a.Media:
		return false
	case r.Number != "":
		return r.Number == a.Number
	}
	return r.Name != "" && r.Media != "" && a.Calls(r.Name)
}

func (in *AccountPosts) add(p govsweep.Post) {
	p.Source = in.Reading.Source.Key()
	in.Reading.Items++
	if !in.Reading.Through.IsZero() && p.At.After(in.Reading.Through) {
		in.Reading.Undated++ // later than the day the file is said to be of
		return
	}
	in.Posts = append(in.Posts, p)
}

// settle says what days the file speaks of.
func (in *AccountPosts) settle(since time.Time) {
	rd := &in.Reading
	slices.SortStableFunc(in.Posts, func(a, b govsweep.Post) int { return b.At.Compare(a.At) })
	if n := len(in.Posts); n > 0 {
		rd.Newest, rd.From = in.Posts[0].At, in.Posts[n-1].At
	}
	if !since.IsZero() {
		rd.From = since.AddDate(0, 0, -1).Add(time.Second) // the beginning of that day
	}
	if rd.At.IsZero() {
		rd.At = rd.Newest
	}
	if rd.Alive = rd.At; len(in.Posts) == 0 {
		rd.Health, rd.Why = govsweep.SourceMalformed, "文件中的信息都晚于注明的截取日期，请核对 --through。"
		rd.Through = time.Time{}
	}
}
