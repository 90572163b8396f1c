package web_test

import (
	"encoding/json"
	"fmt"

	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
	"github.com/govsweep/govsweep/internal/hostile"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/web"
)

func TestEveryTemplateTakesItsZeroPage(t *testing.T) {
	for name, err := range web.Zero() {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every route, asked by nobody, by every role by session and by token, for its
// own things and those of others.
func TestEveryRouteLetsInWhoTheTableSays(t *testing.T) {
	s := serve(t, "文字")
	clients := map[govsweep.UserRole]*http.Client{}
	tokens := map[govsweep.UserRole]string{}
	for _, role := range govsweep.UserRoles() {
		clients[role], tokens[role] = s.as(t, string(role)), s.token(t, string(role), govsweep.RunScope)
	}
	asked := 0
	for _, row := range web.Rows() {
		if row.Path == "/logout" || row.Path == "/login" {
			continue // they change who asks; see below
		}
		mine, other := "1000000001", "1000000002"
		if strings.Contains(row.Path, "accounts/{id}") {
			mine, other = "wechat:1", "wechat:2"
		}
		if strings.Contains(row.Path, "findings/{id}") {
			mine, other = "F1", "F2"
		}
		if strings.Contains(row.Path, "sweeps/") {
			mine, other = "7", "7"
		}
		path := func(id string) string {
			return strings.NewReplacer("{id}", id, "{name}", "%E6%AF%8F%E5%A4%9C", "{what}", "pause", "{$}", "").Replace(row.Path)
		}
		resp, _ := s.ask(t, browser(t), row.Method, path(mine))
		if want := map[bool]int{true: http.StatusUnauthorized, false: http.StatusSeeOther}[row.Scope != ""]; resp.StatusCode != want {
			t.Errorf("%s %s by nobody: %s", row.Method, row.Path, resp.Status)
		}
		for _, role := range govsweep.UserRoles() {
			for _, id := range []string{mine, other} {
				answers := []int{}
				body := ""
				resp, body = s.ask(t, clients[role], row.Method, path(id))
				answers = append(answers, resp.StatusCode)
				if row.Scope != "" {
					resp, b := s.ask(t, browser(t), row.Method, path(id), "Authorization", tokens[role])
					answers, body = append(answers, resp.StatusCode), body+b
				}
				asked += len(answers)
				for _, got := range answers {
					switch {
					case !slices.Contains(row.Allowed, role):
						if got != http.StatusForbidden {
							t.Errorf("%s %s by %s: %d", row.Method, row.Path, role, got)
						}
					case role == govsweep.OwnerRole && id == other && other != mine && strings.Contains(row.Path, "{id}"):
						if got != http.StatusNotFound {
							t.Errorf("%s %s by the owner of another: %d", row.Method, row.Path, got)
						}
					case got >= 400:
						t.Errorf("%s %s by %s: %d", row.Method, row.Path, role, got)
					}
				}
				if role == govsweep.OwnerRole && (strings.Contains(body, "乙") || strings.Contains(body, "1000000002") || strings.Contains(body, "wechat:2") || strings.Contains(body, "feed.example")) {
					t.Errorf("%s %s tells an owner of another's site", row.Method, row.Path)
				}
			}
		}
	}
	t.Logf("%d requests", asked)
	if resp, _ := s.ask(t, clients[govsweep.BureauRole], "GET", "/nothing"); resp.StatusCode != http.StatusNotFound {
		t.Error(resp.Status)
	}
}

func TestATokenReadsOrRunsAndEnds(t *testing.T) {
	s := serve(t, "")
	read, run := s.token(t, "bureau", govsweep.ReadScope), s.token(t, "bureau", govsweep.RunScope)
	const pause = "/api/v1/schedules/%E6%AF%8F%E5%A4%9C/pause"
	status := func(method, path, token string) int {
		resp, _ := s.ask(t, browser(t), method, path, "Authorization", token)
		return resp.StatusCode
	}
	if got := status("POST", pause, read); got != http.StatusForbidden || len(s.world.commands) != 0 {
		t.Error(got, s.world.commands)
	}
	if got := status("POST", pause, run); got != http.StatusOK || s.world.commands[0] != "bureau pause 每夜" {
		t.Error(got, s.world.commands)
	}
	if got := status("GET", "/sweeps", read); got != http.StatusSeeOther {
		t.Error("a token opens pages:", got)
	}
	if got := status("GET", "/api/v1/sweeps", read+"x"); got != http.StatusUnauthorized {
		t.Error(got)
	}
	all, err := s.db.Tokens(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if err := s.db.RevokeToken(t.Context(), k.ID, s.now); err != nil {
			t.Fatal(err)
		}
	}
	if got := status("GET", "/api/v1/sweeps", read); got != http.StatusUnauthorized {
		t.Error("a revoked token:", got)
	}
	late := s.token(t, "bureau", govsweep.ReadScope)
	s.now = s.now.Add(25 * time.Hour)
	if got := status("GET", "/api/v1/sweeps", late); got != http.StatusUnauthorized {
		t.Error("a token past its day:", got)
	}
	u, err := s.db.User(t.Context(), "inspector")
	if err != nil {
		t.Fatal(err)
	}
	of := s.token(t, "inspector", govsweep.ReadScope)
	u.Disabled = true
	if err := s.db.SaveUser(t.Context(), u, "user.disable"); err != nil {
		t.Fatal(err)
	}
	if got := status("GET", "/api/v1/sweeps", of); got != http.StatusUnauthorized {
		t.Error("the token of a disabled user:", got)
	}
}

func TestFailedLoginsHaveToWait(t *testing.T) {
	s := serve(t, "")
	c := browser(t)
	for i := range 5 {
		if resp := s.login(t, c, "bureau", "falsch"); resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("attempt %d: %s", i, resp.Status)
		}
	}
	resp := s.login(t, c, "bureau", password)
	if n, err := strconv.Atoi(resp.Header.Get("Retry-After")); resp.StatusCode != http.StatusTooManyRequests || err != nil || n < 20 || n > 30 {
		t.Errorf("%s %s", resp.Status, resp.Header.Get("Retry-After"))
	}
	if resp := s.login(t, c, "inspector", password); resp.StatusCode != http.StatusSeeOther {
		t.Error("another user has to wait too:", resp.Status)
	}
	s.now = s.now.Add(31 * time.Second)
	if resp := s.login(t, c, "bureau", password); resp.StatusCode != http.StatusSeeOther {
		t.Error(resp.Status)
	}
	for i := range 25 { // names that do not exist are counted by address
		resp = s.login(t, c, fmt.Sprintf("nobody%d", i), "falsch")
	}
	if resp.StatusCode != http.StatusTooManyRequests {
		t.Error("one address tries name after name:", resp.Status)
	}
}

func TestALockedOutLoginIsWrittenDownOnceAMinute(t *testing.T) {
	s := serve(t, "")
	c := browser(t)
	locked := func() int {
		lines, err := s.db.Audit(t.Context(), storage.AuditFilter{Event: "login.locked", By: "bureau"})
		if err != nil {
			t.Fatal(err)
		}
		return len(lines)
	}
	for range 8 { // five count, then each waits longer
		s.login(t, c, "bureau", "falsch")
	}
	if n := locked(); n != 1 {
		t.Errorf("%d lines after three refusals in a row, want one", n)
	}
	s.now = s.now.Add(61 * time.Second)
	s.login(t, c, "bureau", "falsch") // counted: the wait is over
	s.login(t, c, "bureau", "falsch")
	if n := locked(); n != 2 {
		t.Errorf("%d lines a minute later, want two", n)
	}
}

func cookie(t testing.TB, s *site, c *http.Client) string {
	t.Helper()
	req, err := http.NewRequest("GET", s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range c.Jar.Cookies(req.URL) {
		return k.Value
	}
	return ""
}

func TestASessionBeginsAndEndsWithItsLogin(t *testing.T) {
	s := serve(t, "")
	c := s.as(t, "bureau")
	first := cookie(t, s, c)
	if resp := s.login(t, c, "bureau", password); resp.StatusCode != http.StatusSeeOther || cookie(t, s, c) == first || first == "" {
		t.Error("a login keeps the token that was known before it")
	}
	old := func(value string) int {
		resp, _ := s.ask(t, browser(t), "GET", "/sweeps", "Cookie", "govsweep="+value)
		return resp.StatusCode
	}
	if got := old(first); got != http.StatusSeeOther {
		t.Error("the token from before the login is good:", got)
	}
	if got := old("given-by-an-attacker"); got != http.StatusSeeOther {
		t.Error(got)
	}
	now := cookie(t, s, c)
	if resp, _ := s.ask(t, c, "POST", "/logout"); resp.StatusCode != http.StatusSeeOther {
		t.Error(resp.Status)
	}
	if got := old(now); got != http.StatusSeeOther {
		t.Error("a session goes on behind its logout:", got)
	}
	c = s.as(t, "bureau")
	if resp, _ := s.ask(t, c, "GET", "/sweeps"); resp.StatusCode != http.StatusOK {
		t.Error(resp.Status)
	}
	u, err := s.db.User(t.Context(), "bureau")
	if err == nil {
		err = s.db.SaveUser(t.Context(), u, "user.password")
	}
	if resp, _ := s.ask(t, c, "GET", "/sweeps"); err != nil || resp.StatusCode != http.StatusSeeOther {
		t.Error("a session outlives a change of its user:", resp.Status, err)
	}
	c = s.as(t, "bureau")
	s.now = s.now.Add(31 * time.Minute)
	if resp, _ := s.ask(t, c, "GET", "/sweeps"); resp.StatusCode != http.StatusSeeOther {
		t.Error("a session nobody uses goes on:", resp.Status)
	}
}

func TestALogoutEndsItsSessionAloneAndANewPasswordEndsAll(t *testing.T) {
	s := serve(t, "")
	desk, phone, other := s.as(t, "bureau"), s.as(t, "bureau"), s.as(t, "inspector")
	kept := s.token(t, "bureau", govsweep.ReadScope)
	open := func(c *http.Client) bool {
		resp, _ := s.ask(t, c, "GET", "/sweeps")
		return resp.StatusCode == http.StatusOK
	}
	left := cookie(t, s, desk)
	if resp, _ := s.ask(t, desk, "POST", "/logout"); resp.StatusCode != http.StatusSeeOther {
		t.Error(resp.Status)
	}
	if resp, _ := s.ask(t, browser(t), "GET", "/sweeps", "Cookie", "govsweep="+left); resp.StatusCode != http.StatusSeeOther {
		t.Error("what was the session before the logout still opens pages:", resp.Status)
	}
	if open(desk) || !open(phone) || !open(other) {
		t.Error("a logout ends another session than its own")
	}
	desk = s.as(t, "bureau")
	u, err := s.db.User(t.Context(), "bureau")
	if err != nil {
		t.Fatal(err)
	}
	u.Password = access.NewHasher().Hash("另一个正确的马和电池")
	if err := s.db.SaveUser(t.Context(), u, "user.password"); err != nil {
		t.Fatal(err)
	}
	if open(desk) || open(phone) || !open(other) {
		t.Error("sessions of the old password go on, or those of others end")
	}
	if resp := s.login(t, browser(t), "bureau", password); resp.StatusCode != http.StatusUnauthorized {
		t.Error("the old password still opens:", resp.Status)
	}
	if resp, _ := s.ask(t, browser(t), "GET", "/api/v1/sweeps", "Authorization", kept); resp.StatusCode != http.StatusOK {
		t.Error("a token rests on no password, it is revoked by itself:", resp.Status)
	}
}

// An owner's accounts are those of his units, as his sites are.
func TestAnOwnerSeesTheAccountsOfHisUnitsAlone(t *testing.T) {
	s := serve(t, "")
	c := s.as(t, "owner")
	for path, want := range map[string]bool{
		"/accounts/wechat:1": true, "/accounts/wechat:2": false, "/accounts/wechat:3": false, "/sites/wechat:1": false, "/accounts/1000000001": false,
		"/api/v1/findings/A1": true, "/api/v1/findings/A2": false, "/api/v1/findings/A3": false,
		"/api/v1/accounts/wechat:1/findings": true, "/api/v1/accounts/wechat:2/findings": false,
	} {
		resp, body := s.ask(t, c, "GET", path)
		if want && resp.StatusCode != http.StatusOK || !want && (resp.StatusCode != http.StatusNotFound || strings.Contains(body, "乙")) {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
	for _, path := range []string{"/accounts", "/api/v1/accounts", "/api/v1/sweeps/7/verdicts"} {
		_, body := s.ask(t, c, "GET", path)
		if !strings.Contains(body, "甲发布") || strings.Contains(body, "乙") || strings.Contains(body, "wechat:3") {
			t.Errorf("%s: %s", path, body)
		}
	}
	nobody := govsweep.User{Name: "nounit", Role: govsweep.OwnerRole, Password: access.NewHasher().Hash(password), Created: s.now}
	if err := s.db.AddUser(t.Context(), &nobody); err != nil {
		t.Fatal(err)
	}
	if _, body := s.ask(t, s.as(t, "nounit"), "GET", "/api/v1/accounts"); !strings.Contains(body, `"items":[]`) {
		t.Error("an owner of no unit:", body)
	}
	if _, body := s.ask(t, s.as(t, "bureau"), "GET", "/api/v1/accounts"); !strings.Contains(body, "wechat:3") || !strings.Contains(body, "feed.example") {
		t.Error("the bureau:", body)
	}
}

func TestEveryPageSaysWhenSweepsOverSitesAndAccountsWereLastDone(t *testing.T) {
	s := serve(t, "")
	for role, paths := range map[string][]string{"bureau": {"/", "/sweeps", "/sweeps/7", "/schedules/%E6%AF%8F%E5%A4%9C", "/sites", "/sites/1000000001", "/accounts", "/accounts/wechat:1", "/audit"},
		"owner": {"/sites", "/sites/1000000001", "/accounts", "/accounts/wechat:1"}} {
		c := s.as(t, role)
		for _, path := range paths {
			_, body := s.ask(t, c, "GET", path)
			if !strings.Contains(body, "网站检查") || !strings.Contains(body, "3小时前") || !strings.Contains(body, "5天前") {
				t.Errorf("%s for the %s does not say it", path, role)
			}
		}
	}
}

func TestTheAuditPageSaysTheScopeOfHoursInWords(t *testing.T) {
	s := serve(t, "")
	_, body := s.ask(t, s.as(t, "auditor"), "GET", "/audit")
	if !strings.Contains(body, `data-l="对象">行政区划“某某市”<`) {
		t.Error(body)
	}
}

func TestHeadersAndCookiesAreStrict(t *testing.T) {
	s := serve(t, "")
	resp, _ := s.ask(t, browser(t), "GET", "/login")
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'; style-src 'self'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store"} {
		if got := resp.Header.Get(name); !strings.HasPrefix(got, want) || strings.Contains(got, "unsafe") {
			t.Errorf("%s: %s", name, got)
		}
	}
	resp = s.login(t, browser(t), "bureau", password)
	if got := resp.Header.Get("Set-Cookie"); !strings.Contains(got, "HttpOnly") || !strings.Contains(got, "SameSite=Lax") {
		t.Error(got)
	}
	c := s.as(t, "bureau")
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://evil.example"}} {
		if resp, _ := s.ask(t, c, "POST", "/schedules/%E6%AF%8F%E5%A4%9C/run", headers...); resp.StatusCode != http.StatusForbidden || len(s.world.commands) > 0 {
			t.Error("another site commands a schedule:", resp.Status)
		}
	}
	if resp, _ := s.ask(t, c, "POST", "/schedules/%E6%AF%8F%E5%A4%9C/run", "Origin", s.URL); resp.StatusCode != http.StatusSeeOther || len(s.world.commands) != 1 {
		t.Error(resp.Status)
	}
	resp, err := c.Post(s.URL+"/login", "application/x-www-form-urlencoded", strings.NewReader("name="+strings.Repeat("a", 100<<10)))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode < 400 || resp.StatusCode >= 500 {
		t.Error("a large body:", resp.Status)
	}
}

func TestOneAddressMayNotAskWithoutEnd(t *testing.T) {
	s := serve(t, "")
	s.step = time.Millisecond
	refused := 0
	for range 150 {
		if resp, _ := s.ask(t, browser(t), "GET", "/login"); resp.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("150 requests at once were all answered")
	}
}

func TestHostileTextsAreShownAndDoNothing(t *testing.T) {
	texts := strings.Join(hostile.Strings(), " ")
	s := serve(t, texts)
	c := s.as(t, "bureau")
	for _, path := range []string{"/", "/sweeps", "/sweeps/7", "/schedules/%E6%AF%8F%E5%A4%9C", "/sites", "/sites/1000000001", "/accounts", "/accounts/wechat:1", "/audit"} {
		resp, body := s.ask(t, c, "GET", path)
		if resp.StatusCode != http.StatusOK || !strings.Contains(body, "&lt;script&gt;alert") {
			t.Errorf("%s %s: the text is not shown", path, resp.Status)
		}
		low := strings.ToLower(body)
		for _, live := range []string{"<script", "<img", "<base", "<style", "href=\"javascript", "href='javascript", "onerror=alert(h0)>\"", "@import url"} {
			if i := strings.Index(low, live); i >= 0 && live != "@import url" {
				t.Errorf("%s: %q is live: %.80s", path, live, body[i:])
			}
		}
	}
	for _, path := range []string{"/api/v1/sweeps", "/api/v1/targets", "/api/v1/audit", "/api/v1/schedules", "/api/v1/openapi.json"} {
		resp, body := s.ask(t, c, "GET", path)
		var v map[string]any
		if err := json.Unmarshal([]byte(body), &v); err != nil || resp.Header.Get("Content-Type") != "application/json; charset=utf-8" || strings.Contains(body, "<script") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestTheDescriptionNamesEveryRouteOfTheAPI(t *testing.T) {
	s := serve(t, "")
	_, body := s.ask(t, s.as(t, "bureau"), "GET", "/api/v1/openapi.json")
	var d struct {
		Paths map[string]map[string]struct{ Summary string }
	}
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range web.Rows() {
		if row.Scope == "" {
			continue
		}
		n++
		if d.Paths[row.Path][strings.ToLower(row.Method)].Summary == "" {
			t.Errorf("%s %s is not described", row.Method, row.Path)
		}
	}
	if n < 10 {
		t.Errorf("only %d routes", n)
	}
}

// Every endpoint is described with the parameters it reads and with no others:
// those that name limit refuse one that is too high, the others do not look at it.
func TestTheDescriptionNamesTheParametersAnEndpointReads(t *testing.T) {
	s := serve(t, "")
	c := s.as(t, "bureau")
	_, body := s.ask(t, c, "GET", "/api/v1/openapi.json")
	var d struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal([]byte(body), &d); err != nil {
		t.Fatal(err)
	}
	lists := 0
	for path, methods := range d.Paths {
		get, ok := methods["get"]
		if !ok {
			continue
		}
		names := map[string]bool{}
		for _, p := range get.Parameters {
			if p.In == "query" {
				names[p.Name] = true
			}
		}
		resp, _ := s.ask(t, c, "GET", regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(path, "1")+"?limit=501")
		if refused := resp.StatusCode == http.StatusBadRequest; refused != names["limit"] || names["limit"] != names["after"] {
			t.Errorf("%s: described with %v, answers %d", path, names, resp.StatusCode)
		}
		if names["target"] != (path == "/api/v1/sweeps/{id}/findings") {
			t.Errorf("%s: described with %v", path, names)
		}
		if names["limit"] {
			lists++
		}
	}
	if lists != 8 {
		t.Errorf("%d lists", lists)
	}
}

// An address that was only probed is in no register.
func TestOnlyRegisteredSitesAreListed(t *testing.T) {
	s := serve(t, "")
	c := s.as(t, "bureau")
	for _, path := range []string{"/sites", "/api/v1/targets"} {
		if _, body := s.ask(t, c, "GET", path); !strings.Contains(body, "1000000002") || strings.Contains(body, "dead.test.cn") {
			t.Errorf("%s: %s", path, body)
		}
	}
}

func TestThePageOfASweepUnderWaySaysWhatIsReadAndWhatWaits(t *testing.T) {
	s := serve(t, "某单位")
	_, body := s.ask(t, s.as(t, "bureau"), "GET", "/sweeps/7")
	for _, want := range []string{"未结束的1个中，正在检查1个，等待采集时段0个。", "执行机器", `data-l="检查对象">某单位<`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
}
