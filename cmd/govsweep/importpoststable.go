package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
)

// table reads a file of a platform, or a manual log.
func (c *importPostsCmd) table(a *app, all []govsweep.Account, body []byte) ([]postsIn, error) {
	rows, refused, err := register.ReadPosts(bytes.NewReader(body), c.File)
	if err != nil {
		return nil, err
	}
	if c.Account == "" && !slices.ContainsFunc(rows, namesAccount) && len(rows) > 0 {
		return nil, wrongUse("文件“%s”没有写明信息属于哪个账号：请加上平台和账号ID两列，或用 --account 指定", c.File)
	}
	t := &postTable{cmd: c, by: map[govsweep.TargetID]*postsIn{}}
	for i := range rows {
		if r := t.row(all, &rows[i]); r != nil {
			refused = append(refused, *r)
		}
	}
	for _, r := range append(refused, t.strangers()...) {
		fmt.Fprintln(a.stderr, r)
	}
	n := len(refused) + t.unknown
	if n > 0 && !c.SkipRefused {
		return nil, wrongUse("有%d处不能导入，全部未导入；改正后重试，或用 --skip-refused 跳过有误的行", n)
	}
	if len(t.order) == 0 {
		return nil, wrongUse("文件“%s”中没有可以导入的信息", c.File)
	}
	var out []postsIn
	for _, id := range t.order {
		in := t.by[id]
		in.settle(c.speaks.from)
		if late := in.reading.Undated; late > 0 {
			fmt.Fprintf(a.stderr, "%s：有%d条信息晚于 --through 注明的%s，未导入，不能据此证明未更新；请核对截取日期。\n", in.account.Name, late, govsweep.ChineseDate(c.speaks.through))
		}
		out = append(out, *in)
	}
	return out, nil
}

// postTable gathers the rows of a table, account by account.
type postTable struct {
	cmd     *importPostsCmd
	by      map[govsweep.TargetID]*postsIn
	order   []govsweep.TargetID
	lost    []lostRows // of accounts nobody registered, in order
	unknown int        // rows of them
}

// lostRows are the rows of an account the register does not have.
type lostRows struct {
	register.Refusal // of the first
	name             string
	lines            []int
}

// row takes a row to its account, or refuses it.
func (t *postTable) row(all []govsweep.Account, r *register.Row[register.PostRow]) *register.Refusal {
	c := t.cmd
	of := slices.IndexFunc(all, func(acc govsweep.Account) bool { return c.Account != "" || belongs(&acc, &r.Value) })
	if of < 0 {
		t.stranger(r)
		return nil
	}
	acc := all[of]
	if why := c.speaks.early(&acc, r.Value.Post.At); why != "" {
		refusal := register.PostRefusal(r, "发布时间", why)
		return &refusal
	}
	in := t.by[acc.ID]
	if in == nil {
		kind := govsweep.ExportSource
		if c.Manual {
			kind = govsweep.ManualSource
		}
		in = &postsIn{account: acc, file: c.File, reading: govsweep.Reading{Source: govsweep.MediaSource{Kind: kind, Address: filepath.Base(c.File)},
			Health: govsweep.SourceWorking, At: c.speaks.through, Through: c.speaks.through}}
		t.by[acc.ID], t.order = in, append(t.order, acc.ID)
	}
	in.add(r.Value.Post)
	return nil
}

func (t *postTable) stranger(r *register.Row[register.PostRow]) {
	v := &r.Value
	name := strings.TrimSpace(strings.Join([]string{register.MediaWord(v.Media), firstOf(v.Number, v.Name)}, " "))
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
	t.lost = append(t.lost, lostRows{register.PostRefusal(r, column, ""), name, []int{r.Line}})
}

// strangers names each account that is not registered once, with its rows.
func (t *postTable) strangers() []register.Refusal {
	var out []register.Refusal
	for _, l := range t.lost {
		l.Reason = "账号“" + reports.Clean(l.name) + "”不在名录中（第" + joinInts(l.lines) + "行）；请先导入名录，或用 --account 指定"
		if l.name == "" {
			l.Reason = "没有写明账号（第" + joinInts(l.lines) + "行）；请填写平台和账号ID，或用 --account 指定"
		}
		out = append(out, l.Refusal)
	}
	return out
}

func namesAccount(r register.Row[register.PostRow]) bool {
	return r.Value.Media != "" || r.Value.Number != "" || r.Value.Name != ""
}

func belongs(a *govsweep.Account, r *register.PostRow) bool {
	switch {
	case r.Media != "" && r.Media != a.Media:
		return false
	case r.Number != "":
		return r.Number == a.Number
	}
	return r.Name != "" && r.Media != "" && a.Calls(r.Name)
}

func (in *postsIn) add(p govsweep.Post) {
	p.Source = in.reading.Source.Key()
	in.reading.Items++
	if !in.reading.Through.IsZero() && p.At.After(in.reading.Through) {
		in.reading.Undated++ // later than the day the file is said to be of
		return
	}
	in.posts = append(in.posts, p)
}

// settle says what days the file speaks of.
func (in *postsIn) settle(since time.Time) {
	rd := &in.reading
	slices.SortStableFunc(in.posts, func(a, b govsweep.Post) int { return b.At.Compare(a.At) })
	if n := len(in.posts); n > 0 {
		rd.Newest, rd.From = in.posts[0].At, in.posts[n-1].At
	}
	if !since.IsZero() {
		rd.From = since.AddDate(0, 0, -1).Add(time.Second) // the beginning of that day
	}
	if rd.At.IsZero() {
		rd.At = rd.Newest
	}
	if rd.Alive = rd.At; len(in.posts) == 0 {
		rd.Health, rd.Why = govsweep.SourceMalformed, "文件中的信息都晚于注明的截取日期，请核对 --through。"
		rd.Through = time.Time{}
	}
}
