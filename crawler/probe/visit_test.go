package probe_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/probe"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

func prober() *probe.Prober {
	return &probe.Prober{Options: crawler.Options{AllowNet: loopback, Timeout: 2 * time.Second}}
}

func serve(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL + "/"
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// closedPort is a port of loopback where nothing listens.
func closedPort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String() + "/"
}

func TestAVisitSaysWhatHappened(t *testing.T) {
	slow := make(chan struct{})
	t.Cleanup(func() { close(slow) })
	never := func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-slow:
		case <-r.Context().Done():
		}
	}
	half := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "half")
		w.(http.Flusher).Flush()
		never(w, r)
	}
	for name, test := range map[string]struct {
		url     string
		result  govsweep.ProbeResult
		failure govsweep.Failure
		status  int
	}{
		"a home page that opens":               {serve(t, answer(200, "首页")), govsweep.ProbeOpened, "", 200},
		"a redirect is followed":               {serve(t, hop), govsweep.ProbeOpened, "", 200},
		"redirects without end":                {serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }), govsweep.ProbeFailed, govsweep.FailLoop, 0},
		"a server error is not the home page":  {serve(t, answer(502, "")), govsweep.ProbeFailed, "", 502},
		"a home page that is not there":        {serve(t, answer(404, "")), govsweep.ProbeFailed, "", 404},
		"access refused may be refused to us":  {serve(t, answer(403, "")), govsweep.ProbeDoubtful, "", 403},
		"asked too often is ours":              {serve(t, answer(429, "")), govsweep.ProbeUnmeasured, "", 429},
		"nothing listens":                      {closedPort(t), govsweep.ProbeFailed, govsweep.FailRefused, 0},
		"no answer within the time":            {serve(t, never), govsweep.ProbeFailed, govsweep.FailTimeout, 0},
		"a body that does not end in the time": {serve(t, half), govsweep.ProbeFailed, govsweep.FailTimeout, 200},
		"an address the guard forbids":         {"http://192.168.7.7/", govsweep.ProbeUnmeasured, govsweep.FailGuard, 0},
		"a redirect to one": {serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		}), govsweep.ProbeUnmeasured, govsweep.FailGuard, 0},
		"a port of another protocol": {"http://127.0.0.1:22/", govsweep.ProbeUnmeasured, govsweep.FailGuard, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, page := prober().Visit(t.Context(), probe.Request{Target: "T", Series: govsweep.Availability, URL: test.url})
			if v.Result != test.result || v.Failure != test.failure || v.Status != test.status {
				t.Errorf("%s %q %d (%s), want %s %q %d", v.Result, v.Failure, v.Status, v.Cause, test.result, test.failure, test.status)
			}
			if (v.Cause == "") != (v.Result == govsweep.ProbeOpened) || strings.Contains(v.Cause, "169.254") {
				t.Errorf("cause %q", v.Cause)
			}
			if v.Result == govsweep.ProbeOpened && (string(page.Body) != "首页" || v.Family != 4 || v.FirstByte <= 0 || v.Total < v.FirstByte || v.Bytes != 6 || v.Address != "127.0.0.1") {
				t.Errorf("%+v with %q", v, page.Body)
			}
		})
	}
}

func hop(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" {
		http.Redirect(w, r, "/index.html", http.StatusFound)
		return
	}
	fmt.Fprint(w, "首页")
}

func TestARedirectIsNamed(t *testing.T) {
	url := serve(t, hop)
	v, page := prober().Visit(t.Context(), probe.Request{URL: url})
	if v.FinalURL != url+"index.html" || len(page.Hops) != 1 || page.Hops[0].Status != 302 {
		t.Errorf("ends at %q over %v", v.FinalURL, page.Hops)
	}
}

func TestOneVisitUsesOneFamily(t *testing.T) {
	l, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 on loopback here: ", err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: answer(200, "六")}}
	s.Start()
	defer s.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	url := "http://localhost:" + port + "/" // has an address of each family; only ::1 listens
	six, page := prober().Visit(t.Context(), probe.Request{URL: url, Family: probe.V6, Address: netip.MustParseAddr("::1")})
	if six.Result != govsweep.ProbeOpened || six.Family != 6 || string(page.Body) != "六" {
		t.Errorf("over IPv6: %s, family %d, %s", six.Result, six.Family, six.Cause)
	}
	four, _ := prober().Visit(t.Context(), probe.Request{URL: url, Family: probe.V4, Address: netip.MustParseAddr("127.0.0.1")})
	if four.Failure != govsweep.FailRefused || four.Family != 4 {
		t.Errorf("over IPv4: %q, family %d", four.Failure, four.Family)
	}
	if v, _ := prober().Visit(t.Context(), probe.Request{URL: "http://127.0.0.1:" + port + "/", Family: probe.V6}); v.Failure != govsweep.FailDNS {
		t.Errorf("an IPv4 address over IPv6 gave %q", v.Failure)
	}
}

func TestACertificateIsReadAndItsFaultNamed(t *testing.T) {
	now := time.Now()
	later := now.AddDate(0, 0, 90)
	root, rootKey := issue(t, "root", nil, nil, now.Add(-time.Hour), now.Add(time.Hour), nil)
	middle, middleKey := issue(t, "middle", root, rootKey, now.Add(-time.Hour), now.Add(time.Hour), nil)
	pool := x509.NewCertPool()
	pool.AddCert(root)
	loop := []net.IP{net.ParseIP("127.0.0.1")}
	for name, test := range map[string]struct {
		from, to time.Time
		ips      []net.IP
		by       *x509.Certificate
		key      *ecdsa.PrivateKey
		also     []*x509.Certificate
		faults   []govsweep.CertFault
	}{
		"whole chain":          {now.Add(-time.Hour), later, loop, middle, middleKey, []*x509.Certificate{middle}, nil},
		"straight from a root": {now.Add(-time.Hour), later, loop, root, rootKey, nil, nil},
		"middle not sent":      {now.Add(-time.Hour), later, loop, middle, middleKey, nil, []govsweep.CertFault{govsweep.CertChain}},
		"expired":              {now.Add(-time.Hour), now.Add(-time.Second), loop, root, rootKey, nil, []govsweep.CertFault{govsweep.CertExpired}},
		"not yet":              {now.Add(time.Hour), later, loop, root, rootKey, nil, []govsweep.CertFault{govsweep.CertNotYet}},
		"another name":         {now.Add(-time.Hour), later, []net.IP{net.ParseIP("127.0.0.9")}, root, rootKey, nil, []govsweep.CertFault{govsweep.CertName}},
		"signed by itself":     {now.Add(-time.Hour), later, loop, nil, nil, nil, []govsweep.CertFault{govsweep.CertSelf}},
		"expired, another name, signed by itself": {now.Add(-time.Hour), now.Add(-time.Second), []net.IP{net.ParseIP("127.0.0.9")}, nil, nil, nil,
			[]govsweep.CertFault{govsweep.CertExpired, govsweep.CertName, govsweep.CertSelf}},
		"expired and middle not sent":          {now.Add(-time.Hour), now.Add(-time.Second), loop, middle, middleKey, nil, []govsweep.CertFault{govsweep.CertExpired, govsweep.CertChain}},
		"ends within thirty days":              {now.Add(-time.Hour), now.AddDate(0, 0, 29), loop, root, rootKey, nil, []govsweep.CertFault{govsweep.CertExpiring}},
		"signed by itself, ends within thirty": {now.Add(-time.Hour), now.AddDate(0, 0, 29), loop, nil, nil, nil, []govsweep.CertFault{govsweep.CertSelf, govsweep.CertExpiring}},
	} {
		t.Run(name, func(t *testing.T) {
			leaf, key := issue(t, "leaf", test.by, test.key, test.from, test.to, test.ips)
			chain := [][]byte{leaf.Raw}
			for _, c := range test.also {
				chain = append(chain, c.Raw)
			}
			s := httptest.NewUnstartedServer(answer(200, "首页"))
			s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: chain, PrivateKey: key}}}
			s.StartTLS()
			defer s.Close()
			p := prober()
			p.Roots = pool
			v, _ := p.Visit(t.Context(), probe.Request{URL: s.URL + "/"})
			if v.Result != govsweep.ProbeOpened || v.Cert == nil || v.TLS <= 0 {
				t.Fatalf("%s %s cert %v", v.Result, v.Cause, v.Cert)
			}
			gravest := append(test.faults, "")[0]
			if v.Cert.Fault != gravest || !slices.Equal(v.Cert.Faults, test.faults) || v.Cert.Sent != len(chain) || !v.Cert.NotAfter.Equal(leaf.NotAfter) {
				t.Errorf("faults %q of %d certificates until %v, want %q", v.Cert.Faults, v.Cert.Sent, v.Cert.NotAfter, test.faults)
			}
		})
	}
}

func issue(t *testing.T, name string, by *x509.Certificate, byKey *ecdsa.PrivateKey, from, to time.Time, ips []net.IP) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(from.UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: from, NotAfter: to,
		IPAddresses: ips, IsCA: ips == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	if by == nil {
		by, byKey = c, key
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	return out, key
}

func TestAShieldCountsNowhereAndAnErrorPageIsDoubtful(t *testing.T) {
	for r, want := range map[govsweep.Response]govsweep.ProbeResult{
		govsweep.Content: govsweep.ProbeOpened, govsweep.Shell: govsweep.ProbeOpened, govsweep.Truncated: govsweep.ProbeOpened,
		govsweep.Challenge: govsweep.ProbeUnmeasured, govsweep.ErrorPage: govsweep.ProbeDoubtful, govsweep.Soft404: govsweep.ProbeDoubtful,
	} {
		v := govsweep.ProbeVisit{Status: 200, Result: govsweep.ProbeOpened}
		if probe.Settle(&v, r, "页面提示维护"); v.Result != want || v.Response != r {
			t.Errorf("%s counts as %s, want %s", r, v.Result, want)
		}
	}
	v := govsweep.ProbeVisit{Failure: govsweep.FailTimeout, Result: govsweep.ProbeFailed}
	if probe.Settle(&v, govsweep.Content, ""); v.Result != govsweep.ProbeFailed {
		t.Error("half a page that looks well opened a site that did not open")
	}
	v = govsweep.ProbeVisit{Status: 502, Result: govsweep.ProbeFailed}
	if probe.Settle(&v, govsweep.ErrorPage, ""); v.Result != govsweep.ProbeFailed {
		t.Error("a server error became doubtful")
	}
}
