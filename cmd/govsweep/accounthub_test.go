package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// behindAHub registers the two feeds of a bureau as routes of a service.
func behindAHub(t *testing.T) *bureau {
	b := newBureau(t)
	b.routes()
	return b
}

func (b *bureau) routes() {
	b.t.Helper()
	mustOut(b.t, b.dir, "import", "accounts", b.file("路由.csv", "平台,账号名称,账号ID,信息来源\n"+
		"微信,某某发布,wx1,rsshub:/feed/wx1\n微信,对照发布,wx2,rsshub:/feed/wx2\n"))
}

func TestAnAccountBehindAServiceIsRetestedAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	b := behindAHub(t)
	id := b.stale("wechat:wx1", "--rsshub", b.url)
	for range 3 { // each takes the address over from the one before
		b.retests(id, exitFindings, "复查未通过", "证据：sha256:")
	}
	b.newest.Store(1)
	b.retests(id, exitDone, "复查通过", "账号已更新，最新一条信息“第1天的信息”")
}

func TestANoticeToAnAccountBehindAServiceIsClosedByItsProof(t *testing.T) {
	t.Parallel()
	b := behindAHub(t)
	f := b.stale("wechat:wx1", "--rsshub", b.url)
	b.does(exitDone, "finding", "confirm", f, "--by", "张三", "--reason", "已核对")
	b.does(exitDone, "finding", "confirm", f, "--by", "李四", "--reason", "已核对")
	n := b.read(b.does(exitDone, "notice", "draft", "--site", "wechat:wx1", "--by", "张三", "--format", "jsonl"))
	n = b.read(b.does(exitDone, "notice", "issue", n.ID, "--by", "王五", "--out", t.TempDir(), "--format", "jsonl"))
	b.does(exitFindings, "notice", "answer", n.ID, "--by", "赵六", "--measures", "已安排更新", "--rsshub", b.url)
	b.does(exitFindings, "notice", "retest", n.ID, "--by", "赵六")
	b.newest.Store(1)
	b.does(exitDone, "notice", "retest", n.ID, "--by", "赵六")
	if n = b.notice(n.ID); n.State != govsweep.NoticeClosed || len(n.Items[0].Retest.Proof) == 0 {
		t.Errorf("%s, %+v", n.State, n.Items[0].Retest)
	}
}

func TestARetestTakesTheAddressOfTheServiceFromWhoSaysIt(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]func(b *bureau) (options []string){
		"the command line": func(b *bureau) []string { return []string{"--rsshub", b.url} },
		"the configuration file": func(b *bureau) []string {
			must(t, os.WriteFile(filepath.Join(b.dir, "govsweep.yaml"), []byte("rsshub: "+b.url+"\n"), 0o600))
			return nil
		},
		"the last sweep over accounts that was given one": func(b *bureau) []string {
			cli(t, b.dir, "sweep", "run", "--scope", "kind=account", "--scope", "id=wechat:wx2", "--rate", "-1", "--rsshub", b.url)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBureau(t)
			id := b.stale("wechat:wx1") // by its feed: this sweep knows of no service
			b.routes()
			options := says(b)
			b.newest.Store(1)
			b.retestsWith(options, id, exitDone, "复查通过", "第1天的信息")
		})
	}
}

func TestTheAddressOfTheServiceInTheConfigurationFileIsUsedByEverySweepOverAccounts(t *testing.T) {
	t.Parallel()
	b := behindAHub(t)
	must(t, os.WriteFile(filepath.Join(b.dir, "govsweep.yaml"), []byte("rsshub: "+b.url+"\n"), 0o600))
	b.retests(b.stale("wechat:wx1"), exitFindings, "复查未通过")
	if out := mustOut(t, b.dir, "accounts", "list", "--check", "--format", "table"); strings.Contains(out, "没有设置聚合服务") {
		t.Error(out)
	}
}

func TestAnAddressOfAServiceThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	b := behindAHub(t)
	for _, wrong := range []string{"notaurl", "ftp://127.0.0.1/", "http://", "https://某 某"} {
		for _, command := range [][]string{{"sweep", "run", "--scope", "kind=account"}, {"accounts", "list", "--check"}} {
			_, errs, code := cli(t, b.dir, append(command, "--rsshub", wrong)...)
			if code != exitWrong || !strings.Contains(errs, "聚合服务的地址“"+wrong+"”不正确，应如 https://rsshub.example.gov.cn") {
				t.Errorf("%v %s: exit %d %s", command, wrong, code, errs)
			}
		}
	}
	if _, faults := parseFile([]byte("rsshub: notaurl\n")); !strings.Contains(strings.Join(faults, ""), "第1行键“rsshub”：聚合服务的地址“notaurl”不正确") {
		t.Error(faults)
	}
}
