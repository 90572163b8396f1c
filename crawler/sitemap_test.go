package crawler

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func packed(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSitemapVectors(t *testing.T) {
	urls, nested, err := ReadSitemap(sharedFile(t, "sitemap/sitemap.xml"))
	if want := []string{"http://HOST/", "http://HOST/tools/", "http://HOST/contribution-to-oss/", "http://HOST/page-1/"}; err != nil || nested != nil || !slices.Equal(urls, want) {
		t.Errorf("%v %v %v", urls, nested, err)
	}
	urls, nested, err = ReadSitemap(packed(t, sharedFile(t, "sitemap/sitemap-index.xml")))
	if err != nil || urls != nil || len(nested) != 3 || nested[2] != "http://www.example.com/sitemap3.xml.gz" {
		t.Errorf("%v %v %v", urls, nested, err)
	}
}

func TestSitemapForms(t *testing.T) {
	gbk := append([]byte(`<?xml version="1.0" encoding="gb2312"?><urlset><!-- `+"\xcd\xf8\xd5\xbe\xb5\xd8\xcd\xbc"+` <loc>http://x/no</loc> -->`), "<url><loc>http://x/a?b=1&amp;c=2</loc></url></urlset>"...)
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"charset, entity and comment": {string(gbk), []string{"http://x/a?b=1&c=2"}},
		"prefix and CDATA":            {"<s:urlset><s:url><s:loc>\n<![CDATA[http://x/a]]></s:loc><image:image><image:loc>http://x/i.jpg</image:loc></image:image></s:url></s:urlset>", []string{"http://x/a"}},
		"mark and text":               {"\xef\xbb\xbfhttp://x/a\r\nhttp://x/b\r\nrubbish\r\n", []string{"http://x/a", "http://x/b"}},
		"cut off":                     {"<urlset><url><loc>http://x/a</loc></url><url><loc>http://x/b", []string{"http://x/a"}},
	} {
		if urls, _, err := ReadSitemap([]byte(c.body)); err != nil || !slices.Equal(urls, c.want) {
			t.Errorf("%s: %q %v", name, urls, err)
		}
	}
	for _, body := range []string{"<html><body>404</body></html>", "nothing here", "\x1f\x8b\x00broken"} {
		if urls, nested, err := ReadSitemap([]byte(body)); !errors.Is(err, ErrSitemap) || len(urls)+len(nested) > 0 {
			t.Errorf("%q: %v %v %v", body, urls, nested, err)
		}
	}
}

func TestSitemapBombStaysSmall(t *testing.T) {
	bomb := Bomb(GzipHead)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := ReadSitemap(bomb)
	runtime.ReadMemStats(&after)
	grown := (after.TotalAlloc - before.TotalAlloc) >> 20
	t.Logf("%d KB that unpack to 1 GB: %d MB allocated, %v", len(bomb)>>10, grown, err)
	if !errors.Is(err, errRatio) || grown > 32 {
		t.Errorf("%d MB, %v", grown, err)
	}
}

func TestSitemapIsBoundedInEntries(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range sitemapURLs + 10 {
		fmt.Fprintf(&b, "<url><loc>http://x/%d</loc></url>", i)
	}
	if urls, _, _ := ReadSitemap([]byte(b.String())); len(urls) != sitemapURLs {
		t.Errorf("%d entries", len(urls))
	}
}

func FuzzReadSitemap(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>http://x/a</loc></url></urlset>"))
	f.Add([]byte("<sitemapindex><sitemap><loc><![CDATA[http://x/a]]>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		urls, nested, _ := ReadSitemap(b)
		if len(urls)+len(nested) > sitemapURLs {
			t.Error("more than the bound")
		}
	})
}
