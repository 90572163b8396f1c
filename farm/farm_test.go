package farm

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

var testDay = time.Date(2026, 11, 21, 23, 59, 59, 0, govsweep.Shanghai)

// planted makes a farm and serves it until the test ends.
func started(t *testing.T, opt Options) *Farm {
	t.Helper()
	if opt.AsOf.IsZero() {
		opt.AsOf = testDay
	}
	opt.Latency = time.Millisecond
	f, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Stop)
	return f
}

// client asks the farm whatever the host's name is.
func client(f *Farm) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, f.HTTPAddr())
			},
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func fetch(t *testing.T, c *http.Client, url string) (int, []byte) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatalf("get %s: %v", url, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, body
	}
	return resp.StatusCode, body
}

func TestEnoughIsPlantedUnderEverySeed(t *testing.T) {
	for _, seed := range []int64{1, 2, 3, 7, 20261121} {
		f, err := New(Options{Seed: seed, AsOf: testDay, HTTP: "127.0.0.1:18080"})
		if err != nil {
			t.Fatal(err)
		}
		n := map[string]int{}
		for _, tr := range f.Truth() {
			n[tr.Kind]++
		}
		if n[Planted] < 600 || n[LookAlike] < n[Planted] {
			t.Errorf("seed %d: %d planted, %d look-alikes", seed, n[Planted], n[LookAlike])
		}
		t.Logf("seed %d: %v, %d addresses", seed, n, f.Pages())
	}
}

func TestTheSameSeedGivesTheSameFarm(t *testing.T) {
	page := func(seed int64) []byte {
		f, err := New(Options{Seed: seed, AsOf: testDay, HTTP: "127.0.0.1:18080"})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteTruth(&b, f.Truth()); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(page(5), page(5)) {
		t.Error("two farms of one seed differ")
	}
	if bytes.Equal(page(5), page(6)) {
		t.Error("another seed gives the same farm")
	}
}

func TestEveryHomePageIsServed(t *testing.T) {
	f := started(t, Options{Seed: 3})
	c := client(f)
	for _, s := range f.sites {
		if s.trouble == busyOnce || s.secure || s.unreachable() || s.trouble == challenged {
			continue
		}
		status, body := fetch(t, c, s.at("/"))
		if status != 200 || len(body) < 2000 {
			t.Errorf("%s (%s): status %d, %d bytes", s.host, s.role, status, len(body))
		}
	}
}
