package farm

import (
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/govsweep/govsweep"
)

// A listMode says how a column shows its list.
type listMode int

const (
	plainList   listMode = iota // rows in the page
	singleText                  // no list: one text
	landing                     // blocks of the sub-columns' newest items
	emptyParent                 // an empty list of its own, sub-columns in the left menu
	tabList                     // rows in a tab hidden by style
	frameList                   // rows in an iframe
	callList                    // rows behind the family's list call, none in the page
	scriptList                  // rows drawn by a script nobody can guess
	outsideList                 // links to the service portal of another host alone
	loginForm                   // a log-in
	closedNote                  // closed, with a notice
)

// A trouble is how the server misbehaves for one column or a whole site.
type trouble int

const (
	noTrouble trouble = iota
	challenged
	cutShort  // body shorter than its length says
	forbidden // robots.txt
	busyOnce  // 503 with Retry-After, once per address
	slowAnswer
	redirectLoop
	serverError
	garbled   // broken gzip
	tlsBroken // handshake fails, plain HTTP does not
	plainOnly // handshake fails, plain HTTP works
	hangs     // headers never come
)

// site is one made-up site.
type site struct {
	farm       *Farm
	no         int
	role       string
	code       string
	region     string
	name       string
	owner      string
	filed      filed
	stray      func(*Farm, http.ResponseWriter, *http.Request) // what stands at its domain, of a stray
	supervisor string
	level      string
	kind       govsweep.SiteKind
	host       string // without port
	prefix     string // of its province: one Han character
	family     govsweep.Platform
	charset    string // of the bytes
	header     string // charset the header declares, "" none
	meta       string // charset the page declares, "" none
	mongol     bool
	traditon   bool // 繁体
	columns    []*column
	look       style
	foot       foot
	tags       tagFaults
	home       home
	trouble    trouble
	soft404    string // "", page, home, bare
	traps      bool
	secure     bool // its home page is registered with https
	banner     bool
	dateOnly   bool // articles print the day without the hour
	paths      map[string]func(*reply)
	nextID     int
	used       map[*item]bool
}

// filed is what the register says of a site where that is not what it is.
type filed struct {
	name, owner string
	state       govsweep.SiteState
}

// column is one 栏目 with its list.
type column struct {
	site       *site
	name       string
	class      govsweep.ColumnClass
	typ        string // ColumnType
	slug       string
	parent     *column
	children   []*column
	level      int
	mode       listMode
	items      []*item
	no         int
	undated    bool
	yearless   bool
	perPage    int
	phone      string
	trouble    trouble
	blankWord  string
	statistics bool
	drop       map[string]bool // column tags left out
	prose      string
	planted    bool // a plant already touched it
}

// item is one article of a column.
type item struct {
	col     *column
	id      int
	title   string
	at      time.Time
	pinned  bool
	future  bool
	source  string
	doc     *document
	related *item // document ↔ interpretation
	drop    map[string]bool
	tag     map[string]string // tag values that differ
	noTime  bool
	showAs  string // publish time as printed, when not the usual form
	noFrom  bool   // no source line
	body    []string
	file    string
	image   string
	text    string
}

// document is the metadata of one 公文.
type document struct {
	index, topic, issuer, number, subject string
	written                               time.Time
	pub                                   string
	valid                                 string
	attribute                             string
	drop                                  map[string]bool
	blank                                 map[string]bool
	normative                             bool
}

// foot is what the foot of every page carries.
type foot struct {
	conac     string // red, blue, error, none
	code      string
	icp       string
	icpLink   string
	police    string
	owner     bool
	contact   string
	sitemap   bool
	report    string // current, link, outdated, none
	reportID  string
	byScript  bool
	ipv6Label bool
}

// tagFaults are head-tag faults of a whole template.
type tagFaults struct {
	drop   map[string]bool
	code   string // SiteIDCode when it is not the site's
	noOpts bool
	lower  bool // names in lower case
	suffix bool // title tag with the site's name behind
	dashes bool // PubDate with long dashes
}

// home is what is special about a home page.
type home struct {
	frozen     bool // shows only items older than two weeks
	secondTab  bool // its fresh items stand in a second, hidden tab
	undated    bool
	navOnly    bool
	futureOnly bool
	exactly14  bool
	links      []string // further HTML
	form       yearlyForm
}

// yearlyForm is the 政府网站工作年度报表 on the home page.
type yearlyForm struct {
	item *item
}

func (s *site) dice(place string) *rand.Rand { return dice(s.farm.opt.Seed, s.host+"|"+place) }

func (s *site) portal() bool { return s.kind == govsweep.Portal }
