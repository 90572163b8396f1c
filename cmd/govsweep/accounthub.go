package main

import (
	"encoding/json"
	"net/url"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/storage"
)

// wrongHub says what is wrong with the address of an RSSHub-style service.
// None is right.
func wrongHub(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.RawQuery == "" && u.Fragment == "" {
		if _, err = address.Canonical(s); err == nil {
			return nil
		}
	}
	return wrongUse("聚合服务的地址“%s”不正确，应如 https://rsshub.example.gov.cn", s)
}

// hub gives the service accounts are looked at through again: the one given,
// else that of the configuration file, else the one the newest sweep over
// accounts used that had one.
func (a *app) hub(db *storage.DB, given string) (string, error) {
	if given = firstOf(given, a.settings.file.RSSHub); given != "" {
		return given, wrongHub(given)
	}
	all, err := db.Sweeps(a.ctx)
	if err != nil {
		return "", err
	}
	for i := range all {
		var begun kept
		if all[i].Kind != govsweep.AccountSweep || json.Unmarshal([]byte(all[i].Options), &begun) != nil {
			continue
		}
		if begun.RSSHub != "" {
			return begun.RSSHub, nil
		}
	}
	return "", nil
}
