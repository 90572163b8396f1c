package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/govsweep/govsweep"
)

// ways are the adapters, states what befalls a source; want gives for each
// adapter the grade of an account whose only source is in that state. u is
// 不合格: proven silent; q is 合格; - is 待核.
var (
	ways   = []string{"rss", "atom", "json", "rsshub", "xlsx", "csv", "manual", "page"}
	states = []string{"fresh", "silent", "blocked", "empty", "malformed", "cutoff", "gb2312", "zone", "renamed", "closed"}
	want   = map[string]string{
		//        fresh silent blocked empty malformed cutoff gb2312 zone renamed closed
		"rss": "qu----uq--", "atom": "qu----uq--", "json": "qu----uq--", "rsshub": "qu----uq--",
		"xlsx": "qu----uq--", "csv": "qu----uq--", "manual": "qu----uq--", "page": "q-----qq--",
	}
)

// source is one account with one source in one state.
type source struct {
	way, state string
	today      time.Time
}

func (s source) id() string   { return s.way + "_" + s.state }
func (s source) name() string { return "某某" + s.way + s.state }

// posted is when its newest item was published: long ago, but where the
// account is fresh.
func (s source) posted() time.Time {
	if s.state == "fresh" || s.state == "zone" {
		return s.today.Add(-2 * time.Hour)
	}
	return s.today.AddDate(0, 0, -30)
}

// feed writes the answer of a feed or route.
func (s source) feed() (status int, body string) {
	name, item := s.name(), s.posted()
	stamp := item.Format(time.RFC3339)
	if s.state == "zone" {
		stamp = strings.TrimSuffix(item.Format("2006-01-02T15:04:05"), "Z") + "Z" // Shanghai's time that calls itself UTC
	}
	if s.state == "renamed" {
		name = "另一账号"
	}
	older := item.AddDate(0, 0, -10).Format(time.RFC3339)
	switch s.way {
	case "atom":
		body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>` + name + `</title><entry><title>甲</title><updated>` + stamp + `</updated></entry><entry><title>乙</title><updated>` + older + `</updated></entry></feed>`
	case "json":
		body = `{"version":"https://jsonfeed.org/version/1.1","title":"` + name + `","items":[{"id":"1","title":"甲","date_published":"` + stamp + `"},{"id":"2","title":"乙","date_published":"` + older + `"}]}`
	default:
		body = `<rss version="2.0"><channel><title>` + name + `</title><item><title>甲</title><pubDate>` + stamp + `</pubDate></item><item><title>乙</title><pubDate>` + older + `</pubDate></item></channel></rss>`
	}
	switch s.state {
	case "blocked":
		return http.StatusForbidden, "x"
	case "empty":
		return 200, map[string]string{"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>` + name + `</title></feed>`, "json": `{"version":"https://jsonfeed.org/version/1.1","title":"` + name + `","items":[]}`,
			"rss": `<rss version="2.0"><channel><title>` + name + `</title></channel></rss>`, "rsshub": `<rss version="2.0"><channel><title>` + name + `</title></channel></rss>`}[s.way]
	case "malformed":
		return 200, "error: upstream"
	case "cutoff":
		return 200, body[:len(body)-20]
	case "gb2312":
		return 200, gbk(body)
	case "closed":
		return 200, "<html><body>该账号已注销</body></html>"
	}
	return 200, body
}

func gbk(s string) string {
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

// file writes what a platform exported, a log, or a saved page.
func (s source) file(t *testing.T, dir string) string {
	t.Helper()
	name := s.name()
	if s.state == "renamed" {
		name = "另一账号"
	}
	stamp := s.posted().Format("2006-01-02 15:04")
	if s.state == "zone" {
		stamp = s.posted().UTC().Format(time.RFC3339)
	}
	rows := [][]string{{"平台", "账号名称", "标题", "发布时间"}, {"微信", name, "甲", stamp}, {"微信", name, "乙", s.posted().AddDate(0, 0, -10).Format("2006-01-02 15:04")}}
	var body string
	switch s.state {
	case "blocked":
		body = "<html><body>环境异常，完成验证后即可继续访问</body></html>"
	case "closed":
		body = "<html><body>该公众号已自主注销</body></html>"
	case "malformed":
		body = "PK\x03\x04\x00\xff nothing"
	case "empty":
		rows = rows[:1]
	}
	ext := map[string]string{"xlsx": ".xlsx", "csv": ".csv", "manual": ".csv", "page": ".html"}[s.way]
	path := filepath.Join(dir, s.id()+ext)
	switch {
	case body != "":
	case s.way == "page" && s.state == "empty":
	case s.way == "page":
		body = fmt.Sprintf(`<html><head><meta property="og:site_name" content="微信公众平台"></head><body><h1 id="activity-name">甲</h1><script>var nickname = "%s"; var user_name = "x"; var ct = "%d";</script></body></html>`, name, s.posted().Unix())
		if s.state == "gb2312" {
			body = strings.Replace(body, fmt.Sprint(s.posted().Unix()), fmt.Sprint(s.today.Add(-time.Hour).Unix()), 1)
			body = gbk(strings.Replace(body, "<head>", `<head><meta charset="gb2312">`, 1))
		}
		if s.state == "cutoff" {
			body = body[:120]
		}
	case s.way == "xlsx":
		f := excelize.NewFile()
		defer f.Close()
		for i := range rows {
			must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &rows[i]))
		}
		must(t, f.SaveAs(path))
		if s.state != "cutoff" {
			return path
		}
		raw, err := os.ReadFile(path)
		must(t, err)
		body = string(raw[:len(raw)/2])
	default:
		for _, r := range rows {
			body += strings.Join(r, ",") + "\n"
		}
		if s.state == "cutoff" {
			body = body[:len(body)-14]
		}
		if s.state == "gb2312" {
			body = gbk(body)
		}
	}
	must(t, os.WriteFile(path, []byte(body), 0o600))
	return path
}

// TestABrokenSourceNeverMakesAnAccountStale is the control experiment: every
// adapter in every state, from the source to the verdict, twice.
func TestABrokenSourceNeverMakesAnAccountStale(t *testing.T) {
	today := time.Now().In(govsweep.Shanghai)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		way, state, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/feed/"), "/route/"), "_")
		if !ok {
			http.NotFound(w, r)
			return
		}
		status, body := source{way, state, today}.feed()
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	defer srv.Close()
	dir := t.TempDir()
	list := "平台,账号名称,账号ID,备案状态,信息来源,控制账号\n" +
		"微信,某某rssfresh,control_feed,已备案," + srv.URL + "/feed/rss_fresh,是\n" + "微信,某某rsshubfresh,control_route,已备案,rsshub:/route/rsshub_fresh,是\n"
	for _, way := range ways {
		for _, state := range states {
			s := source{way, state, today}
			at := map[string]string{"rss": srv.URL + "/feed/" + s.id(), "rsshub": "rsshub:/route/" + s.id()}
			at["atom"], at["json"] = at["rss"], at["rss"]
			list += strings.Join([]string{"微信", s.name(), s.id(), "已备案", at[way], ""}, ",") + "\n"
		}
	}
	file := filepath.Join(dir, "名录.csv")
	must(t, os.WriteFile(file, []byte(list), 0o600))
	if _, errs, code := cli(t, dir, "import", "accounts", file); code != exitDone {
		t.Fatal(errs)
	}
	for _, way := range ways[4:] {
		for _, state := range states {
			s := source{way, state, today}
			args := []string{"import", "posts", s.file(t, dir), "--through", today.Format("2006-01-02")}
			if way == "manual" {
				args = append(args, "--manual")
			}
			_, _, code := cli(t, dir, args...)
			// A challenge or a notice saved in place of a file is kept as what the source said.
			taken := slices.Contains([]string{"fresh", "silent", "gb2312", "zone"}, state) || way != "page" && (state == "blocked" || state == "closed")
			if taken != (code == exitDone) {
				t.Errorf("%s %s: import ends with %d", way, state, code)
			}
		}
	}
	first := matrix(t, dir, srv.URL)
	if again := matrix(t, dir, srv.URL); again != first {
		t.Errorf("the same sources again give\n%s\nafter\n%s", again, first)
	}
	out, _, _ := cli(t, dir, "findings", "--format", "jsonl", "--indicator", "account-stale-veto")
	if n := strings.Count(out, `"status":"proposed"`); n != strings.Count(first, " u") {
		t.Errorf("%d findings stand after two sweeps: %s", n, out)
	}
	t.Logf("q 合格, u 不合格, - 待核\n%-8s %s\n%s", "", strings.Join(states, " "), first)
}

// matrix sweeps once and gives the grades, a line an adapter; it fails on what
// is not wanted.
func matrix(t *testing.T, dir, base string) string {
	t.Helper()
	out, errs, _ := cli(t, dir, "sweep", "run", "--scope", "kind=account", "--rsshub", base, "--format", "jsonl", "--rate=-1")
	grades := map[string]string{}
	for line := range strings.Lines(out) {
		var v govsweep.Verdict
		if json.Unmarshal([]byte(line), &v) == nil {
			grades[strings.TrimPrefix(v.Target.Code, "wechat:")] = map[govsweep.Grade]string{govsweep.Qualified: "q", govsweep.Unqualified: "u", govsweep.Undecided: "-"}[v.Grade]
		}
	}
	var b strings.Builder
	for _, way := range ways {
		fmt.Fprintf(&b, "%-8s", way)
		for i, state := range states {
			got := grades[way+"_"+state]
			if got != want[way][i:i+1] {
				t.Errorf("%s %s: %q, want %q %s", way, state, got, want[way][i:i+1], errs)
			}
			fmt.Fprintf(&b, " %-*s", len(state), got)
		}
		b.WriteString("\n")
	}
	return b.String()
}
