package govsweep

// PageKind is what a page is for.
type PageKind string

// The kinds of page (contract, section 3).
const (
	HomePage       PageKind = "home"
	ColumnPage     PageKind = "column"
	ArticlePage    PageKind = "article"
	AttachmentPage PageKind = "attachment"
	OtherPage      PageKind = "other"
)

// Response is what really came back, whatever the status said.
type Response string

// The responses of the contract. Only Content is ground for a fault of content.
const (
	Content      Response = "content"
	Soft404      Response = "soft-404"
	HomeRedirect Response = "home-redirect"
	Challenge    Response = "challenge" // a firewall's or shield's page
	Shell        Response = "shell"     // needs a browser or a list call
	Truncated    Response = "truncated"
	ErrorPage    Response = "error"
)

// Platform is the CMS family of an intensive platform (domain handbook, section 14).
type Platform string

// The families the product knows.
const (
	JCMS            Platform = "jcms"
	JPaaS           Platform = "jpaas"
	TRS             Platform = "trs"
	UCAP            Platform = "ucap"
	GKMLPT          Platform = "gkmlpt"
	VSB             Platform = "vsb"
	LongXun         Platform = "longxun"
	UnknownPlatform Platform = "unknown"
)

// PageFacts is what one page says, with no opinion about it. The JSON names of
// the upper part are the contract's; a field is absent when the page gives none.
type PageFacts struct {
	URL           string               `json:"url"` // as fetched, canonical
	Kind          PageKind             `json:"kind"`
	Response      Response             `json:"response"`
	Reason        string               `json:"reason,omitempty"` // why Response is not content, Chinese
	Charset       string               `json:"charset"`
	Platform      Platform             `json:"platform"`
	Title         string               `json:"title,omitempty"`
	Breadcrumb    []string             `json:"breadcrumb,omitempty"`
	HeadTags      map[string]string    `json:"head_tags,omitempty"`      // canonical spelling of 47号 where the name is a variant
	Published     string               `json:"published,omitempty"`      // YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+08:00
	PublishedFrom string               `json:"published_from,omitempty"` // head-tags, core-metadata, body, url
	Source        string               `json:"source,omitempty"`
	CoreMetadata  map[string]MetaValue `json:"core_metadata,omitempty"`
	List          *List                `json:"list,omitempty"`
	Marks         *Marks               `json:"marks,omitempty"`

	// What follows is ours.

	VisibleDate  string     `json:"visible_date,omitempty"`  // publish time as the body prints it
	PrintedDate  string     `json:"printed_date,omitempty"`  // the same, character by character: its form is a rule of 47号
	VisibleTitle string     `json:"visible_title,omitempty"` // headline as the body prints it
	RawTags      []RawTag   `json:"raw_tags,omitempty"`      // head tags whose spelling or value is out of form
	Validity     *MetaValue `json:"validity,omitempty"`      // 有效性, as printed
	Disclosure   string     `json:"disclosure,omitempty"`    // 此件公开发布 …, as printed
	TextRunes    int        `json:"text_runes,omitempty"`    // visible body text
	Mongolian    bool       `json:"mongolian,omitempty"`     // vertical-script page
	Phones       []string   `json:"phones,omitempty"`        // consultation or supervision phones a topic column prints
	Notice       string     `json:"notice,omitempty"`        // a closing or moving notice of the column, as printed, at most 200 runes
	Login        bool       `json:"login,omitempty"`         // the page is a log-in form
	Frames       []string   `json:"frames,omitempty"`        // addresses of iframes that may hold the list
	ListCalls    []ListCall `json:"list_calls,omitempty"`    // where a script-built list comes from
	More         []string   `json:"more,omitempty"`          // addresses of further list pages, in order
	Links        []Link     `json:"links,omitempty"`         // in page order, each target once
	// Resources are the other hosts the page loads scripts, styles, pictures,
	// frames, media and fonts from, in order, at most 64.
	Resources   []ResourceHost `json:"resources,omitempty"`
	EmptyLinks  []LinkSpot     `json:"empty_links,omitempty"`
	HiddenLinks []LinkSpot     `json:"hidden_links,omitempty"`
	Parked      string         `json:"parked,omitempty"`       // of a home page: why it is a parking or default page and no site, Chinese
	MetaRefresh string         `json:"meta_refresh,omitempty"` // target of a meta refresh or a bare location script
	Structure   uint64         `json:"structure,omitempty"`    // hash of the page's template; equal for pages of one template
	TextHash    uint64         `json:"text_hash,omitempty"`    // hash of the visible text
	Sketch      TextSketch     `json:"sketch,omitzero"`        // of the running text of an article, below its headline
}

// Keys of PageFacts.CoreMetadata: the eight 核心元数据.
const (
	MetaIndexNumber    = "index_number"    // 索引号
	MetaTopicCategory  = "topic_category"  // 主题分类
	MetaIssuingBody    = "issuing_body"    // 发文机关
	MetaWrittenDate    = "written_date"    // 成文日期
	MetaTitle          = "title"           // 标题
	MetaDocumentNumber = "document_number" // 发文字号
	MetaPubDate        = "pub_date"        // 发布日期
	MetaSubjectTerms   = "subject_terms"   // 主题词
)

// MetaKeys lists the eight in the order of the paper.
var MetaKeys = [...]string{
	MetaIndexNumber, MetaTopicCategory, MetaIssuingBody, MetaWrittenDate,
	MetaTitle, MetaDocumentNumber, MetaPubDate, MetaSubjectTerms,
}

// MetaValue is a label as printed, without white space, and the value behind it.
type MetaValue struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// ListState says what is known of a column's list.
type ListState string

// The states of a list.
const (
	Listed          ListState = "listed"
	BlankList       ListState = "blank"
	UnreadList      ListState = "unread"
	AttachmentsOnly ListState = "attachments-only"
)

// List is the list of a column page.
type List struct {
	State   ListState  `json:"state"`
	Reason  string     `json:"reason,omitempty"` // of unread, Chinese
	Items   []ListItem `json:"items,omitempty"`
	Newest  string     `json:"newest,omitempty"` // newest date of the items, pinned ones included, future ones not judged
	Undated int        `json:"undated"`
}

// ListItem is one row of a list.
type ListItem struct {
	Title  string `json:"title"`
	URL    string `json:"url"`
	Date   string `json:"date,omitempty"`
	Pinned bool   `json:"pinned"`
}

// Marks are the identity marks of a page (domain handbook, section 7.2).
type Marks struct {
	SiteIDCode  string `json:"site_id_code,omitempty"`
	ICP         string `json:"icp,omitempty"`
	Police      string `json:"police,omitempty"`
	Conac       string `json:"conac,omitempty"`        // red, blue, error
	ErrorReport string `json:"error_report,omitempty"` // current, outdated
	IPv6Label   bool   `json:"ipv6_label,omitempty"`
	MarksUnread bool   `json:"marks_unread,omitempty"` // some mark is drawn by a script that was not run

	ICPLink       string `json:"icp_link,omitempty"`
	PoliceLink    string `json:"police_link,omitempty"`
	ReportCode    string `json:"report_code,omitempty"`    // sitecode of the 找错 entry
	Host          string `json:"host,omitempty"`           // 主办单位, as printed
	Contact       string `json:"contact,omitempty"`        // 联系方式, as printed
	Sitemap       bool   `json:"sitemap,omitempty"`        // 网站地图 is offered
	FooterPresent bool   `json:"footer_present,omitempty"` // a foot was found and read
}

// RawTag is a head tag as written, kept when its name or value is out of form.
type RawTag struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Fault string `json:"fault"` // empty, name-variant, bad-date, site-id-form
}

// ListCall is the data address behind a script-built list.
type ListCall struct {
	Platform Platform `json:"platform"`
	URL      string   `json:"url"`
	Form     string   `json:"form,omitempty"` // url-encoded; "" means GET
	Page     string   `json:"page,omitempty"` // the page the list stands on: its rows resolve against it; "" = URL
}

// LinkClass is what a link leads to.
type LinkClass string

// The classes of links.
const (
	InternalLink   LinkClass = "internal"
	ExternalLink   LinkClass = "external"
	AttachmentLink LinkClass = "attachment"
	ImageLink      LinkClass = "image"
	NavLink        LinkClass = "nav" // internal, in a menu or breadcrumb: may be a column
	PagerLink      LinkClass = "pager"
)

// Link is one address a page points at.
type Link struct {
	URL   string    `json:"url"` // canonical
	Class LinkClass `json:"class"`
	Text  string    `json:"text,omitempty"` // visible words, at most 60 runes
}

// LinkSpot is a link that is wrong by itself, and its place.
type LinkSpot struct {
	Href  string `json:"href"`
	Text  string `json:"text,omitempty"`
	Place string `json:"place"`           // path in the document
	Style string `json:"style,omitempty"` // the style that hides it
}
