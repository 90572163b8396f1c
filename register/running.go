package register

import (
	"slices"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// Running gives the sites that are to be inspected: those that run, each
// once; a twin was inspected by its address and registered since. What nobody
// registered, an address that was once looked at, is none of 全部在册网站, unless
// there is nothing else.
func Running(all []govsweep.Site) []govsweep.Site {
	all = govsweep.RegisteredSites(all)
	coded := map[uint64]bool{}
	for i := range all {
		if all[i].Code != "" {
			coded[address.Key(all[i].URL, "")] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(s govsweep.Site) bool {
		return s.Code == "" && coded[address.Key(s.URL, "")] || s.State != "" && s.State != govsweep.Running
	})
}

// Twin says whether a site without a 标识码 stands in the register a second
// time, with one.
func Twin(s govsweep.Site, sites []govsweep.Site) bool {
	return s.Code == "" && slices.ContainsFunc(sites, func(o govsweep.Site) bool {
		return o.Code != "" && address.Key(o.URL, "") == address.Key(s.URL, "")
	})
}
