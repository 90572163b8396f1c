package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/web"
)

// world is results and operations in memory; every text is the same one.
type world struct {
	now      time.Time // when the world stood still, whatever the machine's clock says since
	text     string
	commands []string
}

const password = "正确的马和电池订书钉"

func (f *world) sites() []govsweep.Site {
	return []govsweep.Site{{ID: "1000000001", Code: "1000000001", Name: "甲" + f.text, URL: "http://a.example/" + f.text, Host: "甲局", Region: f.text, Level: f.text},
		{ID: "1000000002", Code: "1000000002", Name: "乙" + f.text, URL: "http://b.example/", Host: "乙局"}}
}

func (f *world) sw() govsweep.Sweep {
	return govsweep.Sweep{ID: 7, Kind: "sweep", Scope: f.text, Rulebook: f.text, AsOf: f.now, Started: f.now, State: govsweep.SweepRunning}
}

func (f *world) Sweeps(context.Context) ([]govsweep.Sweep, error) {
	return []govsweep.Sweep{f.sw()}, nil
}

func (f *world) Sweep(_ context.Context, id int64) (*govsweep.Sweep, error) {
	if id != 7 {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这次检查。"}
	}
	s := f.sw()
	return &s, nil
}

func (f *world) SweepCounts(context.Context, int64) (map[govsweep.SweepState]int, error) {
	return map[govsweep.SweepState]int{govsweep.SweepDone: 3, govsweep.SweepWaiting: 1}, nil
}

func (f *world) Leases(context.Context, int64, time.Time) ([]govsweep.Lease, error) {
	return []govsweep.Lease{{Sweep: 7, Target: govsweep.Target{Name: f.text}, Owner: f.text, Until: f.now}}, nil
}

func (f *world) SweepHealth(context.Context, int64) (*govsweep.SweepHealth, error) {
	return &govsweep.SweepHealth{Sweep: 7, Controls: []govsweep.Control{{URL: f.text, Why: f.text}}}, nil
}

func (f *world) Verdicts(context.Context, int64) ([]govsweep.Verdict, error) {
	var out []govsweep.Verdict
	for _, s := range f.sites() {
		out = append(out, govsweep.Verdict{Target: s.Target(), Sweep: 7, Grade: govsweep.Qualified, Reason: f.text})
	}
	for _, a := range f.accounts() {
		out = append(out, govsweep.Verdict{Target: a.Target(), Sweep: 7, Grade: govsweep.Undecided, Reason: f.text})
	}
	return out, nil
}

func (f *world) Verdict(_ context.Context, of govsweep.Run) (*govsweep.Verdict, error) {
	all, err := f.Verdicts(context.Background(), of.Sweep)
	for i := range all {
		if all[i].Target.ID == of.Target {
			return &all[i], err
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有判定。"}
}

func (f *world) findings() []govsweep.Finding {
	var out []govsweep.Finding
	for i, s := range f.sites() {
		out = append(out, govsweep.Finding{ID: []string{"F1", "F2"}[i], Target: s.Target(), Summary: f.text, URL: f.text, Clause: f.text, BookID: f.text, Status: govsweep.Proposed})
	}
	for i, a := range f.accounts() {
		out = append(out, govsweep.Finding{ID: []string{"A1", "A2", "A3"}[i], Target: a.Target(), Summary: f.text, URL: f.text, Clause: f.text, BookID: f.text, Status: govsweep.Proposed})
	}
	return out
}

func (f *world) Finding(_ context.Context, id string) (*govsweep.Finding, error) {
	for _, x := range f.findings() {
		if x.ID == id {
			return &x, nil
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有这个问题，" + id}
}

func (f *world) Site(_ context.Context, id govsweep.TargetID) (*govsweep.Site, error) {
	for _, x := range f.sites() {
		if x.ID == id {
			return &x, nil
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有网站" + string(id)}
}

func (f *world) accounts() []govsweep.Account {
	return []govsweep.Account{{ID: "wechat:1", Media: govsweep.WeChat, Number: "1", Name: "甲发布" + f.text, Host: "甲局", Certified: f.text, Region: f.text, Level: f.text,
		Sources: []govsweep.MediaSource{{Kind: govsweep.FeedSource, Address: "https://feed.example/secret"}}},
		{ID: "wechat:2", Media: govsweep.WeChat, Number: "2", Name: "乙发布" + f.text, Host: "乙局"}, {ID: "wechat:3", Media: govsweep.WeChat, Number: "3", Name: "乙下属"}}
}

func (f *world) Account(_ context.Context, id govsweep.TargetID) (*govsweep.Account, error) {
	for _, x := range f.accounts() {
		if x.ID == id {
			return &x, nil
		}
	}
	return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "没有账号" + string(id)}
}

func (f *world) AccountsPage(_ context.Context, units []string, after govsweep.TargetID, limit int) (out []govsweep.Account, _ error) {
	for _, x := range f.accounts() {
		if x.ID > after && (units == nil || slices.Contains(units, x.Host)) && (limit == 0 || len(out) < limit) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (f *world) LastDoneSweeps(context.Context) (map[string]time.Time, error) {
	return map[string]time.Time{"sweep": f.now.Add(-3 * time.Hour), govsweep.AccountSweep: f.now.Add(-5 * 24 * time.Hour)}, nil
}

func (f *world) LastJudged(context.Context, govsweep.TargetID) (*govsweep.Sweep, error) {
	s := f.sw()
	return &s, nil
}

func (f *world) FindingsPage(_ context.Context, _ int64, target govsweep.TargetID, _ string, _ int) (out []govsweep.Finding, _ string, _ error) {
	for _, x := range f.findings() {
		if target == "" || x.Target.ID == target {
			out = append(out, x)
		}
	}
	return out, "", nil
}

func (f *world) SitesPage(_ context.Context, after govsweep.TargetID, limit int) (out []govsweep.Site, _ error) {
	for _, x := range append(f.sites(), govsweep.Site{ID: "host:dead.test.cn", Name: "dead.test.cn", URL: "http://dead.test.cn/"}) { // probed, not registered
		if x.ID > after && len(out) < limit {
			out = append(out, x)
		}
	}
	return out, nil
}

func (f *world) AuditPage(context.Context, int64, int) ([]govsweep.AuditLine, error) {
	return []govsweep.AuditLine{{Seq: 1, At: f.now, By: f.text, Via: f.text, Event: f.text, Subject: f.text, Detail: f.text},
		{Seq: 1, At: f.now, By: "张三", Via: "127.0.0.1", Event: "hours.save", Subject: "region=某某市"}}, nil
}

func (f *world) AuditHead(context.Context) (govsweep.AuditHead, error) {
	return govsweep.AuditHead{Lines: 1, Digest: f.text}, nil
}

func (f *world) Schedules(context.Context) ([]web.Schedule, error) {
	run := &govsweep.ScheduleRun{Schedule: "每夜", Due: f.now, State: govsweep.RunDone, Note: f.text}
	return []web.Schedule{{Schedule: govsweep.Schedule{Name: "每夜", Kind: govsweep.FullSchedule, When: "每日 02:00", Note: f.text, Scope: []string{f.text}, Sample: f.text, Window: f.text, Blackout: []string{f.text}, Paused: true}, Last: run, Success: f.now.Add(-3 * time.Hour)},
		{Schedule: govsweep.Schedule{Name: "b/" + f.text, Kind: govsweep.FullSchedule, When: f.text}, Next: f.now},
		{Schedule: govsweep.Schedule{Name: "c", Kind: govsweep.FullSchedule, When: f.text}, Fault: f.text}}, nil
}

func (f *world) Runs(context.Context, string, int) ([]govsweep.ScheduleRun, error) {
	return []govsweep.ScheduleRun{{Schedule: "每夜", Due: f.now, State: govsweep.RunFailed, Note: f.text, Sweep: 7}}, nil
}

func (f *world) Health(context.Context) (web.Health, error) {
	return web.Health{Say: f.text, Held: f.text, Database: f.text, Tick: f.now}, nil
}

func (f *world) Alarms(context.Context) ([]govsweep.Alarm, error) {
	return []govsweep.Alarm{{Kind: govsweep.DiskFull, Say: f.text, Host: f.text, Raised: f.now}}, nil
}

func (f *world) Command(ctx context.Context, name, what string) error {
	f.commands = append(f.commands, govsweep.ActorOf(ctx).Name+" "+what+" "+name)
	return nil
}

// site is a server over a real store of users, with a user of each role.
type site struct {
	*httptest.Server
	db    *storage.DB
	world *world
	now   time.Time
	step  time.Duration // by which the clock goes on at every look
}

func serve(t testing.TB, text string) *site {
	t.Helper()
	db, err := storage.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	s := &site{db: db, world: &world{now: now, text: text}, now: now, step: 100 * time.Millisecond}
	hash := access.NewHasher().Hash(password)
	for _, u := range []govsweep.User{{Name: "bureau", Role: govsweep.BureauRole}, {Name: "inspector", Role: govsweep.InspectorRole},
		{Name: "owner", Role: govsweep.OwnerRole, Units: []string{"甲局"}}, {Name: "auditor", Role: govsweep.AuditorRole}} {
		u.Password, u.Created = hash, s.now
		if err := db.AddUser(t.Context(), &u); err != nil {
			t.Fatal(err)
		}
	}
	h, err := web.New(web.Config{Users: db, Results: s.world, Log: s.world, Operations: s.world, Sessions: storage.Sessions{DB: db},
		Now: func() time.Time { s.now = s.now.Add(s.step); return s.now }, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(h)
	t.Cleanup(func() { s.Close(); db.Close() })
	return s
}

// browser is a client that keeps cookies and follows no redirect.
func browser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (s *site) login(t testing.TB, c *http.Client, name, word string) *http.Response {
	t.Helper()
	resp, err := c.PostForm(s.URL+"/login", url.Values{"name": {name}, "password": {word}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

func (s *site) as(t testing.TB, name string) *http.Client {
	t.Helper()
	c := browser(t)
	if resp := s.login(t, c, name, password); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("login of %s: %s", name, resp.Status)
	}
	return c
}

// token makes a token and gives the header that carries it.
func (s *site) token(t testing.TB, user string, scope govsweep.TokenScope) string {
	t.Helper()
	secret, k, err := access.NewToken(user, "试", scope, s.now, 1)
	if err == nil {
		err = s.db.AddToken(t.Context(), &k)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "Bearer " + secret
}

func (s *site) ask(t testing.TB, c *http.Client, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, resp.Body); err != nil {
		t.Fatal(err)
	}
	return resp, b.String()
}
