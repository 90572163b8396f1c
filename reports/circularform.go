package reports

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
)

// CircularStyle is how results are published: bureaus differ.
type CircularStyle string

// The three styles in use.
const (
	VetoStyle   CircularStyle = "vetoes"  // only 单项否决 decides; no points are printed
	ColumnStyle CircularStyle = "columns" // points for each fault, site by site
	ScoreStyle  CircularStyle = "scores"  // full scores with ranking
)

// CircularForm is a bureau's 通报: head, wording, order of faults. It is data
// without logic: words in braces are replaced once and never read again.
type CircularForm struct {
	ID       string        `yaml:"id"`
	Style    CircularStyle `yaml:"style"`
	Head     string        `yaml:"head"`   // 发文机关标志
	Bureau   string        `yaml:"bureau"` // 署名
	Title    string        `yaml:"title"`
	To       string        `yaml:"to"`   // 主送机关
	Area     string        `yaml:"area"` // 全市: how the text calls the area
	Basis    string        `yaml:"basis"`
	Demands  []string      `yaml:"demands"` // 三、, one paragraph each
	Deadline string        `yaml:"deadline"`
	Contact  string        `yaml:"contact"`
	Phone    string        `yaml:"phone"`
	Closing  string        `yaml:"closing"` // "" = none
	CopyTo   string        `yaml:"copy_to"`
	Printer  string        `yaml:"printer"`

	Families []FaultFamily `yaml:"families"`
	Bands    []ScoreBand   `yaml:"bands"`    // of style scores, the highest first
	Examples int           `yaml:"examples"` // named for each kind of fault
	Rows     int           `yaml:"rows"`     // of an annex on paper; the workbook holds all
	Marks    bool          `yaml:"marks"`    // print behind each paragraph which rows its numbers come from
}

// FaultFamily is one kind of fault as a circular speaks of it.
type FaultFamily struct {
	Name string   `yaml:"name"`
	IDs  []string `yaml:"ids"` // entries of the rulebook; "TG-*" = all that begin so
}

// ScoreBand is a range of scores from Least upwards.
type ScoreBand struct {
	Name  string  `yaml:"name"` // 得分靠前
	Least float64 `yaml:"least"`
}

//go:embed forms/circular/*.yaml
var circularForms embed.FS

// CircularForms lists the forms that come with the product.
func CircularForms() []string {
	entries, _ := circularForms.ReadDir("forms/circular") // embedded: it is there
	var ids []string
	for _, e := range entries {
		ids = append(ids, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return ids
}

// LoadCircularForm loads a form by the id of a shipped one or by file path;
// "" is the form of style vetoes.
func LoadCircularForm(nameOrPath string) (*CircularForm, error) {
	if nameOrPath == "" {
		nameOrPath = string(VetoStyle)
	}
	if slices.Contains(CircularForms(), nameOrPath) {
		f, err := circularForms.Open("forms/circular/" + nameOrPath + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("shipped form %s: %w", nameOrPath, err)
		}
		defer f.Close()
		return ReadCircularForm(f)
	}
	f, err := namedfile.Open("通报格式文件", nameOrPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Err: err,
			Say: fmt.Sprintf("找不到通报格式“%s”：既不是内置格式（%s），也不是文件", nameOrPath, strings.Join(CircularForms(), "、"))}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadCircularForm(f)
}

// ReadCircularForm reads a form. An unknown key, an unknown word in braces or
// a part that is missing is refused, and every fault is named.
func ReadCircularForm(r io.Reader) (*CircularForm, error) {
	f := CircularForm{Examples: 3, Rows: 500}
	if err := strictYAML(r, "通报格式", &f); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "通报格式不完整或不正确：" + strings.ReplaceAll(err.Error(), "\n", "；"), Err: err}
	}
	return &f, nil
}

func (f *CircularForm) check() error {
	var faults []error
	say := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !slices.Contains([]CircularStyle{VetoStyle, ColumnStyle, ScoreStyle}, f.Style) {
		say("style 应为 vetoes、columns 或 scores")
	}
	for _, part := range []struct{ key, text string }{{"id", f.ID}, {"bureau", f.Bureau}, {"title", f.Title}, {"to", f.To}, {"area", f.Area}, {"basis", f.Basis}} {
		if strings.TrimSpace(part.text) == "" {
			say("缺少 %s", part.key)
		}
	}
	if len(f.Demands) == 0 {
		say("缺少 demands")
	}
	if f.Examples < 1 || f.Examples > 50 {
		say("examples 应在1至50之间")
	}
	if f.Rows < 10 || f.Rows > 20000 {
		say("rows 应在10至20000之间")
	}
	for i, b := range f.Bands {
		if clean(b.Name) == "" || i > 0 && b.Least >= f.Bands[i-1].Least {
			say("bands 第%d档应有名称，且分数低于上一档", i+1)
		}
	}
	for i, fam := range f.Families {
		if clean(fam.Name) == "" || len(fam.IDs) == 0 {
			say("families 第%d类缺少名称或指标", i+1)
		}
	}
	for _, text := range append([]string{f.Title, f.To, f.Basis, f.Closing}, f.Demands...) {
		if odd, loose := strangers(text, circularWords); len(odd) > 0 || loose {
			say("“%s”中有不能使用的占位符或不成对的花括号，可用的占位符：%s", cut(clean(text), 30), braced(circularWords))
		}
	}
	return errors.Join(faults...)
}

// Of gives the form as the bureau of a notice form publishes it: its head,
// name, contact and printer in the place of the form's own.
func (f *CircularForm) Of(b *Form) *CircularForm {
	out := *f
	out.Head, out.Bureau, out.Printer = b.Head, b.Bureau, b.Printer
	if b.Author != "" {
		out.Bureau = b.Author
	}
	out.Contact, out.Phone = b.Contact.Person, b.Contact.Phone
	return &out
}
