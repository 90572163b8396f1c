package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// BundleFormat names the form of a bundle. A bundle of this form is read for
// ever as it is today; what must change gets a new name.
const BundleFormat = "govsweep-bundle/1"

// Manifest is the list 清单 of a bundle. Its bytes follow from its values
// alone, so its digest, printed in a letter, fixes every capture, address and
// time, the digests of the notice's documents, and the unpacked archive.
type Manifest struct {
	Format    string           `json:"format"`
	Title     string           `json:"title"`
	Notice    *BundleNotice    `json:"notice,omitempty"`
	Sweep     int64            `json:"sweep,omitempty"`
	Items     []BundleItem     `json:"items"`
	Captures  []BundleCapture  `json:"captures"`
	Missing   []BundleCapture  `json:"missing,omitempty"`  // could not be put in: the bundle is partial
	Withheld  int              `json:"withheld,omitempty"` // items of secrecy 涉密: no copy, no text, no export
	Documents []BundleDocument `json:"documents"`
	Readme    BundleFile       `json:"readme"`
	Archive   BundleFile       `json:"archive"` // digest and length of the records unpacked
}

// BundleNotice names the paper a bundle belongs to.
type BundleNotice struct {
	ID        string `json:"id"`
	Number    string `json:"number"`
	Kind      string `json:"kind"`
	Bureau    string `json:"bureau"`
	Addressee string `json:"addressee"`
	Site      string `json:"site"`
	Code      string `json:"code"`
	Issued    string `json:"issued"`
	AsOf      string `json:"as_of"`
}

// BundleItem ties a finding, or an item of a notice, to what it rests on.
type BundleItem struct {
	No          int      `json:"no"`
	Finding     string   `json:"finding"`
	Indicator   string   `json:"indicator"`
	BookID      string   `json:"book_id"`
	URL         string   `json:"url"`
	Summary     string   `json:"summary"`
	InspectedAt string   `json:"inspected_at"`
	Evidence    []string `json:"evidence"`           // digests, each among captures or missing
	Withheld    int      `json:"withheld,omitempty"` // captures left out because a page of secrecy is among them
}

// BundleCapture is one capture: where, when, which bytes, and its record.
type BundleCapture struct {
	Digest      string `json:"digest"` // of the body: the evidence code 证据编号
	URL         string `json:"url"`
	At          string `json:"at"`
	Length      int64  `json:"length"`
	Kind        string `json:"kind"`
	MediaType   string `json:"media_type"`
	Charset     string `json:"charset"`
	Record      string `json:"record,omitempty"`      // response, resource or revisit; none of a missing one
	HeadLength  int64  `json:"head_length,omitempty"` // bytes of the HTTP header in the block
	BlockDigest string `json:"block_digest,omitempty"`
}

// BundleDocument is one form of the notice as it was sent.
type BundleDocument struct {
	Name     string `json:"name"`
	Digest   string `json:"digest"`
	Length   int64  `json:"length"`
	Enclosed bool   `json:"enclosed"` // else only listed
}

// BundleFile is a file of the bundle.
type BundleFile struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
	Length int64  `json:"length"`
}

// Limits of a bundle, for who writes and who reads.
const (
	maxManifest = 16 << 20 // some 30,000 captures
	maxUnpacked = 64 << 30
	maxURL      = 64 << 10
	maxName     = 255
	maxHTTPHead = 1 << 20
)

const bundleTime = "2006-01-02T15:04:05.000-07:00"

// encode gives the one way these values are written.
func (m *Manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(m); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// settled gives the bytes of a manifest that may hold text of any kind: what
// is no UTF-8 has its mark from here on, and reads back as it was written.
func (m *Manifest) settled() ([]byte, error) {
	raw, err := m.encode()
	if err != nil {
		return nil, err
	}
	var again Manifest
	if err := json.Unmarshal(raw, &again); err != nil {
		return nil, err
	}
	return again.encode()
}

// readManifest reads the bytes of a manifest and holds them against its rules.
func readManifest(raw []byte) (*Manifest, error) {
	if objects, marks := density(raw); objects > len(raw)/128+64 || marks > len(raw)/14+64 {
		return nil, fmt.Errorf("空条目过多") // they would fill the memory
	}
	var m Manifest
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	if err := in.Decode(&m); err != nil {
		return nil, fmt.Errorf("不是规定的JSON（第%d字节附近）", in.InputOffset())
	}
	if m.Format != BundleFormat {
		return nil, fmt.Errorf("格式为“%s”，本程序只认“%s”", plain(m.Format), BundleFormat)
	}
	if again, err := m.encode(); err != nil || !bytes.Equal(again, raw) {
		return nil, fmt.Errorf("写法不规范（有重复、多余的内容，或次序不对）")
	}
	return &m, m.check()
}

// density counts objects, and all marks that part or open values, outside of
// strings. As this program writes a manifest, an object takes 150 bytes or
// more, and a mark 15.
func density(raw []byte) (objects, marks int) {
	text := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			text = !text
		case text && c == '\\':
			i++
		case text:
		case c == '{':
			objects++
			marks++
		case c == ',', c == '[':
			marks++
		}
	}
	return objects, marks
}

// check holds the lines of a manifest against each other.
func (m *Manifest) check() error {
	known, total := map[string]bool{}, int64(0)
	for i := range m.Captures {
		c := &m.Captures[i]
		if err := c.check(); err != nil {
			return fmt.Errorf("第%d份证据%w", i+1, err)
		}
		if i > 0 && !less(&m.Captures[i-1], c) {
			return fmt.Errorf("第%d份证据重复，或次序不对", i+1)
		}
		if (c.Record == "revisit") != known[c.Digest] {
			return fmt.Errorf("第%d份证据的记录种类与此前的记录不合", i+1)
		}
		known[c.Digest] = true
		if total += c.Length + c.HeadLength; total > maxUnpacked {
			return fmt.Errorf("第%d份证据起超出总量限制", i+1)
		}
	}
	for i := range m.Missing {
		c := &m.Missing[i]
		if err := c.check(); err != nil || c.Record != "" {
			return fmt.Errorf("缺失的第%d份证据写法不正确", i+1)
		}
		known[c.Digest] = true
	}
	return m.checkItems(known)
}

func (m *Manifest) checkItems(known map[string]bool) error {
	for i, it := range m.Items {
		if i > 0 && it.No <= m.Items[i-1].No {
			return fmt.Errorf("第%d个问题的序号重复，或次序不对", i+1)
		}
		for _, d := range it.Evidence {
			if !known[d] {
				return fmt.Errorf("第%d个问题的证据“%s”不在清单中", i+1, plain(d))
			}
		}
	}
	names := map[string]bool{}
	for i, d := range m.Documents {
		if !safeName(d.Name) || names[strings.ToLower(d.Name)] || d.Length < 0 || d.Length > maxBody || !isDigest(d.Digest) {
			return fmt.Errorf("第%d个文件的名称、长度或校验值不正确，或名称重复", i+1)
		}
		names[strings.ToLower(d.Name)] = true
	}
	if m.Readme.Name != readmeName || m.Archive.Name != archiveName {
		return fmt.Errorf("文件名与规定不符")
	}
	return nil
}

func (c *BundleCapture) check() error {
	switch {
	case !isDigest(c.Digest), c.BlockDigest != "" && !isDigest(c.BlockDigest), (c.BlockDigest == "") != (c.Record == ""):
		return fmt.Errorf("的校验值写法不正确")
	case c.Length < 0, c.Length > maxBody, c.HeadLength < 0, c.HeadLength > maxHTTPHead:
		return fmt.Errorf("的长度不正确")
	case len(c.URL) > maxURL, cleanURL(c.URL) != c.URL:
		return fmt.Errorf("的网址不正确")
	case c.when().Format(bundleTime) != c.At:
		return fmt.Errorf("的时间不正确")
	case cleanType(c.MediaType) != c.MediaType:
		return fmt.Errorf("的媒体类型不正确")
	}
	switch c.Record {
	case "", "response", "resource", "revisit":
	default:
		return fmt.Errorf("的记录种类不认识")
	}
	if (c.Record == "response") != (c.HeadLength > 0) && c.Record != "revisit" {
		return fmt.Errorf("的记录种类与长度不合")
	}
	return nil
}

// when is the time of a capture; zero when it is none.
func (c *BundleCapture) when() time.Time {
	t, err := time.Parse(bundleTime, c.At)
	if err != nil {
		return time.Time{}
	}
	return t.In(govsweep.Shanghai)
}

// less orders captures by address, time and digest.
func less(a, b *BundleCapture) bool {
	if a.URL != b.URL {
		return a.URL < b.URL
	}
	if a.At != b.At {
		return a.At < b.At
	}
	return a.Digest < b.Digest
}

func isDigest(s string) bool {
	d, err := govsweep.ParseDigest(s)
	return err == nil && d.String() == s
}

// safeName says whether a name may stand in a bundle: one folder deep, and
// harmless on every operating system.
func safeName(s string) bool {
	return s != "" && len(s) <= maxName && utf8.ValidString(s) && !strings.ContainsAny(s, `/\:*?"<>|`) &&
		strings.IndexFunc(s, odd) < 0 && strings.Trim(s, ". ") == s
}

// cleanURL keeps an address on one line of a record.
func cleanURL(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c == 0x7f || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return strings.ToValidUTF8(b.String(), "%EF%BF%BD")
}

// cleanType gives a media type that may stand in a record, else that of
// bytes nobody knows.
func cleanType(s string) string {
	kind, sub, ok := strings.Cut(s, "/")
	bad := func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>@,;:\"/[]?=`, r)
	}
	if !ok || kind == "" || sub == "" || len(s) > 200 || strings.IndexFunc(kind, bad) >= 0 || strings.IndexFunc(sub, bad) >= 0 {
		return "application/octet-stream"
	}
	return s
}

// odd says whether a rune acts instead of showing. The list is our own, so
// that a bundle reads the same under every version of Unicode.
func odd(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e ||
		r >= 0x2060 && r <= 0x206f || r == 0xfeff || r == utf8.RuneError
}

// plain keeps what a hostile file holds from acting in a sentence.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if odd(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
