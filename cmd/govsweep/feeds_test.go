package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/storage"
)

// sharedFeeds finds the real feeds that lie beside the repository.
func sharedFeeds(t *testing.T) string {
	t.Helper()
	root := os.Getenv("GOVSWEEP_SHARED")
	for dir := "../.."; root == "" && len(dir) < 40; dir += "/.." {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data", "feeds")); err == nil {
			root = filepath.Join(dir, "shared")
		}
	}
	folder := filepath.Join(root, "data", "feeds", "wechat")
	if _, err := os.Stat(folder); root == "" || err != nil {
		t.Skip("the real feeds (shared/data/feeds/wechat) are not beside the repository; set GOVSWEEP_SHARED")
	}
	return folder
}

// goldOfFeeds gives newest post and verdict of each feed, as read in the raw
// text of the files; see docs/accounts.md.
func goldOfFeeds(t *testing.T) map[string][2]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/feeds-2021-06-19.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][2]string{}
	for line := range strings.Lines(string(raw)) {
		part := strings.Split(strings.TrimSpace(line), "\t")
		out[part[0]] = [2]string{part[1], part[2]}
	}
	return out
}

// registerOfFeeds writes a register of the accounts the feeds are of.
func registerOfFeeds(t *testing.T, folder string, gold map[string][2]string) string {
	t.Helper()
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.Write([]string{"平台", "账号名称", "账号ID", "备案状态"}))
	for key := range gold {
		raw, err := os.ReadFile(filepath.Join(folder, key+".xml"))
		must(err)
		var feed struct {
			Title string `xml:"channel>title"`
		}
		must(xml.Unmarshal(raw, &feed))
		name, _, _ := strings.Cut(feed.Title, " |")
		must(w.Write([]string{"微信", name, key + "==", "已备案"}))
	}
	w.Flush()
	path := filepath.Join(t.TempDir(), "名录.csv")
	must(os.WriteFile(path, file.Bytes(), 0o600))
	return path
}

// TestTheRealFeedsAreJudgedRight: 67 feeds as of 2021-06-19, each with its
// newest post and its verdict; without the day they were saved none is stale.
func TestTheRealFeedsAreJudgedRight(t *testing.T) {
	folder := sharedFeeds(t)
	gold := goldOfFeeds(t)
	data := t.TempDir()
	gov := func(args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		args = append(args, "--data", data, "--as-of", "2021-06-19", "--format", "jsonl")
		if code := run(t.Context(), args, func(string) string { return "" }, &bytes.Buffer{}, &stderr); code != exitDone {
			t.Fatalf("%v: %d %s", args, code, stderr.String())
		}
	}
	gov("import", "accounts", registerOfFeeds(t, folder, gold))
	for _, c := range []struct {
		import_ []string
		want    map[string]string
	}{
		{[]string{"import", "posts", folder}, map[string]string{"qualified": "qualified", "unqualified": "undecided"}},
		{[]string{"import", "posts", folder, "--through", "2021-06-19"}, map[string]string{"qualified": "qualified", "unqualified": "unqualified"}},
	} {
		gov(c.import_...)
		gov("sweep", "run", "--scope", "kind=account", "--offline", "--fail-on", "none")
		judged, total := judgedFeeds(t, data), map[string]int{}
		t.Logf("%v\nnewest post          days  verdict      feed", c.import_[3:])
		for _, key := range slices.Sorted(maps.Keys(judged)) {
			got, want := judged[key], gold[key]
			total[got.grade]++
			t.Logf("%s  %4d  %-11s  %s %s", got.newest, got.days, got.grade, key, got.name)
			if got.newest != want[0] || got.grade != c.want[want[1]] {
				t.Errorf("%s: %+v, want %v", key, got, want)
			}
		}
		t.Logf("%d feeds: %v", len(judged), total)
		if len(judged) != 67 || len(gold) != 67 {
			t.Errorf("%d of %d judged", len(judged), len(gold))
		}
	}
}

// judgedFeed is what was said of the account of one feed.
type judgedFeed struct {
	name, newest, grade string
	days                int // from the newest post to the check point
}

// judgedFeeds gives what the last sweep said of every account.
func judgedFeeds(t *testing.T, data string) map[string]judgedFeed {
	t.Helper()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(data, "govsweep.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := db.LastSweep(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]judgedFeed{}
	err = db.EachDossier(t.Context(), s.ID, func(id govsweep.TargetID, body []byte) error {
		var d facts.Dossier
		if err := json.Unmarshal(body, &d); err != nil {
			return err
		}
		if d.Account.Newest == nil {
			return fmt.Errorf("%s has no post", id)
		}
		in, err := db.Inspection(t.Context(), govsweep.Run{Sweep: s.ID, Target: id})
		if err != nil {
			return err
		}
		key := strings.TrimSuffix(strings.TrimPrefix(string(id), "wechat:"), "==")
		at := d.Account.Newest.At
		out[key] = judgedFeed{d.Account.Account.Name, at.In(govsweep.Shanghai).Format("2006-01-02 15:04:05"), string(in.Verdict.Grade), govsweep.DaysBetween(at, d.AsOf)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
