package facts

import (
	"time"

	"github.com/govsweep/govsweep"
)

// FactKind names a kind of fact an indicator may need. Dossier.Missing says
// which of them could not be had, and why.
type FactKind string

// The kinds of fact of a page crawl.
const (
	KindHome     FactKind = "home"             // the home page was read
	KindColumns  FactKind = "column-inventory" // the columns of the site are known
	KindListings FactKind = "column-listing"
	KindHeadTags FactKind = "head-tags"
	KindMetadata FactKind = "core-metadata"
	KindMarks    FactKind = "footer-marks"
	KindLinks    FactKind = "links"
	KindArticles FactKind = "articles"
	KindRegister FactKind = "register"
	KindSoft404  FactKind = "soft-404"
	KindWhole    FactKind = "whole-site" // the site was crawled: what is nowhere to be found is missing
)

// A Dossier is all one sweep learned about one target, folded small enough
// to hold in memory however many pages the target has. It is plain data: it
// is stored as JSON and judged again by replay.
type Dossier struct {
	Site     govsweep.Site             `json:"site"`
	AsOf     time.Time                 `json:"as_of"` // 监测时间点
	Home     Home                      `json:"home"`
	Columns  []govsweep.ColumnActivity `json:"columns"` // in order of path, then address
	Tags     TagTally                  `json:"tags"`
	Metadata MetadataTally             `json:"metadata"`
	Articles ArticleTally              `json:"articles"`
	Marks    MarkFacts                 `json:"marks"`
	Links    LinkTally                 `json:"links"`
	Soft404  Soft404Facts              `json:"soft_404"`
	// Resources are the other hosts the pages load from, in order of host, at
	// most 2,000; nil where the crawl is of a version that did not look.
	Resources []govsweep.HostUse `json:"resources,omitzero"`
	// YearlyForms are the 政府网站工作年度报表 met anywhere: list rows and links
	// of the home page and the columns whose words name one.
	YearlyForms []YearlyForm      `json:"yearly_forms,omitempty"`
	Coverage    govsweep.Coverage `json:"coverage"`
	// Probes is the series of visits of the last weeks; nil when none was made.
	Probes *ProbeLog `json:"probes,omitempty"`
	// IPv6 is what the reports of the last weeks say; nil when none was made.
	IPv6 *IPv6Facts `json:"ipv6,omitempty"`
	// Account is what was learned of a 政务新媒体 account; nil for a site.
	Account *AccountDossier `json:"account,omitempty"`
	// Missing says what could not be measured, and why (Chinese, whole
	// sentence). A kind that is absent was measured.
	Missing map[FactKind]string `json:"missing,omitempty"`
}

// PageRef is one page a property was looked for on.
type PageRef struct {
	URL    string `json:"url"`
	Digest string `json:"digest,omitempty"` // of its capture
	Quote  string `json:"quote,omitempty"`  // what was read there, at most 200 runes
}

// A Tally counts one property over the pages it applies to and keeps the
// address of every page that lacks it, in order of address.
//
// The list is bounded: beyond the first ListLimit addresses pages are only
// counted, in More. See Lacks.
type Tally struct {
	Pages   int       `json:"pages"` // looked at
	Lacking []PageRef `json:"lacking,omitempty"`
	More    int       `json:"more,omitempty"` // lacking pages beyond those listed
}

// ListLimit is how many pages a list of the dossier names, the first by
// address; what lies beyond is counted only, so that a dossier stays small
// on a site of any size.
const ListLimit = 10_000

// Lacks counts the pages that lack the property, listed or not.
func (t *Tally) Lacks() int {
	if t == nil {
		return 0
	}
	return len(t.Lacking) + t.More
}

// Home is what is known of the home page 首页.
type Home struct {
	URL      string            `json:"url"`
	Digest   string            `json:"digest,omitempty"`
	Reached  bool              `json:"reached"`
	Failure  govsweep.Failure  `json:"failure,omitempty"`
	Status   int               `json:"status,omitempty"`
	Response govsweep.Response `json:"response,omitempty"`
	Cause    string            `json:"cause,omitempty"`
	Seconds  float64           `json:"seconds"` // until the body was complete
	// FinalURL is where the home page leads when that is another host.
	FinalURL string `json:"final_url,omitempty"`
	// Parked says why what came is a parking or default page and no site.
	Parked string `json:"parked,omitempty"`
	// Name is what a name server said when the page failed for its name; ""
	// when none was asked.
	Name  govsweep.DNSOutcome `json:"name,omitempty"`
	Title string              `json:"title,omitempty"`
	// NavOnly says that the home page is only a navigation entrance: no dated
	// item of its own and not enough text; its second-level pages count then.
	NavOnly     bool   `json:"nav_only,omitempty"`
	Newest      string `json:"newest,omitempty"` // newest date among its items, from the row or from the article behind it
	NewestTitle string `json:"newest_title,omitempty"`
	NewestURL   string `json:"newest_url,omitempty"`
	Items       int    `json:"items"`
	Undated     int    `json:"undated"`          // items with no date in the row and none found behind the link
	Unread      string `json:"unread,omitempty"` // part of it is drawn by script: why nothing may be concluded
	TextLinks   int    `json:"text_links,omitempty"`
	// Labels are the short words of its links, as of columns: what the site
	// may have beyond the columns that were read.
	Labels []string `json:"labels,omitempty"`
}

// Label gives the first label that is a column's by the words of named; ""
// for none.
func (h *Home) Label(named func(string) bool) string {
	for _, l := range h.Labels {
		if named(l) {
			return l
		}
	}
	return ""
}

// TagTally is the head tags of 国办发〔2017〕47号 over the pages read.
type TagTally struct {
	Site     map[string]*Tally `json:"site"`     // SiteName SiteDomain SiteIDCode, over every content page
	Column   map[string]*Tally `json:"column"`   // ColumnName ColumnDescription ColumnKeywords ColumnType
	Article  map[string]*Tally `json:"article"`  // ArticleTitle PubDate ContentSource
	Optional map[string]*Tally `json:"optional"` // Keywords Author Description Image Url, over articles; lists at most 2,000 pages
	BadDate  Tally             `json:"bad_date"` // PubDate present but not a time in the form of 47号; Quote = value
	// Mismatch: tag value and visible value differ; keys title, time, source; Quote = "标签:… 页面:…".
	Mismatch map[string]*Tally `json:"mismatch"`
	// IDCodes are the values of SiteIDCode seen, with the pages that carry them.
	IDCodes map[string]*Tally `json:"id_codes"`
}

// MetadataTally is the eight core metadata over document pages 公文页.
type MetadataTally struct {
	Documents       int                  `json:"documents"`            // pages that print a metadata block of a document
	NoLabel         map[string]*Tally    `json:"no_label"`             // by key of govsweep.MetaKeys: the label is not printed
	Empty           map[string]*Tally    `json:"empty"`                // the label is printed, the value empty
	Values          map[string][]PageRef `json:"values"`               // values out of form, Quote = value: see the fold of metadata
	NumberForm      Tally                `json:"number_form"`          // 发文字号 without 六角括号, with 第 or a leading zero
	NumberYear      Tally                `json:"number_year"`          // year of 发文字号 ≠ year of 成文日期
	WrittenAfterPub Tally                `json:"written_after_pub"`    // 成文日期 later than 发布日期
	FuturePub       Tally                `json:"future_pub"`           // 发布日期 after the check point
	Validity        Tally                `json:"validity"`             // normative documents without 有效性
	Disclosure      Tally                `json:"disclosure"`           // documents without 公开属性
	Duplicates      []DuplicateIndex     `json:"duplicates,omitempty"` // one 索引号 on several different documents
	Late            []LateDocument       `json:"late,omitempty"`       // both dates known; measured, not judged
}

// DuplicateIndex is one 索引号 printed on several documents.
type DuplicateIndex struct {
	Value string    `json:"value"`
	Pages []PageRef `json:"pages"`
}

// LateDocument is a document whose 发布日期 lies after its 成文日期.
type LateDocument struct {
	PageRef
	Written string `json:"written"`
	Pub     string `json:"pub"`
}

// ArticleTally is what article pages print in their body.
type ArticleTally struct {
	Articles int   `json:"articles"`
	NoTime   Tally `json:"no_time"`   // no publish time printed
	BadTime  Tally `json:"bad_time"`  // printed, but not YYYY-MM-DD HH:MM; Quote = as printed
	NoSource Tally `json:"no_source"` // neither a source line nor ContentSource
}

// MarkFacts are the marks of the foot as the home page (or, where the home
// page's foot is drawn by script, other pages) print them.
type MarkFacts struct {
	govsweep.Marks
	Page PageRef `json:"page"`           // where they were read; Quote = the foot's text
	Name string  `json:"name,omitempty"` // SiteName tag or title of the home page
	// TagName is its SiteName tag alone; "" also in dossiers of older versions.
	TagName string `json:"tag_name,omitempty"`
}

// LinkTally is what is wrong with the links of the site.
type LinkTally struct {
	Checked int          `json:"checked"` // distinct addresses asked
	Dead    []DeadLink   `json:"dead,omitempty"`
	Empty   []SpotGroup  `json:"empty,omitempty"`
	Hidden  []SpotGroup  `json:"hidden,omitempty"`
	Hosts   []LinkedHost `json:"hosts,omitempty"` // government hosts outside the site, in order
	Once    int          `json:"once,omitempty"`  // addresses that failed, but were looked at only once: not in Dead
}

// DeadLink is one address that does not open, with every page that points at it.
type DeadLink struct {
	URL       string             `json:"url"`
	Class     govsweep.LinkClass `json:"class"` // internal, external, attachment, image
	Status    int                `json:"status,omitempty"`
	Failure   govsweep.Failure   `json:"failure,omitempty"`
	Response  govsweep.Response  `json:"response,omitempty"`   // soft-404, home-redirect for a 200 that is none
	MediaType string             `json:"media_type,omitempty"` // what came instead of an attachment or picture
	Cause     string             `json:"cause"`                // Chinese
	Tries     []govsweep.Try     `json:"tries,omitempty"`      // of this and earlier inspections, in order
	Text      string             `json:"text,omitempty"`       // words of the link
	OnHome    bool               `json:"on_home,omitempty"`    // the home page points at it
	Sources   []PageRef          `json:"sources"`              // in order of address
	More      int                `json:"more,omitempty"`       // pages that point at it beyond those listed
	Digest    string             `json:"digest,omitempty"`     // of the answer, when it had a body
}

// SpotGroup is one wrong link of one template with every page that shows it.
type SpotGroup struct {
	govsweep.LinkSpot
	Pages []PageRef `json:"pages"`
	More  int       `json:"more,omitempty"` // pages beyond those listed
}

// YearlyForm is one 政府网站工作年度报表 a page points at, in order of address.
type YearlyForm struct {
	PageRef        // where it leads; Quote = the words of the link
	Year    int    `json:"year"`           // the year it reports on; 0 when the words do not say
	Date    string `json:"date,omitempty"` // when it was published, as far as known
	OnHome  bool   `json:"on_home,omitempty"`
}

// Soft404Facts says what the site answers for an address that cannot exist.
type Soft404Facts struct {
	Asked  bool    `json:"asked"`
	Status int     `json:"status,omitempty"`
	Body   bool    `json:"body,omitempty"` // a page for people came with it
	Home   bool    `json:"home,omitempty"` // it leads to the home page
	Page   PageRef `json:"page"`
}
