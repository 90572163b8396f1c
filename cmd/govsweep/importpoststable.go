package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

// table reads a file of a platform, or a manual log.
func (c *importPostsCmd) table(a *app, all []govsweep.Account, body []byte, through time.Time) ([]postsIn, error) {
	since, err := dayEnd(c.Since, "--from")
	if err != nil {
		return nil, err
	}
	rows, refused, err := register.ReadPosts(bytes.NewReader(body), c.File)
	if err != nil {
		return nil, err
	}
	byAccount := map[govsweep.TargetID]*postsIn{}
	var order []govsweep.TargetID
	for i := range rows {
		r := &rows[i]
		of := slices.IndexFunc(all, func(acc govsweep.Account) bool { return c.Account != "" || belongs(&acc, &r.Value) })
		if of < 0 {
			refused = append(refused, register.Refusal{Sheet: r.Sheet, Line: r.Line, Cell: fmt.Sprintf("A%d", r.Line), Reason: "账号不在名录中；请先导入名录，或用 --account 指定"})
			continue
		}
		acc := all[of]
		in := byAccount[acc.ID]
		if in == nil {
			kind := govsweep.ExportSource
			if c.Manual {
				kind = govsweep.ManualSource
			}
			in = &postsIn{account: acc, file: c.File, reading: govsweep.Reading{Source: govsweep.MediaSource{Kind: kind, Address: filepath.Base(c.File)}, Health: govsweep.SourceWorking, At: through, Through: through}}
			byAccount[acc.ID], order = in, append(order, acc.ID)
		}
		in.add(r.Value.Post)
	}
	for _, r := range refused {
		fmt.Fprintln(a.stderr, r)
	}
	if len(refused) > 0 && !c.SkipRefused {
		return nil, wrongUse("有%d处不能导入，全部未导入；改正后重试，或用 --skip-refused 跳过有误的行", len(refused))
	}
	var out []postsIn
	for _, id := range order {
		in := byAccount[id]
		in.settle(since)
		out = append(out, *in)
	}
	return out, nil
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
