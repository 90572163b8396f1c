package service

import (
	"net"
	"net/netip"
	"testing"

	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/internal/fakedns"
)

func TestControlSitesAreReachedByTheNameServerAndGuardOfACrawl(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { l.Close() })
	_, port, err := net.SplitHostPort(l.Addr().String())
	must(t, err)
	w := new(fakedns.World)
	w.Zone(t, "test", "@ NS ns\nns A 127.0.0.1\nwww.control.gov A 127.0.0.1\n")
	o := crawler.Options{Resolver: "127.0.0.1:" + w.Start(t, "127.0.0.1")}
	home := "http://www.control.gov.test:" + port + "/"
	if Reach(t.Context(), o, home) == nil {
		t.Error("the guard let the network of the machine be dialled")
	}
	o.AllowNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	must(t, Reach(t.Context(), o, home))
	if Reach(t.Context(), o, "http://gone.gov.test:"+port+"/") == nil {
		t.Error("a name the name server does not know was reached")
	}
}
