package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// sideTown is a town of one site, swept once; papers come without the PDF.
func sideTown(t *testing.T, o *official) *townSite {
	t.Helper()
	t.Setenv("GOVSWEEP_CHROMIUM", filepath.Join(o.dir, "none"))
	s := newTownSite(t, "9900000001", "云川市甲局网站", "云川市甲局", 300)
	o.does(exitDone, "import", "sites", writeRegister(t, o.dir, s))
	return s
}

func TestADecisionIsTakenBack(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, o *official) {
		s := sideTown(t, o)
		o.sweep()
		id := o.finding(s, staleColumn).ID
		o.does(exitDone, "finding", "reject", id, "--by", "张三", "--reason", "看错了")
		o.does(exitDone, "finding", "undo", id, "--by", "张三", "--reason", "又看了一次")
		if got := o.status(id); got != govsweep.Proposed {
			t.Errorf("after undo: %s", got)
		}
		o.does(exitWrong, "finding", "undo", id, "--by", "张三")
		veto := o.finding(s, staleHome).ID
		o.types("y u n1 q", exitDone, "finding", "review", "--by", "张三", "--site", s.code) // vetoes come first
		if got := o.status(veto); got != govsweep.Rejected {
			t.Errorf("after endorse, undo, reject: %s", got)
		}
		o.confirms(s, staleColumn)
		n := o.issues(o.drafts(s).ID)
		o.does(exitWrong, "finding", "undo", id, "--by", "张三")
		o.hears("已列入通知书" + n.ID)
	})
}

func TestAStandingExemptionExcusesWhatComesAndEnds(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, o *official) {
		s := sideTown(t, o)
		s.posts(1, frontPage, noticesPage)
		o.sweep("--as-of", daysAgo(9)) // nothing is wrong yet
		other := newTownSite(t, "9900000002", "云川市乙局网站", "云川市乙局", 300)
		o.does(exitDone, "import", "sites", writeRegister(t, o.dir, s, other))
		o.sweep("--as-of", daysAgo(8))
		like := o.finding(other, staleColumn).ID
		o.does(exitWrong, "finding", "exempt", like, "--scope", "site", "--by", "张三", "--reason", "改版", "--until", daysAgo(1))
		o.does(exitDone, "finding", "exempt", like, "--scope", "site", "--by", "张三", "--reason", "改版过渡期", "--until", daysAgo(0))
		if got := o.status(like); got != govsweep.Exempted {
			t.Errorf("what stands open is %s", got)
		}
		// The same decision, made ten days ago until yesterday, about the first site.
		db, err := storage.Open(context.Background(), o.dsn, storage.Options{})
		must(t, err)
		must(t, db.SaveExemption(context.Background(), &govsweep.Exemption{Scope: govsweep.SiteScope, Target: "9900000001", Indicator: staleColumn,
			Reason: "改版过渡期", By: "张三", At: time.Now().AddDate(0, 0, -10), Until: daysAgo(1)}))
		must(t, db.Close())
		s.posts(300, noticesPage)
		o.sweep("--as-of", daysAgo(5))
		f := o.finding(s, staleColumn)
		if f.Status != govsweep.Exempted {
			t.Errorf("at birth it is %s", f.Status)
		}
		o.does(exitDone, "finding", "show", f.ID)
		o.hears("依据长期豁免")
		o.does(exitWrong, "notice", "draft", "--site", s.code, "--by", "张三")
		o.sweep()
		if got := o.status(f.ID); got != govsweep.Proposed {
			t.Errorf("after its last day it is %s", got)
		}
		o.does(exitDone, "finding", "show", f.ID)
		o.hears("豁免到期")
		if got := o.status(like); got != govsweep.Exempted {
			t.Errorf("on its last day the other is %s", got)
		}
		o.does(exitDone, "finding", "exemption", "list")
		o.hears("E1", "E2", "改版过渡期")
		o.does(exitDone, "finding", "exemption", "revoke", "E1", "--by", "李四")
		o.sweep()
		if got := o.status(like); got != govsweep.Proposed {
			t.Errorf("revoked, it is %s", got)
		}
	})
}

func TestASuspectSweepCarriesNoNoticeWithoutAnOverride(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, o *official) {
		s := sideTown(t, o)
		control := newTownSite(t, "9900000009", "对照网站", "对照", 1)
		control.breaks(true)
		o.sweep("--control", control.home)
		o.hears("存疑")
		o.confirms(s, staleColumn)
		o.does(exitWrong, "notice", "draft", "--site", s.code, "--by", "张三")
		o.hears("存疑", "对照网站", "--override")
		n := o.drafts(s, "--override", "已核对，网站正常，仅对照网站故障")
		if n.Override == nil || n.Override.By != "张三" || n.Override.Reason == "" {
			t.Errorf("the override is not kept: %+v", n.Override)
		}
		n = o.issues(n.ID)
		if o.notice(n.ID).Override == nil {
			t.Error("the override was lost at issue")
		}
		o.does(exitWrong, "report", "circular", "--out", o.dir)
		o.does(exitDone, "report", "circular", "--by", "张三", "--override", "已核对", "--out", o.dir)
	})
}

func TestAnIssuedNoticeIsAmendedAndWithdrawnByFurtherPapers(t *testing.T) {
	onBothDatabases(t, func(t *testing.T, o *official) {
		s := sideTown(t, o)
		o.sweep()
		o.confirms(s, staleHome, staleColumn)
		n := o.issues(o.drafts(s).ID)
		before := o.does(exitDone, "notice", "show", n.ID, "--format", "jsonl")
		o.does(exitWrong, "notice", "amend", n.ID, "--reason", "误列", "--by", "王五", "--out", t.TempDir())
		dir := t.TempDir()
		p := o.read(o.does(exitDone, "notice", "amend", n.ID, "--item", "2", "--reason", "该栏目已合并", "--by", "王五", "--out", dir, "--format", "jsonl"))
		o.holds(dir, o.endings()...)
		if p.Kind != govsweep.Amendment || p.Parent != n.ID || !strings.HasPrefix(p.Number, "网更〔") {
			t.Errorf("the amendment: %s %s of %s", p.Kind, p.Number, p.Parent)
		}
		n = o.notice(n.ID)
		if n.Items[1].Status != govsweep.Confirmed || o.status(n.Items[1].Finding) != govsweep.Confirmed || o.status(n.Items[0].Finding) != govsweep.Noticed {
			t.Errorf("after the amendment: %+v", n.Items)
		}
		if was := o.read(before); was.Number != n.Number || was.Items[1].Summary != n.Items[1].Summary || len(n.Items) != 2 {
			t.Error("the issued notice changed")
		}
		o.does(exitWrong, "notice", "withdraw", n.ID, "--by", "王五", "--out", dir) // no reason
		p = o.read(o.does(exitDone, "notice", "withdraw", n.ID, "--reason", "检查对象有误", "--by", "王五", "--out", dir, "--format", "jsonl"))
		if p.Kind != govsweep.Withdrawal || !strings.HasPrefix(p.Number, "网撤〔") {
			t.Errorf("the withdrawal: %s %s", p.Kind, p.Number)
		}
		if n = o.notice(n.ID); n.State != govsweep.NoticeWithdrawn || o.status(n.Items[0].Finding) != govsweep.Confirmed {
			t.Errorf("after the withdrawal: %s", n.State)
		}
		o.does(exitWrong, "notice", "answer", n.ID, "--by", "赵六", "--measures", "已改")
		o.does(exitWrong, "report", "lookback", "--notice", n.ID, "--out", dir)
		again := o.drafts(s) // what was withdrawn may be notified anew
		o.does(exitWrong, "notice", "draft", "--site", s.code, "--by", "张三")
		o.hears("已列入草稿" + again.ID)
		o.does(exitDone, "notice", "withdraw", again.ID, "--reason", "重拟", "--by", "张三")
		if n = o.issues(o.drafts(s).ID); n.Serial != 2 {
			t.Errorf("the next notice is number %d", n.Serial)
		}
	})
}
