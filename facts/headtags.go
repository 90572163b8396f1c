package facts

import (
	"regexp"
	"strings"

	"github.com/govsweep/govsweep"
)

// HeadTagNames are the tags of 国办发〔2017〕47号 in its spelling and order.
var HeadTagNames = [...]string{
	"SiteName", "SiteDomain", "SiteIDCode",
	"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
	"ArticleTitle", "PubDate", "ContentSource",
	"Keywords", "Author", "Description", "Image", "Url",
}

// tagSynonyms are names other systems write instead, without case, hyphens
// and underscores. They are read where the tag of the paper has no value.
var tagSynonyms = map[string]string{
	"publishdate": "PubDate", "publishtime": "PubDate", "pubtime": "PubDate", "published": "PubDate",
	"releasedate": "PubDate", "releasetime": "PubDate", "maketime": "PubDate",
	"source": "ContentSource", "articlesource": "ContentSource",
	"sitecode": "SiteIDCode", "websitecode": "SiteIDCode",
	"columntitle": "ColumnName", "columndesc": "ColumnDescription", "columnkeyword": "ColumnKeywords",
}

// How well a tag's name fits; a better one replaces what was read before.
const (
	noTag    = iota
	emptyTag // the tag of the paper, without a value: no synonym takes its place
	synonymTag
	foldedTag // other case, hyphens, underscores
	exactTag
)

type headTag struct {
	fit         int
	name, value string // as written
}

// headTags reads the head tags of 47号: values by canonical name, "" for a
// tag that is there and empty, and the tags whose name or value is out of form.
func (d *Document) headTags() (map[string]string, []govsweep.RawTag) {
	var tags [len(HeadTagNames)]headTag
	seen := false
	for i := range d.Metas {
		if m := &d.Metas[i]; !m.Equiv {
			seen = readTag(&tags, m.Name, m.Content) || seen
		}
	}
	if !seen {
		return nil, nil
	}
	values := make(map[string]string, len(tags))
	var faults []govsweep.RawTag
	for i := range tags {
		if t := &tags[i]; t.fit != noTag {
			values[HeadTagNames[i]] = t.value
			if fault := t.fault(HeadTagNames[i]); fault != "" {
				faults = append(faults, govsweep.RawTag{Name: t.name, Value: t.value, Fault: fault})
			}
		}
	}
	return values, faults
}

func readTag(tags *[len(HeadTagNames)]headTag, name, content string) bool {
	i, fit := tagOf(name)
	if fit == noTag {
		return false
	}
	t, value := &tags[i], TagValue(content)
	switch {
	case fit == synonymTag && value == "":
		return false
	case fit != synonymTag && value == "":
		fit = emptyTag
	}
	if fit > t.fit && (fit != synonymTag || t.fit == noTag) || fit == emptyTag && t.fit == synonymTag {
		t.fit, t.name, t.value = fit, name, value
	}
	return true
}

// tagOf gives the place of a tag in HeadTagNames and how well its name fits.
func tagOf(name string) (int, int) {
	if len(name) < 3 || len(name) > 24 {
		return 0, noTag
	}
	for i, want := range HeadTagNames {
		if len(name) == len(want) && strings.EqualFold(name, want) {
			if name == want {
				return i, exactTag
			}
			return i, foldedTag
		}
	}
	folded := strings.Map(tagRune, name)
	want, synonym := tagSynonyms[folded]
	for i, have := range HeadTagNames {
		if synonym && have == want || !synonym && len(folded) == len(have) && strings.EqualFold(folded, have) {
			return i, synonymTag
		}
	}
	return 0, noTag
}

// tagRune drops what names of tags are joined with.
func tagRune(r rune) rune {
	switch {
	case r == '-' || r == '_' || r == ' ':
		return -1
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	}
	return r
}

func (t *headTag) fault(name string) string {
	switch {
	case t.fit == emptyTag:
		return "empty"
	case t.fit == synonymTag:
		return "name-variant"
	case name == "PubDate" && !TagDateForm(t.value):
		return "bad-date"
	case name == "SiteIDCode" && !govsweep.ValidSiteIDCode(t.value):
		return "site-id-form"
	}
	return ""
}

// TagValue is the content of a head tag as it counts: trimmed, without the
// line breaks some templates leave inside.
func TagValue(content string) string {
	content = strings.Trim(content, " \t\r\n\f\u00a0\u3000\ufeff\u200b")
	if !strings.ContainsAny(content, "\r\n\x00") {
		return content
	}
	lines := strings.FieldsFunc(content, func(r rune) bool { return r == '\r' || r == '\n' || r == 0 })
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return strings.Join(lines, "")
}

var tagDate = regexp.MustCompile(`^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) ?(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\.\d{1,3})?$`)

// TagDateForm says whether a PubDate has the form YYYY-MM-DD HH:MM. The
// paper prints a long dash and some systems another colon: both are fine, as
// are seconds.
func TagDateForm(value string) bool {
	return tagDate.MatchString(PlainDate(value))
}

var datePlain = strings.NewReplacer("——", "-", "—", "-", "–", "-", "‐", "-", "‑", "-", "−", "-", "－", "-",
	"：", ":", "∶", ":", "︰", ":", "\u00a0", " ", "\u3000", " ")

// PlainDate writes the dashes, colons and spaces of a date as ASCII.
func PlainDate(value string) string {
	for i := 0; i < len(value); i++ {
		if value[i] >= 0x80 {
			return datePlain.Replace(value)
		}
	}
	return value
}
