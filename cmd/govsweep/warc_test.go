package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sweep"
)

// record is one record of a WARC file.
func record(kind, url, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-08-27T02:00:00Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, len(block), block)
}

func answer(body string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
}

func gzipped(t *testing.T, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func readText(t *testing.T, text string) ([]string, error) {
	path := filepath.Join(t.TempDir(), "x.warc")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := readWARC(path, func(s sweep.Saved) { got = append(got, s.URL+" "+string(s.Body)) })
	return got, err
}

func TestWARCGivesItsPages(t *testing.T) {
	plain := record("warcinfo", "", "software: x") + record("response", "<http://a.gov.cn/>", answer("<p>甲")) +
		record("request", "http://a.gov.cn/b", "GET /b") + record("response", "http://a.gov.cn/b.html", answer("<p>乙"))
	for name, text := range map[string]string{
		"plain": plain, "no empty line at the end": strings.TrimRight(plain, "\r\n"), "one member": gzipped(t, plain),
		"a member a record": gzipped(t, record("response", "http://a.gov.cn/", answer("<p>甲"))) + gzipped(t, record("response", "http://a.gov.cn/b.html", answer("<p>乙"))),
	} {
		got, err := readText(t, text)
		if want := "http://a.gov.cn/ <p>甲|http://a.gov.cn/b.html <p>乙"; err != nil || strings.Join(got, "|") != want {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestBrokenWARCSaysSo(t *testing.T) {
	whole := record("response", "http://a.gov.cn/", answer("<p>甲"))
	packed := gzipped(t, whole+whole)
	for name, text := range map[string]string{
		"cut in a header":       whole + "WARC/1.0\r\nWARC-Type: resp",
		"cut in a block":        whole[:len(whole)-8],
		"cut in the packing":    packed[:len(packed)-12],
		"no WARC":               "<!DOCTYPE html><p>x</p>\n\n",
		"length below zero":     strings.Replace(whole, "Content-Length: ", "Content-Length: -", 1),
		"a line without end":    "WARC/1.0 " + strings.Repeat("a", 1<<20),
		"packed without end":    gzipped(t, "WARC/1.0\r\nX: "+strings.Repeat("a", 64<<20)),
		"fields without end":    "WARC/1.0\r\n" + strings.Repeat("X: y\r\n", 1<<16) + "\r\n",
		"length it cannot hold": strings.Replace(whole, "Content-Length: ", "Content-Length: 9", 1),
	} {
		if _, err := readText(t, text); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%s: got %v, want a fault of the file", name, err)
		}
	}
}
