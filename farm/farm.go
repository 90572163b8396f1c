package farm

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/miekg/dns"
)

// Options say which farm is wanted.
type Options struct {
	Seed  int64
	Sites int       // default 32
	AsOf  time.Time // 监测时间点 the pages are made for; default: the end of today
	// Wider registers sites whose domain is gone, parked, moved or closed beside
	// the cast, and plays accounts.
	Wider bool
	// Latency is how long slow answers take; default 300 ms.
	Latency time.Duration
	// Delay lies before every answer: a web whose servers, not the inspector's
	// processor, are what is waited for.
	Delay time.Duration
	// Log is told of every request as it comes in, from many goroutines; nil: nobody is.
	Log  func(host string, at time.Time)
	HTTP string // listen address, default 127.0.0.1:0
	DNS  string // listen address, default 127.0.0.1:0
}

// Farm is the made-up platform.
type Farm struct {
	opt      Options
	sites    []*site
	byHost   map[string]*site
	extra    []*site          // registered, and no sites any more
	byStray  map[string]*site // those of them at whose domain something stands
	accounts []*account
	notes    []note
	port     int
	http     net.Listener
	server   *http.Server
	names    [2]*dns.Server
	dnsAddr  string
	cert     tls.Certificate
	running  sync.WaitGroup
	mu       sync.Mutex
	asked    map[string]int // how often an address that heals was asked
}

// New makes a farm. Nothing listens yet.
func New(opt Options) (*Farm, error) {
	if opt.Sites < 0 || opt.Sites > 400 {
		return nil, fmt.Errorf("%d sites: 1 to 400 are possible", opt.Sites)
	}
	if opt.Sites == 0 {
		opt.Sites = 32
	}
	if opt.AsOf.IsZero() {
		opt.AsOf = govsweep.EndOfDay(time.Now())
	}
	if opt.Latency == 0 {
		opt.Latency = 300 * time.Millisecond
	}
	f := &Farm{opt: opt, byHost: map[string]*site{}, byStray: map[string]*site{}, asked: map[string]int{}}
	if err := f.setPort(opt.HTTP); err != nil {
		return nil, err
	}
	f.settle()
	return f, nil
}

// setPort takes the port of a fixed listen address, so that truth can be told
// without listening.
func (f *Farm) setPort(addr string) error {
	if addr == "" {
		return nil
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("listen address %q: %w", addr, err)
	}
	f.port, err = strconv.Atoi(port)
	return err
}

// Start listens: pages over HTTP and TLS on one port, names over UDP and TCP
// on another.
func (f *Farm) Start(ctx context.Context) error {
	if f.http != nil {
		return errors.New("farm is running already")
	}
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", orLoopback(f.opt.HTTP))
	if err != nil {
		return fmt.Errorf("listen for pages: %w", err)
	}
	if f.cert, err = selfSigned(); err != nil {
		ln.Close()
		return fmt.Errorf("certificate: %w", err)
	}
	if err := f.startDNS(ctx); err != nil {
		ln.Close()
		return err
	}
	f.http, f.port = ln, ln.Addr().(*net.TCPAddr).Port
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: 30 * time.Second, ErrorLog: quiet()}
	f.running.Go(func() { f.server.Serve(f.sniff(ln)) }) // returns ErrServerClosed when stopped
	return nil
}

func orLoopback(addr string) string {
	if addr == "" {
		return "127.0.0.1:0"
	}
	return addr
}

// Stop ends both servers and waits for them.
func (f *Farm) Stop() {
	if f.http == nil {
		return
	}
	f.server.Close()
	f.http.Close()
	for _, s := range f.names {
		s.Shutdown()
	}
	f.running.Wait()
	f.http = nil
}

// HTTPAddr is where pages are served: host:port.
func (f *Farm) HTTPAddr() string { return f.http.Addr().String() }

// DNSAddr is where the farm's names are answered: host:port.
func (f *Farm) DNSAddr() string { return f.dnsAddr }

// Sites gives the sites as the register knows them.
func (f *Farm) Sites() []govsweep.Site {
	out := make([]govsweep.Site, 0, len(f.sites))
	for _, s := range slices.Concat(f.sites, f.extra) {
		out = append(out, s.registered())
	}
	return out
}

// Pages counts the addresses of the farm that are pages of their own.
func (f *Farm) Pages() int {
	n := 0
	for _, s := range f.sites {
		n += len(s.paths)
	}
	return n
}
