package govsweep

import "time"

// UserRole says what a user of the pages and the API may do.
type UserRole string

// The roles.
const (
	BureauRole    UserRole = "bureau"    // 监管单位
	InspectorRole UserRole = "inspector" // 检查人员
	OwnerRole     UserRole = "owner"     // 网站主办单位: sees the sites of its units only
	AuditorRole   UserRole = "auditor"   // 审计人员: sees everything, the audit log too, and changes nothing
)

// UserRoles lists every role, in the order of help.
func UserRoles() []UserRole { return []UserRole{BureauRole, InspectorRole, OwnerRole, AuditorRole} }

// Word is the role as people call it.
func (r UserRole) Word() string {
	switch r {
	case BureauRole:
		return "监管单位"
	case InspectorRole:
		return "检查人员"
	case OwnerRole:
		return "网站主办单位"
	case AuditorRole:
		return "审计人员"
	}
	return string(r)
}

// User is a person, or a unit, who may log in.
type User struct {
	Name     string    `json:"name"`
	Role     UserRole  `json:"role"`
	Units    []string  `json:"units,omitempty"` // 主办单位 of an owner, as the register names them
	Disabled bool      `json:"disabled"`
	Created  time.Time `json:"created"`
	Password string    `json:"-"` // argon2id, in the PHC form
	Epoch    int64     `json:"-"` // raised with every change of password, role, units or state: older sessions end
}

// TokenScope says what a token of the API may do, at most what its user may.
type TokenScope string

// The scopes.
const (
	ReadScope TokenScope = "read"
	RunScope  TokenScope = "run" // read, and command schedules
)

// AccessToken 访问令牌 lets a program use the API in the name of a user. The
// token itself is kept nowhere, only its hash.
type AccessToken struct {
	ID      string     `json:"id"`
	User    string     `json:"user"`
	Name    string     `json:"name"` // what it is for
	Scope   TokenScope `json:"scope"`
	Created time.Time  `json:"created"`
	Expires time.Time  `json:"expires"`
	Revoked time.Time  `json:"revoked,omitzero"`
	Hash    string     `json:"-"`
}
