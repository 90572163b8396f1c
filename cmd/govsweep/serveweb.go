package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/service"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/web"
)

// web makes the pages and the API of a service; nil for none.
func (c *serveCmd) web(s *process) (http.Handler, *tls.Config, error) {
	if c == nil {
		return nil, nil, nil
	}
	secret, err := c.tls()
	if err != nil {
		return nil, nil, err
	}
	var proxies []netip.Prefix
	var faults []error
	for _, p := range c.Proxy {
		from, err := parseNet(p)
		faults = append(faults, err)
		proxies = append(proxies, from)
	}
	if err := wrongAll(faults); err != nil {
		return nil, nil, err
	}
	if err := s.tellFirstUser(); err != nil {
		return nil, nil, err
	}
	if secret == nil && !c.HTTPS && !onLoopback(c.Listen) {
		fmt.Fprintln(s.app.stderr, plainPages)
	}
	results := pagesOf{s.db}
	h, err := web.New(web.Config{Users: s.db, Results: results, Log: results, Operations: service.Operations{State: s.state()}, Sessions: storage.Sessions{DB: s.db},
		TLS: secret != nil || c.HTTPS, Proxies: proxies, Now: time.Now, Logger: s.app.log})
	return h, secret, err
}

// plainPages is said where passwords would go over the network in the open.
const plainPages = "注意：页面和接口以不加密的HTTP对外提供，同一网络上的人能够看到口令。请写明证书（--cert、--key），或只监听 127.0.0.1、由反向代理提供HTTPS（--https）。"

// onLoopback says whether nobody beyond this machine reaches an address.
func onLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return true // the listener will say what is wrong with it
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func (c *serveCmd) tls() (*tls.Config, error) {
	if c.Cert == "" && c.Key == "" {
		return nil, nil
	}
	if c.Cert == "" || c.Key == "" {
		return nil, wrongUse("TLS证书（--cert）和私钥（--key）应一起写明")
	}
	cert, err := namedfile.Read("TLS证书（--cert）", c.Cert)
	if err != nil {
		return nil, err
	}
	key, err := namedfile.Read("TLS私钥（--key）", c.Key)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "TLS证书“" + c.Cert + "”和私钥“" + c.Key + "”应为PEM格式，并且相互对应，请检查这两个文件", Err: err}
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}, nil
}

// tellFirstUser says how to make the first user, and where the audit log stands.
func (s *process) tellFirstUser() error {
	all, err := s.db.Users(s.app.ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(s.app.stderr, "还没有用户，页面和接口不能登录。请建立第一个用户：govsweep user add 用户名 --role bureau")
	}
	head, err := s.db.AuditHead(s.app.ctx)
	if err == nil {
		s.app.log.Info("audit log", "anchor", anchorText(head))
	}
	return err
}

// pagesOf gives pages of what storage filters.
type pagesOf struct{ *storage.DB }

// FindingsPage gives findings of a sweep behind a cursor.
func (p pagesOf) FindingsPage(ctx context.Context, sweep int64, target govsweep.TargetID, after string, limit int) ([]govsweep.Finding, string, error) {
	all, err := p.Findings(ctx, storage.FindingFilter{Sweep: sweep, Target: target, After: after, Limit: limit + 1})
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	return all[:limit], storage.Cursor(&all[limit-1]), nil
}

// SitesPage gives sites behind one.
func (p pagesOf) SitesPage(ctx context.Context, after govsweep.TargetID, limit int) ([]govsweep.Site, error) {
	return p.Sites(ctx, storage.SiteFilter{After: after, Limit: limit})
}

// AccountsPage gives accounts of the units behind one; nil: of all units.
func (p pagesOf) AccountsPage(ctx context.Context, units []string, after govsweep.TargetID, limit int) ([]govsweep.Account, error) {
	if units == nil {
		return p.Accounts(ctx, storage.AccountFilter{After: after, Limit: limit})
	}
	var out []govsweep.Account
	for _, unit := range units {
		if unit == "" { // it would be no filter
			continue
		}
		some, err := p.Accounts(ctx, storage.AccountFilter{Host: unit, After: after, Limit: limit})
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortFunc(out, func(a, b govsweep.Account) int { return strings.Compare(string(a.ID), string(b.ID)) })
	out = slices.CompactFunc(out, func(a, b govsweep.Account) bool { return a.ID == b.ID })
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}

// AuditPage gives lines before one, the newest first.
func (p pagesOf) AuditPage(ctx context.Context, before int64, limit int) ([]govsweep.AuditLine, error) {
	return p.Audit(ctx, storage.AuditFilter{Before: before, Limit: limit})
}
