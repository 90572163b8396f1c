package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/storage"
)

type importPostsCmd struct {
	File    string `arg:"" help:"平台导出的信息清单或人工记录（CSV、XLSX），或保存的 RSS、Atom、JSON 订阅文件（文件名为账号ID），或保存的微信、微博、今日头条、抖音信息网页（HTML），或存放订阅文件、网页的目录。"`
	Account string `help:"文件属于哪个账号（账号代码，见 govsweep accounts）。文件中已有平台和账号列的不需要。" placeholder:"代码"`
	Through string `help:"文件反映到哪一天（截取或导出日期）。不注明的，只能证明发布过信息，不能证明未更新。" placeholder:"日期"`
	Since   string `name:"from" help:"文件从哪一天起完整。默认为最早一条信息的日期。" placeholder:"日期"`
	Manual  bool   `help:"文件是人工查看账号的记录。"`
	DryRun  bool   `help:"只显示读出的内容，不写入。"`

	SkipRefused bool `help:"跳过有误的行，导入其余各行。默认有一行有误则全部不导入。"`
}

// postsIn is what one file says of one account.
type postsIn struct {
	account govsweep.Account
	reading govsweep.Reading
	posts   []govsweep.Post
	file    string // that it was read from; of several pages the newest
}

// Run imports posts.
func (c *importPostsCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	all, err := db.Accounts(a.ctx, storage.AccountFilter{})
	if err != nil {
		return err
	}
	found, err := c.read(a, all)
	if err != nil {
		return err
	}
	if !c.DryRun {
		if err := keepFiles(a, db, found); err != nil {
			return err
		}
	}
	total := 0
	for i := range found {
		f := &found[i]
		total += len(f.posts)
		fmt.Fprintln(a.stdout, told(f))
		if c.DryRun {
			continue
		}
		if err := db.SaveReading(a.ctx, f.account.ID, &f.reading, f.posts); err != nil {
			return err
		}
	}
	if c.DryRun {
		fmt.Fprintln(a.stderr, "以上为预览，未写入。")
		return nil
	}
	fmt.Fprintf(a.stderr, "已导入%d个账号的信息%d条。\n", len(found), total)
	return nil
}

// keepFiles puts the files that readings rest on into the evidence store, as
// they are: findings cite them, and a re-test can prove something by them.
func keepFiles(a *app, db *storage.DB, found []postsIn) error {
	store, err := a.evidenceOf(db)
	if err != nil {
		return err
	}
	kept := map[string]string{}
	for i := range found {
		f := &found[i]
		if kept[f.file] == "" {
			body, err := readFile(f.file)
			if err != nil {
				return err
			}
			d, err := store.Put(body)
			if err != nil {
				return fmt.Errorf("keep the imported file: %w", err)
			}
			kept[f.file] = d.String()
		}
		f.reading.Digest = kept[f.file]
	}
	return nil
}

// told says in one line what a file showed of an account.
func told(f *postsIn) string {
	line := fmt.Sprintf("%s（%s）：", f.account.Name, f.account.ID)
	if f.reading.Health != govsweep.SourceWorking {
		return line + f.reading.Why
	}
	line += fmt.Sprintf("信息%d条，最新一条发布于%s", len(f.posts), govsweep.ChineseDate(f.reading.Newest))
	if f.reading.Source.Kind == govsweep.PageSource {
		return line + "；保存的网页只能证明发布过信息，不能证明此后未更新。"
	}
	if f.reading.Through.IsZero() {
		return line + "；未注明截取日期，不能证明此后未更新。"
	}
	return line + "，反映到" + govsweep.ChineseDate(f.reading.Through) + "。"
}

func (c *importPostsCmd) read(a *app, all []govsweep.Account) ([]postsIn, error) {
	if c.Account != "" {
		all = slices.DeleteFunc(all, func(acc govsweep.Account) bool { return string(acc.ID) != c.Account })
		if len(all) == 0 {
			return nil, wrongUse("账号名录中没有“%s”，请先用 govsweep import accounts 导入", c.Account)
		}
	}
	through, err := dayEnd(c.Through, "--through")
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "文件“" + c.File + "”无法读取", Err: err}
	}
	if info.IsDir() {
		return c.folder(a, all, through)
	}
	if isSavedPage(c.File) {
		return c.savedPages(a, all, []string{c.File})
	}
	body, err := readFile(c.File)
	if err != nil {
		return nil, err
	}
	if head := bytes.TrimLeft(body, "\xef\xbb\xbf \r\n\t"); len(head) > 0 && (head[0] == '<' || head[0] == '{') {
		one, err := savedFeed(all, c.File, body, through)
		return []postsIn{one}, err
	}
	return c.table(a, all, body, through)
}

// maxPostFile bounds a file of posts.
const maxPostFile = 48 << 20

func readFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && info.Mode().IsRegular() && info.Size() > maxPostFile {
		return nil, wrongUse("文件“%s”超过%dMB，请拆分后再导入", name, maxPostFile>>20)
	}
	return namedfile.ReadMost("文件", name, maxPostFile)
}

// folder reads every saved feed and page of a folder.
func (c *importPostsCmd) folder(a *app, all []govsweep.Account, through time.Time) ([]postsIn, error) {
	feeds, found, err := filesOf(c.File)
	if err != nil {
		return nil, err
	}
	if len(feeds)+len(found) == 0 {
		return nil, wrongUse("目录“%s”中没有 .xml、.rss、.atom、.json 订阅文件，也没有 .html 网页", c.File)
	}
	out, err := c.savedPages(a, all, found)
	if err != nil {
		return nil, err
	}
	for _, path := range feeds {
		body, err := readFile(path)
		if err != nil {
			return nil, err
		}
		one, err := savedFeed(all, path, body, through)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// savedFeed reads one saved feed: of the account named, or of the one whose
// number the file is called by.
func savedFeed(all []govsweep.Account, path string, body []byte, through time.Time) (postsIn, error) {
	base := filepath.Base(path)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	of := slices.IndexFunc(all, func(a govsweep.Account) bool {
		return len(all) == 1 || a.Number != "" && strings.TrimRight(a.Number, "=") == strings.TrimRight(stem, "=")
	})
	if of < 0 {
		return postsIn{}, wrongUse("文件“%s”属于哪个账号不明：请用 --account 指定，或以账号ID为文件名", base)
	}
	in := postsIn{account: all[of], file: path}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return in, fmt.Errorf("folder of %s: %w", path, err)
	}
	// Feeds of one folder come of one service; see facts.ServiceOf.
	in.reading, in.posts = media.ReadSaved(&in.account, filepath.Base(folder)+"/"+base, body, through)
	return in, nil
}

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

func wrongUse(format string, args ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, args...)}
}

// dayEnd reads a day; the zero time when none is given.
func dayEnd(s, flag string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation("2006-01-02", s, govsweep.Shanghai)
	if err != nil {
		return t, wrongUse("%s “%s”不正确，应为 2026-12-31 这样的日期", flag, s)
	}
	return govsweep.EndOfDay(t), nil
}

// Help shows how it is used.
func (importPostsCmd) Help() string {
	return `示例：
  govsweep import posts 微信导出.xlsx --account wechat:gh_1234567890ab --through 2026-03-25
  govsweep import posts 人工记录.csv --manual --through 2026-03-25
  govsweep import posts 订阅文件目录 --dry-run`
}
