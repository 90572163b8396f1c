package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jmoiron/sqlx"

	"github.com/govsweep/govsweep"
)

// offline runs the program in a folder of its own, with no database, and
// wants that it leaves nothing there.
func offline(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	out, errs, code := cli(t, dir, args...)
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("%v made a data directory: %v", args, err)
	}
	return out + errs, code
}

func TestANoticeComesWithEvidenceThatTheOtherSideCanCheck(t *testing.T) {
	t.Setenv("GOVSWEEP_CHROMIUM", filepath.Join(t.TempDir(), "none"))
	var newest atomic.Int64
	newest.Store(300)
	home, _ := officeSite(t, &newest)
	dir, sent := t.TempDir(), t.TempDir()
	do := func(want int, args ...string) string {
		t.Helper()
		out, errs, code := cli(t, dir, args...)
		if code != want {
			t.Fatalf("%v: exit %d, want %d: %s%s", args, code, want, out, errs)
		}
		return out + errs
	}
	register := filepath.Join(t.TempDir(), "sites.csv")
	must(t, os.WriteFile(register, []byte("网站标识码,网站名称,首页网址,类型,层级,主办单位,主管单位\n9900000001,某某市人民政府,"+home+",门户,市级,某某市人民政府办公室,某某市人民政府\n"), 0o644))
	do(exitDone, "import", "sites", register)
	do(exitDone, "inspect", home, "--rate", "-1", "--fail-on", "none")
	id := staleFinding(t, dir)
	do(exitDone, "finding", "confirm", id, "--by", "张三", "--reason", "查实")
	do(exitDone, "notice", "draft", "--finding", id, "--by", "张三", "--site", "9900000001")
	said := do(exitDone, "notice", "issue", "N1", "--by", "李四", "--out", sent)
	found, err := filepath.Glob(filepath.Join(sent, "*.zip"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v: %s", found, said)
	}
	if _, err := os.Stat(strings.TrimSuffix(found[0], ".zip") + ".docx"); err != nil {
		t.Errorf("the bundle is not called as the notice: %v", err)
	}
	told := regexp.MustCompile(`清单校验值 (sha256:[0-9a-f]{64})`).FindStringSubmatch(said)
	if told == nil {
		t.Fatalf("no manifest digest was told: %s", said)
	}
	digest := told[1]
	out, code := offline(t, "evidence", "verify", found[0], "--manifest", digest)
	if code != exitDone || !strings.Contains(out, "核验通过") || !strings.Contains(out, "文书文件4个") {
		t.Errorf("exit %d: %s", code, out)
	}
	t.Log(out)
	warc := unzipped(t, found[0], "data.warc.gz")
	if out, code := offline(t, "check", warc, "--format", "jsonl", "--fail-on", "none"); code != exitDone && code != exitUnseen || !strings.Contains(out, `"pages":{"read":1`) {
		t.Errorf("the bundle judged again: exit %d: %s", code, out)
	}

	again := filepath.Join(t.TempDir(), "again")
	if said := do(exitDone, "notice", "show", "N1", "--out", again); !strings.Contains(said, digest) {
		t.Errorf("given out again, the manifest is another one: %s", said)
	}
	file := filepath.Join(t.TempDir(), "b.zip")
	if said := do(exitDone, "evidence", "export", "--notice", "N1", "--out", file); !strings.Contains(said, digest) {
		t.Errorf("exported, the manifest is another one: %s", said)
	}
	do(exitDone, "evidence", "export", "--finding", id, "--out", file)
	do(exitDone, "evidence", "export", "--sweep", "1", "--out", file)
	if out, code := offline(t, "evidence", "verify", file); code != exitDone {
		t.Errorf("a sweep: exit %d: %s", code, out)
	}

	damagedBundlesAreRefused(t, found[0], file)
	listedAndShown(t, dir, id)
	missingEvidenceIsNamed(t, dir, id, file)
}

func damagedBundlesAreRefused(t *testing.T, notice, sweep string) {
	raw := must2(os.ReadFile(notice))
	dir := t.TempDir()
	put := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, b, 0o644))
		return path
	}
	flipped := append([]byte(nil), raw...)
	flipped[len(flipped)-800] ^= 1
	for name, c := range map[string]struct {
		want int
		word string
		args []string
	}{
		"one byte changed":           {exitFindings, "核验不通过", []string{put("flipped.zip", flipped)}},
		"its first byte changed":     {exitFindings, "核验不通过", []string{put("head.zip", append([]byte{raw[0] ^ 1}, raw[1:]...))}},
		"cut short":                  {exitFindings, "字节处中断", []string{put("torn.zip", raw[:len(raw)-200])}},
		"no bundle":                  {exitFindings, "不是证据包", []string{put("text.zip", []byte("this is a text"))}},
		"empty":                      {exitFindings, "不是证据包", []string{put("empty.zip", nil)}},
		"not there":                  {exitWrong, "不存在", []string{filepath.Join(dir, "none.zip")}},
		"another bundle":             {exitFindings, "不是同一份证据包", []string{sweep, "--manifest", "sha256:" + strings.Repeat("0", 64)}},
		"one of two damaged":         {exitFindings, "核验通过", []string{notice, put("flipped.zip", flipped)}},
		"a digest for two":           {exitWrong, "一个证据包", []string{notice, sweep, "--manifest", "sha256:" + strings.Repeat("0", 64)}},
		"a digest and no bundle":     {exitWrong, "一起使用", []string{"--manifest", "sha256:" + strings.Repeat("0", 64)}},
		"a digest that is no digest": {exitWrong, "不正确", []string{notice, "--manifest", "abc"}},
	} {
		t.Run(name, func(t *testing.T) {
			if out, code := offline(t, append([]string{"evidence", "verify"}, c.args...)...); code != c.want || !strings.Contains(out, c.word) {
				t.Errorf("exit %d, want %d; %s, want %q", code, c.want, out, c.word)
			}
		})
	}
}

func listedAndShown(t *testing.T, dir, id string) {
	out, errs, _ := cli(t, dir, "evidence", "list", "--finding", id, "--format", "jsonl")
	notice, _, _ := cli(t, dir, "evidence", "list", "--notice", "N1", "--format", "jsonl")
	var row struct {
		Digest string
		Length int64
	}
	first, _, _ := strings.Cut(out, "\n")
	if err := json.Unmarshal([]byte(first), &row); err != nil || notice != out {
		t.Fatalf("%v: %s%s, of the notice %s", err, out, errs, notice)
	}
	file := filepath.Join(t.TempDir(), "page.html")
	if _, errs, code := cli(t, dir, "evidence", "show", row.Digest, "--out", file); code != exitDone {
		t.Fatal(errs)
	}
	if body := must2(os.ReadFile(file)); govsweep.DigestOf(body).String() != row.Digest || int64(len(body)) != row.Length {
		t.Errorf("%d bytes of digest %s, want %d of %s", len(body), govsweep.DigestOf(body), row.Length, row.Digest)
	}
}

func missingEvidenceIsNamed(t *testing.T, dir, id, file string) {
	out, _, _ := cli(t, dir, "evidence", "list", "--finding", id, "--format", "jsonl")
	var row struct{ Digest, URL string }
	first, _, _ := strings.Cut(out, "\n")
	must(t, json.Unmarshal([]byte(first), &row))
	name := strings.TrimPrefix(row.Digest, "sha256:")
	must(t, os.Remove(filepath.Join(dir, "evidence", "body", name[:2], name[2:]+".zst")))
	must(t, os.Remove(file))
	for _, what := range [][]string{{"--notice", "N1"}, {"--finding", id}, {"--sweep", "1"}} {
		args := append([]string{"evidence", "export", "--out", file}, what...)
		_, errs, code := cli(t, dir, args...)
		if code != exitInternal || !strings.Contains(errs, row.Digest) || !strings.Contains(errs, row.URL) {
			t.Errorf("%v: exit %d: %s", what, code, errs)
		}
	}
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("a bundle was written: %v", err)
	}
	_, errs, code := cli(t, dir, "evidence", "export", "--sweep", "1", "--out", file, "--partial")
	if code != exitDone {
		t.Fatalf("partial: exit %d: %s", code, errs)
	}
	if said, code := offline(t, "evidence", "verify", file); code != exitDone || !strings.Contains(said, "不完整") || !strings.Contains(said, row.Digest) {
		t.Errorf("partial: exit %d: %s", code, said)
	}
	again := filepath.Join(t.TempDir(), "again")
	if _, errs, code := cli(t, dir, "notice", "show", "N1", "--out", again); code != exitDone || !strings.Contains(errs, "未生成证据包") {
		t.Errorf("documents of a notice whose evidence is gone: exit %d: %s", code, errs)
	}
}

func TestSecrecyIsNeverExported(t *testing.T) {
	t.Parallel()
	var newest atomic.Int64
	newest.Store(300)
	home, _ := officeSite(t, &newest)
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "b.zip")
	cli(t, dir, "inspect", home, "--rate", "-1", "--fail-on", "none")
	id := staleFinding(t, dir)
	out, _, _ := cli(t, dir, "evidence", "list", "--finding", id, "--format", "jsonl")
	var row struct{ Digest, URL string }
	first, _, _ := strings.Cut(out, "\n")
	must(t, json.Unmarshal([]byte(first), &row))

	raw := must2(sqlx.Open("sqlite", filepath.Join(dir, "govsweep.db")))
	for _, change := range []string{
		`UPDATE findings SET indicator = 'secret-leak-site-veto' WHERE id = $1`,
		`UPDATE sightings SET body = replace(body, '"column-stale"', '"secret-leak-site-veto"') WHERE fingerprint = (SELECT fingerprint FROM findings WHERE id = $1)`,
	} {
		must2(raw.Exec(change, id))
	}
	must(t, raw.Close())

	for _, args := range [][]string{{"evidence", "export", "--finding", id, "--out", file}, {"evidence", "list", "--finding", id}} {
		if _, errs, code := cli(t, dir, args...); code != exitWrong || !strings.Contains(errs, "涉及保密") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
	if out, errs, code := cli(t, dir, "evidence", "list", "--format", "jsonl"); code != exitDone || strings.Contains(out, row.Digest) || !strings.Contains(errs, "涉及保密，按规定不列出") {
		t.Errorf("the list of all: exit %d: %s%s", code, out, errs)
	}
	if out, errs, code := cli(t, dir, "evidence", "show", row.Digest); code != exitWrong || out != "" || !strings.Contains(errs, "涉及保密") {
		t.Errorf("the capture itself: exit %d, %d bytes: %s", code, len(out), errs)
	}
	_, errs, code := cli(t, dir, "evidence", "export", "--sweep", "1", "--out", file)
	if code != exitDone || !strings.Contains(errs, "涉及保密的问题1项") {
		t.Fatalf("exit %d: %s", code, errs)
	}
	body := string(must2(os.ReadFile(file)))
	if strings.Contains(body, row.Digest) || strings.Contains(body, row.URL+"\",\n   \"at\"") || strings.Contains(body, id) {
		t.Error("the page of secrecy is in the bundle, or named by it")
	}
}

// unzipped takes one file out of a bundle.
func unzipped(t *testing.T, bundle, name string) string {
	t.Helper()
	z := must2(zip.OpenReader(bundle))
	defer z.Close()
	f := must2(z.Open(name))
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, must2(io.ReadAll(f)), 0o644))
	return path
}
