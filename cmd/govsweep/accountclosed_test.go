package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestAClosedAccountThatGoesOnPostingIsToldByItsNewestPostAndTheAnswerThatShowsIt(t *testing.T) {
	t.Parallel()
	b := newBureau(t)
	b.newest.Store(1)
	b.tagged.Store(true)
	mustOut(t, b.dir, "import", "accounts", b.file("关停.csv", "平台,账号名称,账号ID,关停日期\n微信,某某发布,wx1,"+daysAgo(30)+"\n微博,某某在线,wb1,"+daysAgo(30)+"\n"))
	mustOut(t, b.dir, "import", "posts", b.posts("出.csv", 2, 20, 40), "--from", daysAgo(60), "--through", daysAgo(0))
	mustOut(t, b.dir, "accounts", "list", "--check", "--format", "jsonl") // what it answers is kept nowhere, and not new a moment later
	for account, newest := range map[string]int{"wechat:wx1": 1, "weibo:wb1": 2} {
		cli(t, b.dir, "sweep", "run", "--scope", "kind=account", "--rate", "-1")
		out, errs, _ := cli(t, b.dir, "findings", "--indicator", "account-close-improper", "--site", account, "--format", "jsonl")
		var f govsweep.Finding
		if err := json.Unmarshal([]byte(out), &f); err != nil {
			t.Fatalf("%v: %s %s", err, out, errs)
		}
		says := "最近一条信息" // with its title and its day
		if day := govsweep.ChineseDate(time.Now().AddDate(0, 0, -newest)); !strings.Contains(f.Summary, says) || !strings.Contains(f.Summary, day) || len(f.Evidence) == 0 {
			t.Errorf("%s: %s %+v", account, f.Summary, f.Evidence)
		}
		if out, _, _ := cli(t, b.dir, "verdicts", "--format", "jsonl"); !strings.Contains(out, account) || strings.Contains(out, "另有0项") {
			t.Errorf("the verdicts: %s", out)
		}
	}
}
