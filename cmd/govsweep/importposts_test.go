package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep/register"
)

// postsOffice has three registered accounts and writes files for them.
type postsOffice struct {
	t   *testing.T
	dir string
}

func newPostsOffice(t *testing.T) *postsOffice {
	o := &postsOffice{t, t.TempDir()}
	mustOut(t, o.dir, "import", "accounts", o.file("名录.csv", "平台,账号名称,账号ID,开设日期\n微信,某某发布,gh_exp,2020-01-01\n微博,某某微博,77,\n抖音,某某视频,77,\n"))
	return o
}

func (o *postsOffice) file(name, text string) string {
	o.t.Helper()
	path := filepath.Join(o.dir, name)
	must(o.t, os.MkdirAll(filepath.Dir(path), 0o700))
	must(o.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// imports runs import posts and looks for what it must and must not say.
func (o *postsOffice) imports(code int, args []string, says, not []string) {
	o.t.Helper()
	out, errs, got := cli(o.t, o.dir, append([]string{"import", "posts"}, args...)...)
	if got != code {
		o.t.Errorf("%q: exit %d, want %d: %s%s", args, got, code, out, errs)
	}
	for _, want := range says {
		if strings.Count(out+errs, want) != 1 {
			o.t.Errorf("%q does not say once %q: %s%s", args, want, out, errs)
		}
	}
	for _, never := range not {
		if strings.Contains(out+errs, never) {
			o.t.Errorf("%q says %q: %s%s", args, never, out, errs)
		}
	}
}

// sources gives what is kept of the sources of all accounts.
func (o *postsOffice) sources() string {
	o.t.Helper()
	_, _, _ = cli(o.t, o.dir, "sweep", "run", "--scope", "kind=account", "--offline")
	out, _, _ := cli(o.t, o.dir, "coverage")
	return out
}

func TestADayAFileCannotSpeakOfIsRefused(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	good := o.file("好.csv", "标题,发布时间\n甲,"+daysAgo(3)+"\n")
	next := time.Now().AddDate(1, 0, 0).Format("2006-01-02")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--through", next}, "--through “" + next + "”在"},
		{[]string{"--through", daysAgo(-1)}, "请核对年份：文件不能反映尚未到来的日子"},
		{[]string{"--from", daysAgo(-1)}, "--from “" + daysAgo(-1) + "”在"},
		{[]string{"--through", daysAgo(1), "--as-of", daysAgo(2)}, "请核对年份"},
		{[]string{"--through", daysAgo(9), "--from", daysAgo(3)}, "之后，请核对"},
		{[]string{"--through", "2026-02-30"}, "--through “2026-02-30”不正确"},
		{[]string{"--from", "0206-02-03"}, "早于2009年"},
	} {
		o.imports(exitWrong, append([]string{good, "--account", "wechat:gh_exp"}, c.args...), []string{c.says}, []string{"已导入"})
	}
	o.imports(exitDone, []string{good, "--account", "wechat:gh_exp", "--from", daysAgo(40), "--through", daysAgo(0)}, []string{"已导入1个账号的信息1条"}, nil)
}

func TestARowOfADayThatCannotBeIsRefusedWithItsCell(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	next := time.Now().AddDate(1, 0, 0).Format("2006-01-02")
	bad := o.file("坏.csv", "平台,账号ID,标题,发布时间\n微信,gh_exp,甲,"+daysAgo(3)+"\n微信,gh_exp,乙,"+next+"\n微信,gh_exp,丙,2016-03-01\n")
	o.imports(exitWrong, []string{bad, "--through", daysAgo(0)}, []string{"单元格D3：发布时间", "单元格D4：发布时间2016年3月1日早于账号的开设日期2020年1月1日", "有2处不能导入"}, []string{"已导入"})
	o.imports(exitDone, []string{bad, "--through", daysAgo(0), "--skip-refused"}, []string{"单元格D3", "已导入1个账号的信息1条"}, nil)
	late := o.file("晚.csv", "平台,账号ID,标题,发布时间\n微信,gh_exp,甲,"+daysAgo(9)+"\n微信,gh_exp,乙,"+daysAgo(2)+"\n")
	o.imports(exitDone, []string{late, "--through", daysAgo(5)}, []string{"某某发布：有1条信息晚于 --through 注明的", "不能据此证明未更新"}, nil)
}

func TestAnAccountThatIsNotRegisteredIsNamedOnceWithItsRows(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	day := daysAgo(3)
	o.imports(exitWrong, []string{o.file("生.csv", "平台,账号ID,标题,发布时间\n微博,wb9,甲,"+day+"\n微信,gh_exp,乙,"+day+"\n微博,wb9,丙,"+day+"\n微博,wb9,丁,"+day+"\n")},
		[]string{"单元格B2：账号“微博 wb9”不在名录中（第2、4—5行）", "有3处不能导入"}, nil)
	o.imports(exitWrong, []string{o.file("无列.csv", "标题,发布时间\n甲,"+day+"\n乙,"+day+"\n丙,"+day+"\n")}, []string{"没有写明信息属于哪个账号"}, []string{"单元格", "不在名录中"})
}

func TestANumberThatOneAccountHasNamesIt(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	good := o.file("好.csv", "标题,发布时间\n甲,"+daysAgo(3)+"\n")
	o.imports(exitDone, []string{good, "--account", "gh_exp"}, []string{"某某发布（wechat:gh_exp）"}, nil)
	o.imports(exitWrong, []string{good, "--account", "77"}, []string{"账号ID“77”在名录中有2个账号，请写账号代码：douyin:77、weibo:77"}, nil)
	o.imports(exitWrong, []string{good, "--account", "gh_none"}, []string{"账号名录中没有“gh_none”"}, nil)
	if out, _, _ := cli(t, o.dir, "accounts", "list", "--format", "table"); !strings.Contains(out, "账号代码") || !strings.Contains(out, "wechat:gh_exp") {
		t.Error(out)
	}
}

func TestARefusedPageIsNoSource(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	page := o.file("存网页/坏.html", "<html><body><p>环境异常，完成验证后即可继续访问。</p></body></html>")
	o.imports(exitWrong, []string{page, "--account", "wechat:gh_exp"}, []string{"坏.html：", "全部未导入"}, []string{"已导入"})
	o.imports(exitWrong, []string{filepath.Dir(page), "--account", "wechat:gh_exp", "--skip-refused"}, []string{"坏.html：", "没有可以导入的文件"}, nil)
	if kept := o.sources(); strings.Contains(kept, "存网页") {
		t.Error(kept)
	}
}

func TestFilesOfAFolderThatNobodyKnowsAreSkippedWhereThatIsAsked(t *testing.T) {
	t.Parallel()
	o := newPostsOffice(t)
	feed := `<rss version="2.0"><channel><title>某某发布</title><item><title>甲</title><pubDate>` + time.Now().AddDate(0, 0, -3).Format(time.RFC1123Z) + `</pubDate></item></channel></rss>`
	folder := filepath.Dir(o.file("订阅/gh_exp.xml", feed))
	o.file("订阅/生一.xml", feed)
	o.file("订阅/生二.xml", feed)
	o.imports(exitWrong, []string{folder}, []string{"文件“生一.xml”属于哪个账号不明", "文件“生二.xml”", "有2个文件不能导入"}, []string{"已导入"})
	o.imports(exitDone, []string{folder, "--skip-refused"}, []string{"文件“生一.xml”", "已导入1个账号的信息1条"}, nil)
}

func TestEveryColumnOfAccountsAndPostsIsNamedInTheirDocumentAndHelp(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../docs/accounts.md")
	must(t, err)
	doc, _, _ := strings.Cut(string(raw), "## Judging accounts")
	for command, columns := range map[string][]string{"accounts": register.AccountColumns(), "posts": register.PostColumns()} {
		if len(columns) < 9 {
			t.Errorf("%s: %q", command, columns)
		}
		help, _, _ := cli(t, t.TempDir(), "import", command, "--help")
		help = strings.Join(strings.Fields(help), "")
		for _, c := range columns {
			if !strings.Contains(doc, c) {
				t.Errorf("docs/accounts.md does not name the column %s of %s", c, command)
			}
			if !strings.Contains(help, c) {
				t.Errorf("import %s --help does not name the column %s", command, c)
			}
		}
	}
}
