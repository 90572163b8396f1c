package reports

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
)

// DefaultForm is the form used when none is named.
const DefaultForm = "general"

//go:embed forms/*.yaml
var shippedForms embed.FS

// Form is the wording 文书格式 of one bureau: heads, titles, numbers,
// sentences, deadlines. It is data, not a program: the only thing that is
// replaced in it are the placeholders of a closed list. Every value is
// checked when the form is loaded. docs/forms.md explains every key.
type Form struct {
	ID       string                            `yaml:"id"`
	Name     string                            `yaml:"name"`
	Bureau   string                            `yaml:"bureau"`  // 发文机关; numbers are counted in its name
	Head     string                            `yaml:"head"`    // 发文机关标志, red
	Author   string                            `yaml:"author"`  // 署名; "" = Bureau
	CopyTo   []string                          `yaml:"copy_to"` // 抄送
	Printer  string                            `yaml:"printer"` // 印发机关; "" = no 版记
	Contact  FormContact                       `yaml:"contact"`
	Style    FormStyle                         `yaml:"style"`
	Headings FormHeadings                      `yaml:"headings"`
	Ladder   FormLadder                        `yaml:"ladder"`
	Reply    FormReply                         `yaml:"reply"`
	Demands  map[govsweep.IndicatorCode]string `yaml:"demands"` // 整改要求; the rulebook's remedy where there is none
	Papers   FormPapers                        `yaml:"papers"`

	text string
}

// FormContact is whom a unit asks.
type FormContact struct {
	Person  string `yaml:"person"`
	Phone   string `yaml:"phone"`
	Email   string `yaml:"email"`
	Address string `yaml:"address"`
}

// FormStyle are the numbers of the layout. 0 means the usual value.
type FormStyle struct {
	Numerals     string `yaml:"numerals"`       // chinese: （一）; arabic: 1.
	ItemsInBody  int    `yaml:"items_in_body"`  // findings written out in the body; the others stand in annex 1 alone
	PagesInBody  int    `yaml:"pages_in_body"`  // addresses of one finding in the body
	PagesInAnnex int    `yaml:"pages_in_annex"` // addresses of one finding in the annex
	Evidence     int    `yaml:"evidence"`       // evidence codes of one finding
	DigestChars  int    `yaml:"digest_chars"`   // characters of one evidence code
}

// FormHeadings are the headings of the body, without their numbers.
type FormHeadings struct {
	Inspected    string `yaml:"inspected"`
	Findings     string `yaml:"findings"`
	Requirements string `yaml:"requirements"`
	Answering    string `yaml:"answering"`
}

// FormLadder is when a unit is reminded, when it is overdue and when the
// superior hears of it, in working days. A form without a ladder reminds 3
// days and 1 day before the deadline and 3 after it, escalates 5 days after it
// and has a unit named in the circular after 3 reminders.
type FormLadder struct {
	Remind    []int `yaml:"remind"`     // before the deadline; a negative one after it
	Grace     int   `yaml:"grace"`      // days after the deadline before it is overdue
	Escalate  int   `yaml:"escalate"`   // days from overdue to the 督办单
	NameAfter int   `yaml:"name_after"` // this many reminders: named in the circular; 0 = never
}

// FormReply is the 整改回复单.
type FormReply struct {
	Title   string   `yaml:"title"`
	Receipt []string `yaml:"receipt"` // 签收人、签收时间 …
	Fields  []string `yaml:"fields"`  // 整改措施、完成时间、责任人、佐证 … of each finding
	Note    string   `yaml:"note"`
}

// FormPapers are the papers of a bureau.
type FormPapers struct {
	Notice      FormPaper `yaml:"notice"`
	Reminder    FormPaper `yaml:"reminder"`
	Urge        FormPaper `yaml:"urge"`
	Supervision FormPaper `yaml:"supervision"`
	Amendment   FormPaper `yaml:"amendment"`
	Withdrawal  FormPaper `yaml:"withdrawal"`
}

// FormPaper is the wording of one kind of paper. Each entry of a list is a
// paragraph, but for Basis, whose sentences begin the first one.
type FormPaper struct {
	Name         string        `yaml:"name"` // 整改通知书
	Title        string        `yaml:"title"`
	Number       string        `yaml:"number"` // 网改〔{year}〕{serial}号
	Basis        []string      `yaml:"basis"`
	Opening      string        `yaml:"opening"`
	Inspected    []string      `yaml:"inspected"`
	Requirements []string      `yaml:"requirements"`
	Answering    []string      `yaml:"answering"`
	Closing      []string      `yaml:"closing"`
	Deadline     *FormDeadline `yaml:"deadline"`
	ReplySlip    bool          `yaml:"reply_slip"`
	Sheet        bool          `yaml:"sheet"` // a sheet without red head and 版记, to fit on one page
}

// FormDeadline is how long a unit has, by the gravest class of its findings:
// "10 workdays", "5 days", "1 month", with "by 12:00" where an hour is fixed.
// A class without a rule of its own uses Default; a paper with findings of
// several classes has the shortest.
type FormDeadline struct {
	Default   string `yaml:"default"`
	Veto      string `yaml:"veto"`
	Deduction string `yaml:"deduction"`
	Norm      string `yaml:"norm"`
	From      string `yaml:"from"` // issue (印发之日, the usual) or receipt (收到之日)
}

// Forms lists the forms that come with the product.
func Forms() []string {
	entries, _ := shippedForms.ReadDir("forms") // embedded: it is there
	var ids []string
	for _, e := range entries {
		ids = append(ids, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return ids
}

// LoadForm loads a form by the id of a shipped one or by file path; "" is
// DefaultForm. The error names every fault with its line.
func LoadForm(nameOrFile string) (*Form, error) {
	if nameOrFile == "" {
		nameOrFile = DefaultForm
	}
	src, err := readForm(nameOrFile)
	if err != nil {
		return nil, err
	}
	return ParseForm(src, nameOrFile)
}

// ParseForm reads a form from its text; name is for the error.
func ParseForm(src []byte, name string) (*Form, error) {
	f, faults := parseForm(src)
	if len(faults) > 0 {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: formFaultText(name, faults)}
	}
	return f, nil
}

// FormOf gives the form a notice was drafted with, as it read then.
func FormOf(n *govsweep.Notice) (*Form, error) {
	if n.Words == "" {
		return LoadForm(n.Form)
	}
	return ParseForm([]byte(n.Words), n.Form)
}

// Text is the form as it was read: what a notice keeps as Words, and what a
// bureau copies to begin its own.
func (f *Form) Text() string { return f.text }

// Paper gives the wording of a kind of paper; nil for an unknown kind.
func (f *Form) Paper(kind govsweep.NoticeKind) *FormPaper {
	switch kind {
	case govsweep.RectificationNotice:
		return &f.Papers.Notice
	case govsweep.Reminder:
		return &f.Papers.Reminder
	case govsweep.Urge:
		return &f.Papers.Urge
	case govsweep.SupervisionOrder:
		return &f.Papers.Supervision
	case govsweep.Amendment:
		return &f.Papers.Amendment
	case govsweep.Withdrawal:
		return &f.Papers.Withdrawal
	}
	return nil
}

// Number writes the 发文字号 of a paper; "" for an unknown kind.
func (f *Form) Number(kind govsweep.NoticeKind, year, serial int) string {
	p := f.Paper(kind)
	if p == nil {
		return ""
	}
	return fill(p.Number, map[string]string{"year": strconv.Itoa(year), "serial": strconv.Itoa(serial)})
}

func readForm(name string) ([]byte, error) {
	if slices.Contains(Forms(), name) {
		return shippedForms.ReadFile("forms/" + name + ".yaml")
	}
	src, err := namedfile.ReadMost("文书格式文件", name, maxFormBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Err: err,
			Say: fmt.Sprintf("找不到文书格式“%s”：既不是内置格式（%s），也不是文件", clean(name), strings.Join(Forms(), "、"))}
	}
	return src, err
}

func formFaultText(name string, faults []FormFault) string {
	var b strings.Builder
	fmt.Fprintf(&b, "文书格式“%s”有%d处错误：", clean(name), len(faults))
	for _, f := range faults {
		b.WriteString("\n  " + f.String())
	}
	return b.String()
}
