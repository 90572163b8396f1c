package govsweep

import (
	"regexp"
	"strings"
)

// SiteKind tells portals from department sites; deductions and bonus of
// 国办秘函〔2019〕19号 apply to portals only.
type SiteKind string

// The kinds of site. The zero value means the register does not say.
const (
	UnknownSite    SiteKind = ""
	Portal         SiteKind = "portal"     // 政府门户网站
	DepartmentSite SiteKind = "department" // 部门网站
)

// SiteState is the filing state of a site.
type SiteState string

// The filing states.
const (
	Running   SiteState = "running"   // 正常运行
	Suspended SiteState = "suspended" // 临时下线
	Closed    SiteState = "closed"    // 关停、注销
	Moved     SiteState = "moved"     // 迁移
)

// Ended says that a site in this state is no longer run at its address.
func (s SiteState) Ended() bool { return s == Closed || s == Moved }

// Site is one row of the site register 政府网站备案. Scopes of the rules
// (portal, public service …) are read from here, never guessed.
type Site struct {
	ID         TargetID  `json:"id"`
	Code       string    `json:"code"` // 网站标识码, ten digits or bm + eight digits
	Name       string    `json:"name"`
	URL        string    `json:"url"`               // canonical home page
	Domains    []string  `json:"domains,omitempty"` // further registered hosts, each may carry a sub-path
	Kind       SiteKind  `json:"kind,omitempty"`
	Level      string    `json:"level,omitempty"`      // 省级 市级 县级 乡级 部委
	Region     string    `json:"region,omitempty"`     // 行政区划, as the register prints it
	Host       string    `json:"host,omitempty"`       // 主办单位
	Supervisor string    `json:"supervisor,omitempty"` // 主管单位
	Operator   string    `json:"operator,omitempty"`   // 承办单位
	Platform   string    `json:"platform,omitempty"`   // 集约化平台, as the register names it
	Tags       []string  `json:"tags,omitempty"`
	State      SiteState `json:"state,omitempty"` // "" counts as running
	// PublicService says whether the unit has 对外服务职能; nil when the register does not say.
	PublicService *bool `json:"public_service,omitempty"`
	// Scopes are further only_if words of the rules: county-or-above,
	// provincial-office, county, mongolian-duty, mongolian-site.
	Scopes []string `json:"scopes,omitempty"`
	// Media says that the row stands for an account on that platform, see
	// Account.Site; "" is a site.
	Media MediaKind `json:"media,omitempty"`
}

// Registered says that the site stands in the register: not all that is known
// of it is an address somebody looked at and the name its pages give. A row of
// a register that says no more than these is kept with its State.
func (s *Site) Registered() bool {
	return s.Code+s.Host+s.Supervisor+s.Region+s.Level+s.Platform+string(s.State) != "" || len(s.Tags) > 0
}

// RegisteredSites gives the sites of a register: those that are Registered.
// Where nobody has registered any, all of them: what was looked at is then all
// there is to speak of.
func RegisteredSites(all []Site) []Site {
	var out []Site
	for i := range all {
		if all[i].Registered() {
			out = append(out, all[i])
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}

// Target is the site as results print it.
func (s *Site) Target() Target {
	if s.Media != "" {
		return Target{ID: s.ID, Kind: AccountTarget, Code: s.Code, Name: s.Name, URL: s.URL}
	}
	return Target{ID: s.ID, Kind: SiteTarget, Code: s.Code, Name: s.Name, URL: s.URL}
}

var siteIDCode = regexp.MustCompile(`^(\d{10}|bm\d{8})$`)

// ValidSiteIDCode says whether code has the form of a 网站标识码.
func ValidSiteIDCode(code string) bool { return siteIDCode.MatchString(code) }

// SiteKey gives the key of a site: its code where that is valid, else its host.
// host is the host of the canonical home page, with a port when it is not the default.
func SiteKey(code, host string) TargetID {
	if ValidSiteIDCode(code) {
		return TargetID(code)
	}
	return TargetID("host:" + strings.ToLower(host))
}
