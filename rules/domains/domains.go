// Package domains checks the names a site is reached by.
package domains

import (
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// Indicators are the checks of this family.
var Indicators = []*rules.Indicator{domainSuffix, domainStructure, domainIdle, domainNameImproper}

type suffixParams struct {
	Suffixes []string `yaml:"suffixes"`
}

// Validate asks for suffixes that begin with a dot.
func (s suffixParams) Validate() error {
	if len(s.Suffixes) == 0 {
		return errors.New("suffixes 不能为空")
	}
	for _, suffix := range s.Suffixes {
		if !strings.HasPrefix(suffix, ".") || len(suffix) < 2 {
			return errors.New("suffixes 各项应以“.”开头")
		}
	}
	return nil
}

// chineseSuffix is .政务 as it stands in a canonical address.
const chineseSuffix = ".xn--zfr164b"

// proper says whether host ends in one of the suffixes.
func (s suffixParams) proper(host string) bool {
	return slices.ContainsFunc(s.Suffixes, func(suffix string) bool {
		return strings.HasSuffix(host, suffix) || suffix == ".政务" && strings.HasSuffix(host, chineseSuffix)
	})
}

// named is for sites that are reached by a name: an address of the own
// machine or of a private network has none to judge.
func named(d *facts.Dossier) (bool, string) {
	if len(hosts(&d.Site)) == 0 {
		return false, "该网站以本机或内部网络地址检查，不涉及域名。"
	}
	return true, ""
}

// hosts gives the registered hosts of s without ports, home page first.
func hosts(s *govsweep.Site) []string {
	var out []string
	for _, raw := range append([]string{s.URL}, s.Domains...) {
		host := hostOf(raw)
		if host != "" && !local(host) && !slices.Contains(out, host) {
			out = append(out, host)
		}
	}
	return out
}

func hostOf(raw string) string {
	if !strings.Contains(raw, "://") {
		raw = "http://" + raw
	}
	canonical, err := address.Canonical(raw)
	if err != nil {
		return ""
	}
	host := address.Host(canonical)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

func local(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsUnspecified())
}

// finding is one finding about a host.
func finding(p *rules.Pass, host, summary string) govsweep.Finding {
	f := govsweep.Finding{
		URL: p.Home.URL, Locator: host, Summary: summary,
		Detail:   []string{"域名：" + host},
		Evidence: rules.Capture("page", p.Home.URL, p.Home.Digest),
	}
	if f.URL == "" {
		f.URL = p.Site.URL
	}
	return f
}
