package evidence_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
)

var seen = time.Date(2026, 11, 20, 9, 30, 0, 123e6, govsweep.Shanghai)

// aBundle is a notice with n captures: one under two addresses, one with the
// header of its answer, one whose bytes are odd.
func aBundle(t testing.TB, store *evidence.Store, n int) *evidence.Bundle {
	t.Helper()
	b := &evidence.Bundle{Title: "网改〔2026〕3号 云川市人民政府门户网站", Enclose: true, Sweep: 3,
		Notice: &evidence.BundleNotice{ID: "N3", Number: "网改〔2026〕3号", Kind: "notice", Site: "云川市人民政府门户网站", Issued: "2026-11-21"}}
	put := func(body string) govsweep.Digest {
		d, err := store.Put([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for i := range n {
		body := fmt.Sprintf("<html><title>第%d页</title>%s</html>", i, strings.Repeat("信息公开 <a href=/>首页</a>\n", i%40))
		c := govsweep.Capture{Kind: govsweep.PageCapture, URL: fmt.Sprintf("http://www.yunchuan.gov.cn/zwgk/%04d.html", i),
			At: seen.Add(time.Duration(i) * time.Second), MediaType: "text/html", Charset: "utf-8", Length: int64(len(body)), Sweep: 3, Target: "1507830002"}
		switch i {
		case 1:
			c.Header = []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n")
		case 2:
			body, c.URL, c.MediaType, c.Length = "\x00\xff\r\n\r\nWARC/1.1\r\n", "http://www.yunchuan.gov.cn/a b\r\nWARC-Type: x?\xff", "bad\r\ntype", 16
		}
		c.Digest = put(body)
		b.Captures = append(b.Captures, c)
		b.Items = append(b.Items, evidence.BundleItem{No: i + 1, Finding: fmt.Sprintf("f%d", i), Indicator: "column-stale", URL: c.URL, Evidence: []string{c.Digest.String()}})
	}
	again := b.Captures[0]
	again.URL, again.At = again.URL+"?v=2", seen.Add(time.Hour)
	b.Captures = append(b.Captures, again, b.Captures[0])
	for _, name := range []string{"网改〔2026〕3号.docx", "网改〔2026〕3号.html"} {
		body := "document " + name
		b.Documents = append(b.Documents, govsweep.Document{Name: name, Digest: put(body).String(), Length: int64(len(body))})
	}
	return b
}

func export(t testing.TB, n int) (*evidence.Exported, []byte, string) {
	t.Helper()
	store, err := evidence.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "b.zip")
	x, err := store.Export(t.Context(), path, aBundle(t, store, n), false)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return x, raw, path
}

func checked(t testing.TB, raw []byte) *evidence.Checked {
	t.Helper()
	c, err := evidence.CheckBundle(context.Background(), bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestABundleIsWhatWasPutIn(t *testing.T) {
	x, raw, path := export(t, 5)
	c := checked(t, raw)
	if len(c.Faults) != 0 || c.Records != 6 || c.Digest != x.Digest || c.Size != int64(len(raw)) || x.Size != c.Size {
		t.Fatalf("%d records of 6, %v, %d of %d bytes", c.Records, c.Faults, c.Size, len(raw))
	}
	kinds := map[string]int{}
	for _, e := range c.Manifest.Captures {
		kinds[e.Record]++
	}
	if fmt.Sprint(kinds) != "map[resource:4 response:1 revisit:1]" {
		t.Error(kinds)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestTheFormOfABundleStands holds the bytes of form 1: bundles written years
// ago are read by writing their headers again. Whoever breaks this test makes
// a new form and keeps this one.
func TestTheFormOfABundleStands(t *testing.T) {
	x, _, _ := export(t, 5)
	if got, want := x.Digest.String(), formDigest; got != want {
		t.Errorf("the same captures give the manifest digest %s, used to give %s", got, want)
	}
	again, _, _ := export(t, 5)
	if again.Digest != x.Digest {
		t.Error("two exports differ")
	}
}

const formDigest = "sha256:ec9ef6acb283d2cede17f3ed19614c5727edf236a4e4b779a603d2f6a5c79aa4"

func TestEveryByteOfABundleCounts(t *testing.T) {
	_, raw, _ := export(t, 4)
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(raw); i += step {
		bit := byte(1) << (i % 8)
		raw[i] ^= bit
		if c := checked(t, raw); len(c.Faults) == 0 {
			t.Fatalf("byte %d of %d flipped, and nothing noticed", i, len(raw))
		}
		raw[i] ^= bit
	}
	if c := checked(t, raw); len(c.Faults) != 0 {
		t.Fatal("the test left a mark")
	}
	t.Logf("%d bytes, %d flipped one by one: all noticed", len(raw), (len(raw)+step-1)/step)
}

func TestAnyTamperingIsNoticed(t *testing.T) {
	_, raw, _ := export(t, 4)
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(raw)
		at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		switch rapid.SampledFrom([]string{"flip", "cut", "insert", "drop", "swap", "append"}).Draw(t, "how") {
		case "flip":
			b[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "with"))
		case "cut":
			b = b[:at]
		case "insert":
			b = append(b[:at:at], append([]byte{rapid.Byte().Draw(t, "byte")}, b[at:]...)...)
		case "drop":
			b = append(b[:at:at], b[at+1:]...)
		case "swap":
			to := rapid.IntRange(0, len(b)-1).Draw(t, "to")
			b[at], b[to] = b[to], b[at]
		case "append":
			b = append(b, rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "more")...)
		}
		if bytes.Equal(b, raw) {
			return
		}
		c, err := evidence.CheckBundle(context.Background(), bytes.NewReader(b))
		if err != nil || len(c.Faults) == 0 {
			t.Fatalf("not noticed: %v", err)
		}
	})
}

func TestATornBundleSaysWhere(t *testing.T) {
	_, raw, _ := export(t, 4)
	for at := 100; at < len(raw); at += 97 {
		c := checked(t, raw[:at])
		last := c.Faults[len(c.Faults)-1]
		if !strings.Contains(last.Why, fmt.Sprintf("第%d字节处中断", at)) {
			t.Fatalf("cut at %d: %v", at, c.Faults)
		}
	}
}

// resealed changes one file of a bundle and mends the checksums around it, as
// someone would who wants it to pass.
func resealed(t *testing.T, raw []byte, change func(name string, body []byte) (string, []byte)) []byte {
	t.Helper()
	var out, dir []byte
	var count uint16
	le := binary.LittleEndian
	for at := 0; string(raw[at:at+4]) == "PK\x03\x04"; {
		size, n := int(le.Uint32(raw[at+18:])), int(le.Uint16(raw[at+26:]))
		name, body := change(string(raw[at+30:at+30+n]), bytes.Clone(raw[at+30+n:at+30+n+size]))
		head := bytes.Clone(raw[at : at+30])
		at += 30 + n + size
		if name == "" {
			continue
		}
		le.PutUint32(head[14:], crc32.ChecksumIEEE(body))
		le.PutUint32(head[18:], uint32(len(body)))
		le.PutUint32(head[22:], uint32(len(body)))
		le.PutUint16(head[26:], uint16(len(name)))
		dir = append(append(dir, "PK\x01\x02\x14\x03"...), head[4:]...)
		dir = append(dir, 0, 0, 0, 0, 0, 0, 0, 0, 0xa4, 0x81)
		dir = append(le.AppendUint32(dir, uint32(len(out))), name...)
		out = append(append(append(out, head...), name...), body...)
		count++
	}
	size, start := len(dir), len(out)
	out = append(append(out, dir...), "PK\x05\x06\x00\x00\x00\x00"...)
	out = le.AppendUint16(le.AppendUint16(out, count), count)
	return append(le.AppendUint32(le.AppendUint32(out, uint32(size)), uint32(start)), 0, 0)
}

func TestHostileBundlesAreRefusedWithThePlace(t *testing.T) {
	_, raw, _ := export(t, 4)
	if c := checked(t, resealed(t, raw, func(n string, b []byte) (string, []byte) { return n, b })); len(c.Faults) != 0 {
		t.Fatalf("resealing alone breaks it: %v", c.Faults)
	}
	in := func(file string, f func([]byte) []byte) func(string, []byte) (string, []byte) {
		return func(n string, b []byte) (string, []byte) {
			if n == file {
				b = f(b)
			}
			return n, b
		}
	}
	swap := func(file, old, new string) func(string, []byte) (string, []byte) {
		return in(file, func(b []byte) []byte {
			if !bytes.Contains(b, []byte(old)) {
				t.Fatalf("%s has no %q", file, old)
			}
			return bytes.Replace(b, []byte(old), []byte(new), 1)
		})
	}
	for name, c := range map[string]struct {
		change func(string, []byte) (string, []byte)
		want   string
	}{
		"another text of explanation":         {swap("说明.txt", "证据包", "证据句"), "说明.txt"},
		"another address in the manifest":     {swap("manifest.json", "zwgk/0003.html\",\n   \"at\"", "zwgk/0009.html\",\n   \"at\""), "第6条记录"},
		"another time in the manifest":        {swap("manifest.json", "T09:30:03.123", "T09:30:04.123"), "第"},
		"another media type in the manifest":  {swap("manifest.json", "\"media_type\": \"text/html\"", "\"media_type\": \"text/xhtm\""), "记录头"},
		"a length of the manifest":            {swap("manifest.json", "\"length\": 3", "\"length\": 4"), "第"},
		"a field nobody knows":                {swap("manifest.json", "\"items\"", "\"more\": 1,\n \"items\""), "manifest.json"},
		"a field twice":                       {swap("manifest.json", "\"sweep\": 3", "\"sweep\": 3,\n \"sweep\": 3"), "manifest.json"},
		"another form":                        {swap("manifest.json", "govsweep-bundle/1", "govsweep-bundle/2"), "govsweep-bundle/2"},
		"a document that climbs out":          {swap("manifest.json", "网改〔2026〕3号.docx", "../../etc/passwd"), "第1个文件"},
		"a document with a drive":             {swap("manifest.json", "网改〔2026〕3号.docx", "C:x.docx"), "第1个文件"},
		"two documents of one name":           {swap("manifest.json", "网改〔2026〕3号.docx", "网改〔2026〕3号.html"), "第2个文件"},
		"evidence of an item that is unknown": {in("manifest.json", unknownEvidence), "不在清单中"},
		"a manifest of empty items":           {in("manifest.json", func([]byte) []byte { return []byte(`{"items":[` + strings.Repeat("{},", 1<<20) + `{}]}`) }), "空条目过多"},
		"a manifest of empty strings": {in("manifest.json", func([]byte) []byte {
			return []byte(`{"items":[{"evidence":[` + strings.Repeat(`"",`, 1<<20) + `""]}]}`)
		}), "空条目过多"},
		"a manifest nested deep":        {in("manifest.json", func([]byte) []byte { return bytes.Repeat([]byte("["), 1<<20) }), "manifest.json"},
		"another document":              {in("documents/网改〔2026〕3号.docx", func(b []byte) []byte { return append(b, 'x') }), "网改〔2026〕3号.docx"},
		"an archive of zeros":           {in("data.warc.gz", func([]byte) []byte { return make([]byte, 1000) }), "第1条记录"},
		"an archive with a record more": {in("data.warc.gz", func(b []byte) []byte { return append(b, bomb(t, 100)...) }), "清单以外"},
		"an archive that is a bomb":     {in("data.warc.gz", func([]byte) []byte { return bomb(t, 64<<20) }), "第1条记录"},
		"an archive cut short":          {in("data.warc.gz", func(b []byte) []byte { return b[:len(b)-30] }), "损坏"},
		"a file more": {func(n string, b []byte) (string, []byte) {
			if n == "data.warc.gz" {
				n = "../../evil.exe"
			}
			return n, b
		}, "data.warc.gz"},
		"no document": {func(n string, b []byte) (string, []byte) {
			return strings.TrimSuffix(n, "documents/网改〔2026〕3号.docx"), b
		}, "文件头"},
		"no manifest": {func(n string, b []byte) (string, []byte) { return strings.TrimSuffix(n, "manifest.json"), b }, "manifest.json"},
		"the same twice": {func(n string, b []byte) (string, []byte) {
			return strings.Replace(n, ".html", ".docx", 1), b
		}, "文件头"},
	} {
		t.Run(name, func(t *testing.T) {
			before := heap()
			got := checked(t, resealed(t, raw, c.change))
			if len(got.Faults) == 0 || !strings.Contains(fmt.Sprint(got.Faults), c.want) {
				t.Errorf("%v, want %q", got.Faults, c.want)
			}
			if grown := heap() - before; grown > 300<<20 {
				t.Errorf("%d MB allocated", grown>>20)
			}
		})
	}
}

// TestWordsOfTheManifestRestOnItsDigest says what checksums cannot: who
// writes other words about an item and mends everything around them passes,
// but under another manifest digest than the letter names.
func TestWordsOfTheManifestRestOnItsDigest(t *testing.T) {
	x, raw, _ := export(t, 4)
	c := checked(t, resealed(t, raw, func(n string, b []byte) (string, []byte) {
		return n, bytes.Replace(b, []byte(`"indicator": "column-stale"`), []byte(`"indicator": "column-blank"`), 1)
	}))
	if len(c.Faults) != 0 || c.Digest == x.Digest {
		t.Errorf("%v, digest %s", c.Faults, c.Digest)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func unknownEvidence(b []byte) []byte {
	at := bytes.Index(b, []byte("\"evidence\": [")) + 40
	b[at] ^= 1
	return b
}

func TestMissingCapturesAreNamed(t *testing.T) {
	store, err := evidence.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b, path := aBundle(t, store, 4), filepath.Join(t.TempDir(), "b.zip")
	gone := b.Captures[3]
	gone.Digest[0] ^= 1
	b.Captures[3], b.Items[3].Evidence = gone, []string{gone.Digest.String()}
	_, err = store.Export(t.Context(), path, b, false)
	var lost *evidence.MissingError
	if !errors.As(err, &lost) || len(lost.Captures) != 1 || lost.Captures[0].Digest != gone.Digest || !strings.Contains(err.Error(), gone.Digest.String()) {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file was written all the same")
	}
	if _, err := store.Export(t.Context(), path, b, true); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if c := checked(t, raw); len(c.Faults) != 0 || len(c.Manifest.Missing) != 1 || c.Records != 4 {
		t.Errorf("%v, %d missing, %d records", c.Faults, len(c.Manifest.Missing), c.Records)
	}
}

// TestAnIndependentReaderAgrees lets Python's own zip, gzip and SHA-256 read
// the archive by the letter of ISO 28500.
func TestAnIndependentReaderAgrees(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here: the records were NOT held against an independent reader")
	}
	x, _, path := export(t, 50)
	out, err := exec.Command(python, "testdata/readbundle.py", path).CombinedOutput()
	want := fmt.Sprintf("manifest %s\n52 records, 52 gzip members, 0 faults\n", x.Digest)
	if err != nil || string(out) != want {
		t.Errorf("%v: %s, want %s", err, out, want)
	}
}

func FuzzReadABundle(f *testing.F) {
	_, raw, _ := export(f, 3)
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c := checked(t, b)
		if len(c.Faults) == 0 && !bytes.Equal(b, raw) {
			t.Logf("another bundle that is whole: %d bytes", len(b))
		}
	})
}

// FuzzReadTheInside mends the checksums around what is changed, so that the
// manifest and the archive are read.
func FuzzReadTheInside(f *testing.F) {
	_, raw, _ := export(f, 2)
	f.Add("manifest.json", 40, []byte("x"))
	f.Add("data.warc.gz", 40, []byte("x"))
	f.Fuzz(func(t *testing.T, file string, at int, with []byte) {
		same := true
		b := resealed(t, raw, func(n string, b []byte) (string, []byte) {
			if n == file && len(b) > 0 && at >= 0 {
				was := bytes.Clone(b)
				copy(b[at%len(b):], with)
				same = bytes.Equal(was, b)
			}
			return n, b
		})
		if c := checked(t, b); len(c.Faults) == 0 && !same && file == "data.warc.gz" {
			got := unpacked(t, b)
			if !bytes.Equal(got, unpacked(t, raw)) {
				t.Errorf("another archive passed")
			}
		}
	})
}

// TestTwoThousandCaptures measures; the ceiling is far above what it takes.
func TestTwoThousandCaptures(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 bodies are synced to the disk one by one")
	}
	store, err := evidence.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b, path := aBundle(t, store, 2000), filepath.Join(t.TempDir(), "b.zip")
	began, before := time.Now(), heap()
	x, err := store.Export(t.Context(), path, b, false)
	if err != nil {
		t.Fatal(err)
	}
	wrote, grown := time.Since(began), heap()-before
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	began, before = time.Now(), heap()
	c, err := evidence.CheckBundle(t.Context(), f)
	if err != nil || len(c.Faults) != 0 || c.Records != 2001 {
		t.Fatalf("%v %v", err, c)
	}
	t.Logf("2,000 captures, %d bytes unpacked, file %d bytes: written in %v (allocated in all %d MB), checked in %v (%d MB)",
		c.Manifest.Archive.Length, x.Size, wrote.Round(time.Millisecond), grown>>20, time.Since(began).Round(time.Millisecond), (heap()-before)>>20)
	if took := time.Since(began); took > 2*time.Minute {
		t.Errorf("%v", took)
	}
}

// bomb is a gzip member of n zeros.
func bomb(t testing.TB, n int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(make([]byte, n)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked reads the archive of a bundle with the standard library.
func unpacked(t testing.TB, raw []byte) []byte {
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open("data.warc.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
