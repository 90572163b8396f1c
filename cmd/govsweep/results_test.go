package main

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/farm"
)

// TestResultsOfASweep sweeps a farm once and reads what the contract
// promises of its results.
func TestResultsOfASweep(t *testing.T) {
	t.Parallel()
	f := startFarm(t, farm.Options{Seed: 7, Sites: 2, Latency: 20 * time.Millisecond, AsOf: time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)})
	p := newProgram(t, f)
	p.register()
	stats := filepath.Join(p.dir, "stats.json")
	sweep := []string{"--as-of", "2026-11-20", "sweep", "run", "--rate", "-1", "--parallel", "4", "--stats", stats}
	if _, code := p.run(sweep...); code != exitDone {
		t.Errorf("exit %d: these two sites have no veto", code)
	}
	for name, part := range map[string]func(*testing.T, *program){
		"contract": contractLines, "formats": otherFormats, "evidence": evidenceRoundTrip, "replay": replayChanges,
		"filters": wrongFiltersAreRefused,
	} {
		t.Run(name, func(t *testing.T) { part(t, p) })
	}
	t.Run("stats", func(t *testing.T) { statsOf(t, stats) })
	t.Run("decisions", func(t *testing.T) { decisionsStay(t, p, sweep) })
}

// wrongFiltersAreRefused: an empty answer would read as a clean site.
func wrongFiltersAreRefused(t *testing.T, p *program) {
	for _, filter := range [][]string{{"--indicator", "no-such"}, {"--site", "0000000000"}, {"--sweep", "99"}} {
		if out, code := p.run(append([]string{"findings"}, filter...)...); code != exitWrong || out != "" {
			t.Errorf("findings %v: exit %d, %q", filter, code, out)
		}
	}
}

// fields says what every line of a result carries: name to the form of its JSON.
type fields map[string]string

const (
	anyText, someText, number, boolean, list, object = `^"`, `^".`, `^-?[0-9.]+$`, `^(true|false)$`, `^\[`, `^\{`
	digest                                           = `^"sha256:[0-9a-f]{64}"$`
	moment                                           = `^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00"$`
)

func contractLines(t *testing.T, p *program) {
	target := fields{"kind": `^"site"$`, "code": anyText, "name": someText, "url": `^"http`}
	findings := p.lines(t, "findings", fields{
		"id": `^"F[0-9A-F]{12}"$`, "fingerprint": `^"[0-9a-f]{32}"$`, "sweep": `^1$`, "target": object, "indicator": someText, "book_id": someText,
		"class": `^"(veto|deduction|bonus|norm)"$`, "status": `^"proposed"$`, "url": `^"http`, "pages": list, "summary": `^".*。"$`, "clause": someText,
		"remedy": someText, "group_size": number, "evidence": list, "first_seen": moment, "last_seen": moment, "needs_review": boolean,
	})
	captured := 0
	for _, f := range findings {
		check(t, f["target"], target)
		if raw, ok := f["column"]; ok {
			check(t, raw, fields{"name": someText, "path": list, "url": `^"http`})
		}
		var evidence []json.RawMessage
		var pages []string
		must(t, json.Unmarshal(f["evidence"], &evidence))
		must(t, json.Unmarshal(f["pages"], &pages))
		for _, e := range evidence {
			check(t, e, fields{"digest": digest, "kind": `^"(page|response|list-call)"$`})
			captured++
		}
		if len(pages) == 0 || string(f["group_size"]) != string(must2(json.Marshal(len(pages)))) || len(evidence) == 0 {
			t.Errorf("%d pages, group of %s, %d captures: %s", len(pages), f["group_size"], len(evidence), f["summary"])
		}
	}
	outcomes := p.lines(t, "outcomes", fields{"target": object, "indicator": someText, "class": `^"(veto|deduction|bonus|norm)"$`,
		"status": `^"(passed|found|not-applicable|not-in-force|not-measured|broken)"$`, "findings": number})
	verdicts := p.lines(t, "verdicts", fields{"target": object, "rulebook": `^"gov-2019-19"$`, "grade": `^"(qualified|unqualified|undecided)"$`, "vetoes": list, "open": list})
	coverage := p.lines(t, "coverage", fields{"target": object, "pages": object, "reasons": object, "complete": boolean, "suspect": boolean})
	for _, c := range coverage {
		check(t, c["pages"], fields{"read": number, "blocked": number, "unread": number, "truncated": number, "skipped": number})
	}
	if len(verdicts) != 2 || len(coverage) != 2 || len(outcomes) < 100 || len(findings) < 20 {
		t.Errorf("%d verdicts, %d coverages, %d outcomes, %d findings", len(verdicts), len(coverage), len(outcomes), len(findings))
	}
	t.Logf("contract section 4: %d findings with %d captures, %d outcomes, %d verdicts, %d coverages: every field", len(findings), captured, len(outcomes), len(verdicts), len(coverage))
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// lines gives the objects a command prints and checks every one.
func (p *program) lines(t *testing.T, command string, want fields) []map[string]json.RawMessage {
	t.Helper()
	out, code := p.run(command, "--format", "jsonl")
	if code != exitDone {
		t.Errorf("%s: exit %d", command, code)
	}
	var all []map[string]json.RawMessage
	for line := range strings.Lines(out) {
		all = append(all, check(t, json.RawMessage(line), want))
	}
	return all
}

func check(t *testing.T, raw json.RawMessage, want fields) map[string]json.RawMessage {
	t.Helper()
	var got map[string]json.RawMessage
	must(t, json.Unmarshal(raw, &got))
	for name, form := range want {
		if v, ok := got[name]; !ok || !regexp.MustCompile(form).Match(v) {
			t.Errorf("field %s is %s, want %s, in %.300s", name, v, form, raw)
		}
	}
	return got
}

func otherFormats(t *testing.T, p *program) {
	want := len(p.findings())
	out, _ := p.run("findings", "--format", "csv")
	rows, bad := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if bad != nil || len(rows) != want+1 {
		t.Errorf("csv: %d rows of %d: %v", len(rows)-1, want, bad)
	}
	out, _ = p.run("findings", "--format", "xlsx")
	if !strings.HasPrefix(out, "PK\x03\x04") {
		t.Errorf("xlsx: %.20q", out)
	}
	out, _ = p.run("findings", "--format", "table")
	if strings.Count(out, "\n") < want || !strings.Contains(out, "编号") {
		t.Errorf("table: %.300s", out)
	}
	out, _ = p.run("findings", "--format", "sarif")
	var sarif struct {
		Version string
		Runs    []struct{ Results []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(out), &sarif); err != nil || sarif.Version != "2.1.0" || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) < want {
		t.Errorf("sarif %s: %v, %.200s", sarif.Version, err, out)
	}
	out, _ = p.run("findings", "--format", "junit")
	var suites struct {
		Suites []struct {
			Failures int `xml:"failures,attr"`
		} `xml:"testsuite"`
	}
	err, failures := xml.Unmarshal([]byte(out), &suites), 0
	for _, s := range suites.Suites {
		failures += s.Failures
	}
	if err != nil || len(suites.Suites) != 2 || failures == 0 {
		t.Errorf("junit: %v, %.200s", err, out)
	}
	for _, other := range []string{"outcomes", "verdicts", "coverage"} {
		for _, format := range []string{"table", "csv", "xlsx", "jsonl"} {
			if out, code := p.run(other, "--format", format); code != exitDone || len(out) < 50 {
				t.Errorf("%s as %s: exit %d, %q", other, format, code, out)
			}
		}
		if _, code := p.run(other, "--format", "sarif"); code != exitWrong {
			t.Errorf("%s as sarif: exit %d", other, code)
		}
	}
}

func evidenceRoundTrip(t *testing.T, p *program) {
	rows := p.evidence(t)
	for _, d := range rows {
		body, code := p.run("evidence", "show", d)
		if sum := sha256.Sum256([]byte(body)); code != exitDone || "sha256:"+hex.EncodeToString(sum[:]) != d {
			t.Errorf("%s: exit %d, its bytes are %x", d, code, sum)
		}
	}
	if out, code := p.run("evidence", "verify"); code != exitDone || !strings.Contains(out, "有问题的0份") {
		t.Errorf("verify: exit %d, %s", code, out)
	}
	if _, code := p.run("evidence", "show", "sha256:"+strings.Repeat("0", 64)); code != exitWrong {
		t.Errorf("an unknown digest: exit %d", code)
	}
	if _, code := p.run("evidence", "show", "nonsense"); code != exitWrong {
		t.Errorf("no digest: exit %d", code)
	}
	gone := strings.TrimPrefix(rows[0], "sha256:")
	must(t, os.Rename(filepath.Join(p.dir, "evidence", "body", gone[:2], gone[2:]+".zst"), filepath.Join(p.dir, "gone")))
	if out, err := p.command("evidence", "verify").Output(); err == nil || !strings.Contains(string(out), gone) || !strings.Contains(string(out), "有问题的1份") {
		t.Errorf("verify after a loss: %v, %s", err, out)
	}
	must(t, os.Rename(filepath.Join(p.dir, "gone"), filepath.Join(p.dir, "evidence", "body", gone[:2], gone[2:]+".zst")))
	t.Logf("evidence: %d captures, every one shown byte for byte as its sha256 says", len(rows))
}

// evidence lists up to twenty digests.
func (p *program) evidence(t *testing.T) []string {
	out, _ := p.run("evidence", "list", "--format", "jsonl")
	var all []string
	for line := range strings.Lines(out) {
		var row struct{ Digest string }
		must(t, json.Unmarshal([]byte(line), &row))
		all = append(all, row.Digest)
	}
	if len(all) < 10 {
		t.Fatalf("only %d captures", len(all))
	}
	return all[:min(len(all), 20)]
}

func replayChanges(t *testing.T, p *program) {
	same, code := p.run("rules", "replay", "--rulebook", "gov-2019-19", "--format", "jsonl")
	if code != exitDone || same != "" {
		t.Errorf("the same rulebook: exit %d, %s", code, same)
	}
	src, err := os.ReadFile("../../rules/rulebooks/gov-2019-19.yaml")
	must(t, err)
	stricter := regexp.MustCompile(`count_gte: \d+`).ReplaceAll(src, []byte("count_gte: 1"))
	name := filepath.Join(t.TempDir(), "stricter.yaml")
	must(t, os.WriteFile(name, stricter, 0o644))
	changed, code := p.run("rules", "replay", "--rulebook", name, "--format", "jsonl")
	if code != exitDone || strings.Count(changed, "\n") == 0 || !strings.Contains(changed, `"grade":"`) {
		t.Errorf("a stricter rulebook: exit %d, %s", code, changed)
	}
	words, _ := p.run("rules", "replay", "--rulebook", name, "--format", "table")
	if !strings.Contains(words, "→ 不合格") {
		t.Errorf("a stricter rulebook in words: %s", words)
	}
	t.Logf("replay: %s", strings.TrimSpace(words))
}

func statsOf(t *testing.T, name string) {
	raw, err := os.ReadFile(name)
	must(t, err)
	check(t, raw, fields{"pages": number, "bytes": number, "requests": number, "not_modified": number, "rendered": number, "wall_s": number, "cpu_s": number, "peak_rss_mb": number})
}

// decisionsStay decides about findings and sweeps again.
func decisionsStay(t *testing.T, p *program, sweep []string) {
	var ids []string
	for _, line := range p.findings()[:4] {
		var f govsweep.Finding
		must(t, json.Unmarshal([]byte(line), &f))
		ids = append(ids, f.ID)
	}
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitDone, []string{"confirm", ids[0], "--by", "王某"}},
		{exitDone, []string{"reject", ids[1], "--by", "王某", "--reason", "不属实"}},
		{exitWrong, []string{"exempt", ids[2], "--by", "王某"}},
		{exitWrong, []string{"exempt", ids[2], "--by", "王某", "--reason", "改版", "--until", "2026-13-01"}},
		{exitDone, []string{"exempt", ids[2], "--by", "王某", "--reason", "改版", "--until", "2099-12-31"}},
		{exitDone, []string{"confirm", ids[3], "--by", "王某"}},
		{exitDone, []string{"reopen", ids[3], "--by", "李某", "--reason", "未整改"}},
		{exitWrong, []string{"confirm", "F000000000000", "--by", "王某"}},
		{exitWrong, []string{"confirm", ids[0]}},
	} {
		if _, code := p.run(append([]string{"finding"}, c.args...)...); code != c.code {
			t.Errorf("finding %s: exit %d, want %d", strings.Join(c.args, " "), code, c.code)
		}
	}
	want := map[string]string{ids[0]: "confirmed", ids[1]: "rejected", ids[2]: "exempted", ids[3]: "reopened"}
	if d := cmp.Diff(want, p.statuses(t, ids)); d != "" {
		t.Errorf("statuses (-want +got):\n%s", d)
	}
	p.run(sweep...)
	if d := cmp.Diff(want, p.statuses(t, ids)); d != "" {
		t.Errorf("statuses after another sweep (-want +got):\n%s", d)
	}
}

func (p *program) statuses(t *testing.T, ids []string) map[string]string {
	got := map[string]string{}
	for _, id := range ids {
		out, _ := p.run("finding", "show", id)
		var f govsweep.Finding
		must(t, json.Unmarshal([]byte(out), &f))
		got[id] = string(f.Status)
	}
	return got
}
