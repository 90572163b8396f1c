package govsweep

// RegisterKind says in what a register and the web differ.
type RegisterKind string

// The kinds, in the order they are listed.
const (
	NameGone       RegisterKind = "name-gone"       // NXDOMAIN: the domain does not exist
	NameEmpty      RegisterKind = "name-empty"      // NODATA: it exists and has no address
	SiteParked     RegisterKind = "parked"          // the home page is a parking or default page
	SiteMoved      RegisterKind = "moved"           // the home page ends on another registrable domain
	CodeDiffers    RegisterKind = "code-differs"    // 网站标识码 on the page ≠ register
	TitleDiffers   RegisterKind = "name-differs"    // SiteName on the home page ≠ register
	OwnerDiffers   RegisterKind = "owner-differs"   // 主办单位 in the foot ≠ register
	Unregistered   RegisterKind = "unregistered"    // linked, below a registered domain, not registered
	LinkedStranger RegisterKind = "linked-stranger" // linked government host of another domain, not registered
	RegisterUnread RegisterKind = "unknown"         // could not be looked at: says nothing
)

// A RegisterNote 名录核查 is one difference between the register and what a
// sweep saw of it.
type RegisterNote struct {
	Kind    RegisterKind `json:"kind"`
	Target  Target       `json:"target"` // the registered site; zero for a host nobody registered
	Host    string       `json:"host"`
	Listed  string       `json:"listed,omitempty"` // what the register says
	Seen    string       `json:"seen,omitempty"`   // what was seen
	Summary string       `json:"summary"`          // Chinese, whole sentence
	Pages   int          `json:"pages,omitempty"`  // that point at the host, over all sites
	Sites   int          `json:"sites,omitempty"`  // whose pages do
	From    []string     `json:"from,omitempty"`   // at most five of those pages, in order
}
