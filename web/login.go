package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

type loginPage struct {
	common
	Name    string
	Say     string
	Nobody  bool // there is no user yet
	Minutes int  // after which a session nobody uses ends
}

// hashWait is how long a login waits for its turn.
const hashWait = 5 * time.Second

func (s *Server) loginPage(w http.ResponseWriter, r *http.Request) error {
	return s.showLogin(w, r, http.StatusOK, "", "")
}

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request, status int, name, say string) error {
	all, err := s.Users.Users(r.Context())
	if err != nil {
		return err
	}
	return s.pages.write(w, status, "login", loginPage{common: common{Title: "登录"}, Name: name, Say: say, Nobody: len(all) == 0, Minutes: int(sessionIdle.Minutes())})
}

// login checks a name and a password. Every attempt is counted before its
// password is looked at; whether the name exists is told by nothing.
func (s *Server) login(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return &refusal{status: http.StatusBadRequest, say: "提交的内容不完整，请重新登录。"}
	}
	name, password := strings.TrimSpace(r.PostForm.Get("name")), r.PostForm.Get("password")
	if access.CheckName(name) != nil || len(password) > access.MostPassword || !utf8.ValidString(password) {
		name, password = "无效的用户名", "" // counted like any other
	}
	address := s.address(r)
	ctx := govsweep.WithActor(r.Context(), govsweep.Actor{Name: name, Via: address})
	keys := []string{access.NameKey(name), access.AddressKey(address)}
	until, err := s.Users.BeginLogin(ctx, keys, s.Now(), access.Wait)
	if err != nil {
		return err
	}
	if wait := until.Sub(s.Now()); wait > 0 {
		if s.refused.first(keys, s.Now()) {
			if err := s.Users.EndLogin(ctx, nil, govsweep.AuditLine{Event: "login.locked", Subject: name, Detail: until.In(govsweep.Shanghai).Format("15:04:05") + "之前不能登录"}); err != nil {
				return err
			}
		}
		w.Header().Set("Retry-After", fmt.Sprint(int(math.Ceil(wait.Seconds()))))
		return s.showLogin(w, r, http.StatusTooManyRequests, name, fmt.Sprintf("登录失败次数过多，请在%s之后再试。", until.In(govsweep.Shanghai).Format("15:04:05")))
	}
	u, ok, err := s.check(ctx, name, password)
	if err != nil {
		return err
	}
	if !ok {
		if err := s.Users.EndLogin(ctx, nil, govsweep.AuditLine{Event: "login.failed", Subject: name}); err != nil {
			return err
		}
		return s.showLogin(w, r, http.StatusUnauthorized, name, "用户名或密码不正确。")
	}
	if err := s.sessions.RenewToken(ctx); err != nil { // a token known before the login is worth nothing
		return err
	}
	s.sessions.Put(ctx, "user", u.Name)
	s.sessions.Put(ctx, "epoch", u.Epoch)
	s.sessions.Put(ctx, "seen", s.Now().Unix())
	if err := s.Users.EndLogin(ctx, keys, govsweep.AuditLine{Event: "login", Subject: name}); err != nil {
		return err
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

func (s *Server) check(ctx context.Context, name, password string) (*govsweep.User, bool, error) {
	u, err := s.Users.User(ctx, name)
	if err != nil && govsweep.KindOf(err) != govsweep.NotFound {
		return nil, false, err
	}
	hash := ""
	if err == nil && !u.Disabled {
		hash = u.Password
	}
	soon, cancel := context.WithTimeout(ctx, hashWait)
	defer cancel()
	ok, err := s.hasher.Check(soon, hash, password)
	if soon.Err() != nil && err != nil {
		return nil, false, &refusal{status: http.StatusServiceUnavailable, say: "登录的人数过多，请稍后再试。", after: hashWait}
	}
	return u, ok, err
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	if err := s.Users.EndLogin(r.Context(), nil, govsweep.AuditLine{Event: "logout", Subject: userOf(r).Name}); err != nil {
		return err
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
