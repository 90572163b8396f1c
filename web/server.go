package web

import (
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

//go:embed static templates
var files embed.FS

// Config is what a Server is made of. Its fields are set once.
type Config struct {
	Users      Users
	Results    Results
	Log        Log
	Operations Operations
	Sessions   scs.CtxStore   // asked with the request's context only
	TLS        bool           // the pages are served by TLS, here or by a proxy
	Proxies    []netip.Prefix // whose X-Forwarded-For is believed
	Now        func() time.Time
	Logger     *slog.Logger
}

// Server answers for the pages and the API.
type Server struct {
	Config
	pages    *templates
	hasher   *access.Hasher
	sessions *scs.SessionManager
	limits   *limits
	refused  refusals
}

// Bounds of a session and of a request.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = 30 * time.Minute
	mostBody    = 64 << 10
)

// New gives the handler of everything below /.
func New(c Config) (http.Handler, error) {
	pages, err := readTemplates()
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, pages: pages, hasher: access.NewHasher(), limits: newLimits(c.Now)}
	m := scs.New()
	m.Store, m.HashTokenInStore, m.Lifetime = c.Sessions, true, sessionLife
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Persist = "govsweep", true, http.SameSiteLaxMode, false
	if c.TLS {
		m.Cookie.Name, m.Cookie.Secure = "__Host-govsweep", true
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, err) }
	s.sessions = m
	return s.handler()
}

func (s *Server) handler() (http.Handler, error) {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	for _, route := range routes() {
		mux.Handle(route.method+" "+route.path, s.page(route))
	}
	mux.Handle("/", s.page(route{handle: func(*Server, http.ResponseWriter, *http.Request) error {
		return &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这个页面。"}
	}}))
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, http.StatusForbidden, "请求来自其他网站，已拒绝。")
	}))
	return s.outer(cross.Handler(s.sessions.LoadAndSave(mux))), nil
}

// outer sets the headers of every answer and bounds every request.
func (s *Server) outer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if s.TLS {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !s.limits.allow(s.address(r)) {
			h.Set("Retry-After", "5")
			s.answer(w, r, http.StatusTooManyRequests, "请求过于频繁，请稍后再试。")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		next.ServeHTTP(w, r)
	})
}
