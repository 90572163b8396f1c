package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

var errNoUser = errors.New("nobody is logged in")

type userKey struct{}

// userOf gives who asks; nil before the login.
func userOf(r *http.Request) *govsweep.User {
	u, _ := r.Context().Value(userKey{}).(*govsweep.User) // none is nil
	return u
}

// enter says who asks for a route, and refuses who may not.
func (s *Server) enter(r *http.Request, rt route) (context.Context, error) {
	ctx := r.Context()
	if rt.allowed == nil {
		return ctx, nil
	}
	u, err := s.asker(ctx, r, rt)
	if err != nil {
		return ctx, err
	}
	ctx = govsweep.WithActor(context.WithValue(ctx, userKey{}, u), govsweep.Actor{Name: u.Name, Via: s.address(r)})
	if !rt.allowed.has(u.Role) {
		*r = *r.WithContext(ctx) // so that the answer knows him
		return ctx, errNotYours
	}
	return ctx, nil
}

// asker knows a user by his token, where one counts, or by his session.
func (s *Server) asker(ctx context.Context, r *http.Request, rt route) (*govsweep.User, error) {
	if secret, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && rt.scope != "" {
		return s.byToken(ctx, secret, rt.scope)
	}
	name := s.sessions.GetString(ctx, "user")
	if name == "" {
		return nil, errNoUser
	}
	u, err := s.Users.User(ctx, name)
	if err != nil && govsweep.KindOf(err) != govsweep.NotFound {
		return nil, err
	}
	now, seen := s.Now(), time.Unix(s.sessions.GetInt64(ctx, "seen"), 0)
	if err != nil || u.Disabled || u.Epoch != s.sessions.GetInt64(ctx, "epoch") || now.Sub(seen) > sessionIdle {
		if err := s.sessions.Destroy(ctx); err != nil {
			return nil, err
		}
		return nil, errNoUser
	}
	if now.Sub(seen) > time.Minute { // not at every request: it is written down
		s.sessions.Put(ctx, "seen", now.Unix())
	}
	return u, nil
}

func (s *Server) byToken(ctx context.Context, secret string, scope govsweep.TokenScope) (*govsweep.User, error) {
	k, err := s.Users.TokenByHash(ctx, access.HashToken(secret))
	switch {
	case govsweep.KindOf(err) == govsweep.NotFound:
		return nil, errNoUser
	case err != nil:
		return nil, err
	case !access.Good(k, s.Now()):
		return nil, errNoUser
	case scope == govsweep.RunScope && k.Scope != govsweep.RunScope:
		return nil, &refusal{status: http.StatusForbidden, say: "该访问令牌只能读取，不能操作计划。"}
	}
	u, err := s.Users.User(ctx, k.User)
	if err == nil && u.Disabled {
		err = errNoUser
	}
	return u, err
}

// own says whether a user may see a site.
func own(u *govsweep.User, site *govsweep.Site) bool {
	return u.Role != govsweep.OwnerRole || site.Host != "" && slices.Contains(u.Units, site.Host)
}

// siteFor gives a site the asker may see; another is not found, as if there were none.
func (s *Server) siteFor(r *http.Request, id govsweep.TargetID) (*govsweep.Site, error) {
	site, err := s.Results.Site(r.Context(), id)
	if err == nil && !own(userOf(r), site) {
		err = &govsweep.Error{Kind: govsweep.NotFound}
	}
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有这个网站。"}
	}
	return site, err
}

// sitesFor gives a page of the registered sites the asker may see, and the key
// of the next: what was only looked at by its address is none.
func (s *Server) sitesFor(r *http.Request, after govsweep.TargetID, limit int) (out []govsweep.Site, next string, err error) {
	const step = 1000
	for {
		some, err := s.Results.SitesPage(r.Context(), after, step)
		if err != nil {
			return nil, "", err
		}
		for i := range some {
			if !own(userOf(r), &some[i]) || !some[i].Registered() {
				continue
			}
			if len(out) == limit {
				return out, string(out[limit-1].ID), nil
			}
			out = append(out, some[i])
		}
		if len(some) < step {
			return out, "", nil
		}
		after = some[step-1].ID
	}
}
