package web

import (
	"net/http"
	"slices"

	"github.com/govsweep/govsweep"
)

type accountsPage struct {
	common
	Accounts []govsweep.Account
	Next     string
}

func (s *Server) accounts(w http.ResponseWriter, r *http.Request) error {
	c, _, err := s.commonOf(r, "政务新媒体", "accounts")
	if err != nil {
		return err
	}
	some, next, err := s.accountsFor(r, pageRows)
	if err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "accounts", accountsPage{c, some, next})
}

type accountPage struct {
	common
	result
	Account govsweep.Account
}

func (s *Server) account(w http.ResponseWriter, r *http.Request) error {
	a, err := s.accountFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	page := accountPage{Account: *a}
	if page.common, _, err = s.commonOf(r, a.Name, "accounts"); err != nil {
		return err
	}
	if page.result, err = s.lastResult(r, a.ID); err != nil {
		return err
	}
	return s.pages.write(w, http.StatusOK, "account", page)
}

// ownAccount says whether a user may see an account: an owner those whose
// 主办单位 is one of his units.
func ownAccount(u *govsweep.User, a *govsweep.Account) bool {
	return u.Role != govsweep.OwnerRole || a.Host != "" && slices.Contains(u.Units, a.Host)
}

// shown is an account as a user may see it: by which sources it is watched is
// for those who watch.
func shown(u *govsweep.User, a govsweep.Account) govsweep.Account {
	if u.Role == govsweep.OwnerRole {
		a.Sources, a.Control, a.Tags = nil, false, nil
	}
	return a
}

// accountFor gives an account the asker may see; another is not found, as if
// there were none.
func (s *Server) accountFor(r *http.Request, id govsweep.TargetID) (*govsweep.Account, error) {
	a, err := s.Results.Account(r.Context(), id)
	if err == nil && !ownAccount(userOf(r), a) {
		err = &govsweep.Error{Kind: govsweep.NotFound}
	}
	if govsweep.KindOf(err) == govsweep.NotFound {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: "名录中没有这个账号。"}
	}
	if err != nil {
		return nil, err
	}
	seen := shown(userOf(r), *a)
	return &seen, nil
}

// accountsFor gives a page of the accounts the asker may see, and the key of the next.
func (s *Server) accountsFor(r *http.Request, limit int) ([]govsweep.Account, string, error) {
	u := userOf(r)
	var units []string
	if u.Role == govsweep.OwnerRole {
		units = append([]string{}, u.Units...) // of no unit: nothing, not everything
	}
	all, err := s.Results.AccountsPage(r.Context(), units, govsweep.TargetID(r.URL.Query().Get("after")), limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(all) > limit {
		all = all[:limit]
		next = string(all[limit-1].ID)
	}
	for i := range all {
		all[i] = shown(u, all[i])
	}
	return all, next, nil
}

// mine says whether the asker may see a target.
func (s *Server) mine(r *http.Request, t govsweep.Target) (bool, error) {
	var err error
	if t.Kind == govsweep.AccountTarget {
		_, err = s.accountFor(r, t.ID)
	} else {
		_, err = s.siteFor(r, t.ID)
	}
	if govsweep.KindOf(err) == govsweep.NotFound {
		return false, nil
	}
	return err == nil, err
}

func (s *Server) apiAccounts(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	some, next, err := s.accountsFor(r, limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}

func (s *Server) apiAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := s.accountFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return send(w, a)
}

func (s *Server) apiAccountFindings(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r)
	if err != nil {
		return err
	}
	a, err := s.accountFor(r, govsweep.TargetID(r.PathValue("id")))
	if err != nil {
		return err
	}
	_, some, next, err := s.lastFindings(r, a.ID, limit)
	if err != nil {
		return err
	}
	return sendList(w, some, next)
}
