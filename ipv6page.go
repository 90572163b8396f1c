package govsweep

import (
	"encoding/json"
	"strings"
	"time"
)

// DiffState says whether the home page over IPv6 could be held against the
// one over IPv4, and what came instead where it could not.
type DiffState string

// The states. Only DiffCompared and DiffRedirect come with a similarity.
const (
	DiffCompared   DiffState = "compared"
	DiffRedirect   DiffState = "redirect"     // IPv6 leads to another page than IPv4
	DiffChallenge  DiffState = "challenge"    // a shield stood in the way of one of the two
	DiffErrorPage  DiffState = "error-page"   // IPv6 answers with an error where IPv4 shows the home page
	DiffNoAnswer   DiffState = "no-answer"    // nothing usable came over IPv6
	DiffNoBaseline DiffState = "no-baseline"  // nothing usable came over IPv4
	DiffNoItems    DiffState = "no-items"     // a script draws the page: there is nothing to compare
	DiffUnproven   DiffState = "not-measured" // nobody knows whether our own IPv6 held; see IPv6Pages.Told
)

// HomeSide is one of the home pages that were held against each other.
type HomeSide struct {
	URL      string    `json:"url"` // after redirects
	At       time.Time `json:"at"`
	Family   int       `json:"family"` // 4 or 6
	Status   int       `json:"status,omitempty"`
	Response Response  `json:"response,omitempty"`
	Title    string    `json:"title,omitempty"`
	Items    int       `json:"items"`
	Digest   string    `json:"digest,omitempty"` // of its capture
}

// DiffItem is one item of a home page: the title, a link, a row of a list, a
// block of text, a picture or a frame.
type DiffItem struct {
	Kind   string `json:"kind"`   // title, link, row, text, image, frame
	Region string `json:"region"` // head, nav, crumb, body, side, foot
	Text   string `json:"text,omitempty"`
	URL    string `json:"url,omitempty"`
	Count  int    `json:"count,omitempty"` // how often it stands there more, where more than once
}

// DiffChange is an item that both pages have in one place and not alike.
type DiffChange struct {
	V4 DiffItem `json:"v4"`
	V6 DiffItem `json:"v6"`
}

// HomeDiff 首页内容一致性 is the home page over IPv6 held against the one over
// IPv4, item by item. Lists name the first MaxDiffItems; the rest is counted.
type HomeDiff struct {
	State       DiffState    `json:"state"`
	Why         string       `json:"why,omitempty"` // Chinese sentence, of every state but compared
	V4          HomeSide     `json:"v4"`
	V4Again     HomeSide     `json:"v4_again,omitzero"` // the second visit over IPv4: what changes by itself
	V6          HomeSide     `json:"v6"`
	Similarity  float64      `json:"similarity"` // 2 × common ÷ (items over IPv4 + items over IPv6), volatile ones left out
	Common      int          `json:"common"`
	OnlyV4      []DiffItem   `json:"only_v4,omitempty"`
	MoreV4      int          `json:"more_v4,omitempty"`
	OnlyV6      []DiffItem   `json:"only_v6,omitempty"`
	MoreV6      int          `json:"more_v6,omitempty"`
	Changed     []DiffChange `json:"changed,omitempty"`
	MoreChanged int          `json:"more_changed,omitempty"`
	Volatile    int          `json:"volatile,omitempty"` // items left out: they change over IPv4 as well
	Cut         bool         `json:"cut,omitempty"`      // a page had more items than are compared
}

// MaxDiffItems is how many items each list of a HomeDiff names.
const MaxDiffItems = 100

// HostIPv6 says whether a host can be reached over IPv6, by its records.
type HostIPv6 string

// The answers. Unknown counts nowhere.
const (
	HostV6      HostIPv6 = "yes"
	HostNoV6    HostIPv6 = "no"
	HostGone    HostIPv6 = "no-such-host" // the name does not exist over IPv4 either: no fault of IPv6
	HostUnknown HostIPv6 = "unknown"
)

// LinkFault is one internal link that does not open over IPv6.
type LinkFault struct {
	URL string `json:"url"`
	Why string `json:"why"` // Chinese sentence
}

// LinkSupport 二级、三级内链支持率 says how many of the internal links of one
// level open over IPv6. Level 2 are the links of the site itself on its home
// page, level 3 those on the pages of level 2 that are not of level 2.
type LinkSupport struct {
	Level   int         `json:"level"`
	Sweep   int64       `json:"sweep"`          // whose crawl the links are from
	Known   int         `json:"known"`          // links of the level
	Drawn   int         `json:"drawn"`          // of them looked at
	Seed    string      `json:"seed,omitempty"` // of the draw; "" when all were looked at
	Visited bool        `json:"visited"`        // opened over IPv6; else judged by the records of their host
	Good    int         `json:"good"`
	Bad     int         `json:"bad"`
	Unknown int         `json:"unknown,omitempty"` // could not be measured: counts nowhere
	Why     string      `json:"why,omitempty"`     // Chinese sentence, where nothing could be looked at or some is unknown
	Faults  []LinkFault `json:"faults,omitempty"`  // at most MaxLinkFaults
	// State is measured or not-measured where the level is told (IPv6Pages.Told);
	// "" in what is kept. What is not measured has no counts of good and bad.
	State MeasureState `json:"state,omitempty"`
}

// MarshalJSON leaves the counts out of what is not measured: a 0 would read
// as a figure.
func (l LinkSupport) MarshalJSON() ([]byte, error) {
	type kept LinkSupport
	if l.State != MeasureUnknown {
		return json.Marshal(kept(l))
	}
	return json.Marshal(struct {
		kept
		Good    *int        `json:"good,omitempty"`
		Bad     *int        `json:"bad,omitempty"`
		Unknown *int        `json:"unknown,omitempty"`
		Faults  []LinkFault `json:"faults,omitempty"`
	}{kept: kept(l)})
}

// told gives the level as it may be told: measured, or not measured and why.
func (l *LinkSupport) told(own OwnIPv6) *LinkSupport {
	if l == nil {
		return nil
	}
	out := *l
	_, measured := l.Ratio()
	switch {
	case !own.Proven():
		out.State, out.Why = MeasureUnknown, own.Why+"。"
	case measured:
		out.State = MeasureShown
	default:
		out.State = MeasureUnknown
	}
	return &out
}

// MaxLinkFaults is how many links a LinkSupport names.
const MaxLinkFaults = 50

// Ratio is the share of the links that open; false when none was measured.
func (l *LinkSupport) Ratio() (float64, bool) {
	if l == nil || l.Good+l.Bad == 0 {
		return 0, false
	}
	return float64(l.Good) / float64(l.Good+l.Bad), true
}

// ResourceKinds says what a page takes from a host, a bit each.
type ResourceKinds uint8

// The kinds of resource.
const (
	ScriptResource ResourceKinds = 1 << iota
	StyleResource
	ImageResource
	FrameResource
	MediaResource
	FontResource
)

var resourceWords = [...]struct {
	kind     ResourceKinds
	code, zh string
}{
	{ScriptResource, "script", "脚本"}, {StyleResource, "style", "样式"}, {ImageResource, "image", "图片"},
	{FrameResource, "frame", "嵌入页面"}, {MediaResource, "media", "音视频"}, {FontResource, "font", "字体"},
}

// Chinese names the kinds as an official reads them: 脚本、图片.
func (k ResourceKinds) Chinese() string {
	var words []string
	for _, w := range resourceWords {
		if k&w.kind != 0 {
			words = append(words, w.zh)
		}
	}
	return strings.Join(words, "、")
}

// MarshalText writes the kinds as codes parted by spaces.
func (k ResourceKinds) MarshalText() ([]byte, error) {
	var words []string
	for _, w := range resourceWords {
		if k&w.kind != 0 {
			words = append(words, w.code)
		}
	}
	return []byte(strings.Join(words, " ")), nil
}

// UnmarshalText reads what MarshalText writes; codes of a later version are passed over.
func (k *ResourceKinds) UnmarshalText(b []byte) error {
	*k = 0
	for _, word := range strings.Fields(string(b)) {
		for _, w := range resourceWords {
			if w.code == word {
				*k |= w.kind
			}
		}
	}
	return nil
}

// ResourceHost is another host a page loads from.
type ResourceHost struct {
	Host  string        `json:"host"` // lower case, without port
	Kinds ResourceKinds `json:"kinds"`
}

// HostUse is a host the pages of one site load from.
type HostUse struct {
	Host     string        `json:"host"`
	Kinds    ResourceKinds `json:"kinds"`
	Pages    int           `json:"pages"`
	OnHome   bool          `json:"on_home,omitempty"`
	Examples []string      `json:"examples,omitempty"` // pages, at most 5
}

// HostGap 天窗 is a host without IPv6 that the pages of a site load from:
// what comes from it stays blank for a visitor who has IPv6 alone.
type HostGap struct {
	HostUse
	State HostIPv6 `json:"state"` // no, no-such-host or unknown
	Why   string   `json:"why"`   // Chinese sentence
}

// IPv6Pages is what one look at the pages of a site over IPv6 showed.
type IPv6Pages struct {
	Home   *HomeDiff    `json:"home,omitempty"`
	Second *LinkSupport `json:"second,omitempty"`
	Third  *LinkSupport `json:"third,omitempty"`
	Sweep  int64        `json:"sweep,omitempty"` // whose pages Hosts and Gaps are of; 0 when none was made
	Why    string       `json:"why,omitempty"`   // why Hosts and Gaps say nothing, a Chinese sentence
	Hosts  int          `json:"hosts,omitempty"` // other hosts the pages load from
	Gaps   []HostGap    `json:"gaps,omitempty"`  // in order of pages hit, at most MaxHostGaps
}

// Told gives the pages as they may be told: where the IPv6 of the prober
// itself was not proven, neither the home page nor the links were measured.
// Which hosts have records holds all the same. nil for nil.
func (p *IPv6Pages) Told(own OwnIPv6) *IPv6Pages {
	if p == nil {
		return nil
	}
	out := *p
	out.Second, out.Third = p.Second.told(own), p.Third.told(own)
	if !own.Proven() {
		out.Home = &HomeDiff{State: DiffUnproven, Why: own.Why + "。"}
	}
	return &out
}

// MaxHostGaps is how many hosts an IPv6Pages names.
const MaxHostGaps = 200

// LinkLevel names a level of links: 二级, 三级.
func LinkLevel(n int) string {
	switch n {
	case 2:
		return "二级"
	case 3:
		return "三级"
	}
	return "各级"
}

// The captures of home pages that were compared, as the server sent them.
const (
	HomeV4Capture CaptureKind = "home-v4"
	HomeV6Capture CaptureKind = "home-v6"
)

// CensusHost is one host that pages of the sites of a sweep load from 外部资源主机.
type CensusHost struct {
	Host     string        `json:"host"`
	IPv6     HostIPv6      `json:"ipv6"`
	Why      string        `json:"why,omitempty"` // Chinese sentence, of every answer but yes
	Kinds    ResourceKinds `json:"kinds"`
	Sites    int           `json:"sites"`
	Homes    int           `json:"homes"` // of them those whose home page loads from it
	Pages    int           `json:"pages"`
	Examples []string      `json:"examples,omitempty"` // names of sites, at most 5, in order of pages
}

var itemKinds = map[string]string{"title": "标题", "link": "链接", "row": "列表条目", "text": "文字", "image": "图片", "frame": "嵌入页面"}

var itemRegions = map[string]string{"head": "页面", "nav": "导航区", "crumb": "当前位置", "body": "正文区", "side": "侧栏", "foot": "页脚"}

// KindChinese names the kind of item.
func (d *DiffItem) KindChinese() string { return itemKinds[d.Kind] }

// RegionChinese names the region of the page an item stands in.
func (d *DiffItem) RegionChinese() string { return itemRegions[d.Region] }
