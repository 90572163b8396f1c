package govsweep

// TargetKind says what is inspected.
type TargetKind string

// The kinds of 检查对象.
const (
	SiteTarget    TargetKind = "site"
	AccountTarget TargetKind = "account"
)

// TargetID is the stable key of a target: the site code (网站标识码) where one
// is registered, else "host:" and the host of the home page.
type TargetID string

// Target is one 检查对象 as it is printed in results (contract, section 4).
type Target struct {
	ID   TargetID   `json:"-"`
	Kind TargetKind `json:"kind"`
	Code string     `json:"code"` // 网站标识码; "" when not registered
	Name string     `json:"name"`
	URL  string     `json:"url"` // canonical address of the home page
}
