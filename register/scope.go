package register

import (
	"strings"

	"github.com/govsweep/govsweep"
)

// scopeConditions lists what a scope may say of sites and of accounts.
const scopeConditions = "网站的条件可用 region、level、platform、tag、id，账号的（先写 kind=account）可用 region、level、media、host、tag、id"

// wrongKind says what a scope may be of, where its kind is none that fits.
func wrongKind(value string) error {
	if value == "account" || value == "site" {
		return wrong(nil, "这里的范围只是网站，不能写 kind=%s。网站的条件可用 region、level、platform、tag、id", value)
	}
	return wrong(nil, "范围条件 kind 只能是 account（账号）或 site（网站），而不是“%s”。%s", value, scopeConditions)
}

// A SiteScope is what a person says of the sites that are meant; what is "" or
// nil leaves all.
type SiteScope struct {
	Region, Level, Platform, Tag string
	IDs                          []govsweep.TargetID
}

// ReadSiteScope reads the conditions of a scope of sites, such as region=某某市;
// one it does not know is an error that says what may be said.
func ReadSiteScope(words []string) (SiteScope, error) {
	var f SiteScope
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok || value == "" {
			return f, wrong(nil, "范围“%s”不正确，应如 region=某某市 或 level=县级", w)
		}
		switch key {
		case "region":
			f.Region = value
		case "level":
			f.Level = value
		case "platform":
			f.Platform = value
		case "tag":
			f.Tag = value
		case "id":
			f.IDs = append(f.IDs, govsweep.TargetID(value))
		case "kind":
			return f, wrongKind(value)
		default:
			return f, wrong(nil, "范围条件“%s”不认识。%s", key, scopeConditions)
		}
	}
	return f, nil
}

// An AccountScope is what a person says of the accounts that are meant; what
// is "" or nil leaves all.
type AccountScope struct {
	Media                    govsweep.MediaKind
	Region, Level, Host, Tag string
	IDs                      []govsweep.TargetID
}

// OfAccounts says whether a scope names accounts, and gives it without that word.
func OfAccounts(words []string) (bool, []string) {
	yes := false
	var rest []string
	for _, w := range words {
		if w == "kind=account" {
			yes = true
			continue
		}
		if w != "kind=site" {
			rest = append(rest, w)
		}
	}
	return yes, rest
}

// ReadAccountScope reads the conditions of a scope of accounts, without
// kind=account; one it does not know is an error that says what may be said.
func ReadAccountScope(words []string) (AccountScope, error) {
	var f AccountScope
	for _, w := range words {
		key, value, ok := strings.Cut(w, "=")
		if !ok || value == "" {
			return f, wrong(nil, "范围“%s”不正确，应如 region=某某市 或 media=wechat", w)
		}
		switch key {
		case "region":
			f.Region = value
		case "level":
			f.Level = value
		case "media", "platform":
			m, err := ReadMedia(value)
			if err != nil {
				return f, err
			}
			f.Media = m
		case "host":
			f.Host = value
		case "tag":
			f.Tag = value
		case "id":
			f.IDs = append(f.IDs, govsweep.TargetID(value))
		case "kind":
			return f, wrongKind(value)
		default:
			return f, wrong(nil, "账号的范围条件“%s”不认识，可用 region、level、media、host、tag、id", key)
		}
	}
	return f, nil
}
