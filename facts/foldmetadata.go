package facts

import (
	"cmp"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// Bounds of the parts of the tally that grow with documents, not with faults.
const (
	maxLate    = 2_000 // documents disclosed latest
	lateDays   = 20    // nothing disclosed within 20 days can be over 20 working days
	maxDoubles = 5_000 // pages kept for repeated 索引号
)

// metadataFold tallies the eight 核心元数据 over document pages.
type metadataFold struct {
	today                                       int32
	documents                                   int
	noLabel, empty, values                      tallies
	numberForm, numberYear, writtenAfter, ahead tallyFold
	validity, disclosure                        tallyFold
	late                                        []LateDocument
	index                                       indexFold
}

func newMetadataFold(today int32) metadataFold {
	return metadataFold{
		today: today, index: indexFold{seed: maphash.MakeSeed()},
		noLabel: newTallies(0, govsweep.MetaKeys[:]...),
		empty:   newTallies(0, govsweep.MetaKeys[:]...),
		values:  newTallies(0, govsweep.MetaKeys[:]...),
	}
}

// fold takes one content page.
func (m *metadataFold) fold(p *seenPage) {
	if p.Facts.Kind == govsweep.HomePage || !IsDocument(p.Facts) {
		return
	}
	m.documents++
	for _, key := range govsweep.MetaKeys {
		m.foldKey(p, key)
	}
	m.foldNumber(p)
	m.foldDates(p)
	m.foldAttributes(p)
	m.index.fold(p)
}

// foldKey looks for one label and its value.
func (m *metadataFold) foldKey(p *seenPage, key string) {
	v, printed := p.Facts.CoreMetadata[key]
	m.noLabel[key].look(p, !printed, "")
	if !printed {
		return
	}
	value := strings.TrimSpace(v.Value)
	m.empty[key].look(p, value == "", "标签："+v.Label)
	if value != "" && value != noneWord {
		m.values[key].look(p, !metaForm(key, v.Label, value), value)
	}
}

// noneWord is how many systems print that a document has no such value.
const noneWord = "无"

var (
	indexForm  = regexp.MustCompile(`^[0-9A-Z]{6,18}(-[0-9A-Z])?/\d{4}(\d{2})?-\d{3,6}$`)
	numberFind = regexp.MustCompile(`^(\p{Han}{1,20})\s*[〔﹝\[［（(【]\s*((?:19|20)\d{2})\s*[〕﹞\]］）)】]\s*(?:第\s*)?(\d{1,5})\s*[号號]$`)
	numberForm = regexp.MustCompile(`^\p{Han}{1,14}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$`)
)

// metaForm says whether a value has the form its field asks for. 发文字号 is
// in form here when it can be read at all; how it is written is counted in
// MetadataTally.NumberForm.
func metaForm(key, label, value string) bool {
	switch key {
	case govsweep.MetaIndexNumber:
		return plainIndex(value) || indexForm.MatchString(strings.ToUpper(strings.TrimSpace(narrow(value))))
	case govsweep.MetaTopicCategory:
		return !themeLabel(label) || topicForm(value)
	case govsweep.MetaWrittenDate, govsweep.MetaPubDate:
		_, ok := printedDay(value)
		return ok
	case govsweep.MetaDocumentNumber:
		return numberForm.MatchString(value) || numberFind.MatchString(value)
	}
	return true
}

// plainIndex knows the common form 000014349/2017-00110 without an expression.
func plainIndex(value string) bool {
	unit, rest, ok := strings.Cut(value, "/")
	year, serial, ok2 := strings.Cut(rest, "-")
	return ok && ok2 && len(unit) >= 6 && len(unit) <= 18 && len(year) == 4 && len(serial) >= 3 && len(serial) <= 6 &&
		allDigits(unit) && allDigits(year) && allDigits(serial)
}

func allDigits(s string) bool {
	digits, _ := leadingDigits(s)
	return len(digits) == len(s)
}

// topics are the 22 top classes of the State Council's 主题分类, reduced to
// their letters.
var topics = []string{
	"国务院组织机构", "综合政务", "国民经济管理国有资产监管", "财政金融审计", "国土资源能源", "农业林业水利", "工业交通",
	"商贸海关旅游", "市场监管安全生产监管", "城乡建设环境保护", "科技教育", "文化广电新闻出版", "卫生体育",
	"人口与计划生育妇女儿童工作", "劳动人事监察", "公安安全司法", "民政扶贫救灾", "民族宗教", "对外事务", "港澳台侨工作", "国防", "其他",
}

// levels writes the signs between the levels of a class as the paper does.
var levels = strings.NewReplacer("/", `\`, "＼", `\`, ">", `\`, "／", `\`, "-", `\`, "－", `\`)

// topicLetters are the traditional letters of the 22 classes beyond those of
// the labels.
var topicLetters = strings.NewReplacer("務", "务", "院組", "院组", "織", "织", "綜", "综", "國", "国", "財", "财", "審", "审", "計", "计", "資", "资", "農", "农",
	"業", "业", "貿", "贸", "關", "关", "遊", "游", "場", "场", "監", "监", "產", "产", "鄉", "乡", "設", "设", "環", "环", "廣", "广", "電", "电", "聞", "闻",
	"衛", "卫", "體", "体", "與", "与", "劃", "划", "婦", "妇", "兒", "儿", "勞", "劳", "動", "动", "貧", "贫", "災", "灾", "對", "对", "臺", "台", "僑", "侨")

// themeLabel says that a label asks for the theme of a document: 组配分类,
// 体裁分类 and 信息分类 ask for something else.
func themeLabel(label string) bool {
	label = Simplified(bare(label))
	return label == "分类" || strings.HasPrefix(label, "主题")
}

// topicForm says whether the first level of a value is one of the 22 classes.
func topicForm(value string) bool {
	value = topicLetters.Replace(Simplified(value))
	top, _, _ := strings.Cut(levels.Replace(value), `\`)
	return slices.Contains(topics, bare(top)) || slices.Contains(topics, bare(value))
}

// foldNumber looks at how 发文字号 is written and at its year.
func (m *metadataFold) foldNumber(p *seenPage) {
	core := p.Facts.CoreMetadata
	value := strings.TrimSpace(core[govsweep.MetaDocumentNumber].Value)
	parts := numberFind.FindStringSubmatch(value)
	if parts == nil {
		return
	}
	m.numberForm.look(p, !numberForm.MatchString(strings.ReplaceAll(value, "號", "号")), value)
	written := core[govsweep.MetaWrittenDate].Value
	if day, ok := printedDay(written); ok {
		m.numberYear.look(p, dateOfDay(day)[:4] != parts[2], value+" 成文日期:"+written)
	}
}

// foldDates compares 成文日期, 发布日期 and the check point.
func (m *metadataFold) foldDates(p *seenPage) {
	core := p.Facts.CoreMetadata
	shown := firstOf(core[govsweep.MetaPubDate].Value, p.Facts.VisibleDate)
	pub, havePub := printedDay(shown)
	if havePub {
		m.ahead.look(p, pub > m.today, shown)
	}
	printed := core[govsweep.MetaWrittenDate].Value
	written, haveWritten := printedDay(printed)
	if !havePub || !haveWritten {
		return
	}
	m.writtenAfter.look(p, written > pub, "成文日期:"+printed+" 发布日期:"+shown)
	if pub-written > lateDays {
		m.keepLate(LateDocument{PageRef: p.ref(""), Written: dateOfDay(written), Pub: dateOfDay(pub)})
	}
}

func (m *metadataFold) keepLate(l LateDocument) {
	m.late = append(m.late, l)
	if len(m.late) >= 2*maxLate {
		m.cutLate()
	}
}

// cutLate keeps the documents with the longest delay.
func (m *metadataFold) cutLate() {
	slices.SortFunc(m.late, func(a, b LateDocument) int {
		return cmp.Or(cmp.Compare(b.delay(), a.delay()), cmp.Compare(a.URL, b.URL))
	})
	m.late = m.late[:min(len(m.late), maxLate)]
}

func (l *LateDocument) delay() int32 {
	written, _ := dayNumber(l.Written)
	pub, _ := dayNumber(l.Pub)
	return pub - written
}

// foldAttributes looks for 有效性 on normative documents and for the way of
// disclosure on all.
func (m *metadataFold) foldAttributes(p *seenPage) {
	f := p.Facts
	if normative(f) {
		quote := ""
		if f.Validity != nil {
			quote = "值为空"
		}
		m.validity.look(p, f.Validity == nil || strings.TrimSpace(f.Validity.Value) == "", quote)
	}
	m.disclosure.look(p, strings.TrimSpace(f.Disclosure) == "", "")
}

// normative says that a page stands among 规章 or 行政规范性文件, by its path.
func normative(f *govsweep.PageFacts) bool {
	for _, c := range f.Breadcrumb {
		c = Simplified(c)
		if strings.Contains(c, "规范性文件") || strings.HasSuffix(c, "规章") || strings.HasSuffix(c, "规章库") {
			return true
		}
	}
	return false
}

func (m *metadataFold) seal() { m.index.seal() }

func (m *metadataFold) resolve(r *govsweep.Record) { m.index.resolve(r) }

func (m *metadataFold) result() MetadataTally {
	m.cutLate()
	slices.SortFunc(m.late, func(a, b LateDocument) int { return cmp.Compare(a.URL, b.URL) })
	t := MetadataTally{
		Documents: m.documents, NoLabel: m.noLabel.result(), Empty: m.empty.result(), Values: map[string][]PageRef{},
		NumberForm: m.numberForm.tally(), NumberYear: m.numberYear.tally(), WrittenAfterPub: m.writtenAfter.tally(),
		FuturePub: m.ahead.tally(), Validity: m.validity.tally(), Disclosure: m.disclosure.tally(),
		Duplicates: m.index.result(), Late: m.late,
	}
	for key, v := range m.values {
		if refs, _ := v.lister.result(); len(refs) > 0 {
			t.Values[key] = refs
		}
	}
	return t
}

// indexFold finds 索引号 printed on several different documents. The first
// round keeps eight bytes a document; only numbers that may be repeated are
// looked at again.
type indexFold struct {
	seed    maphash.Seed
	seen    []uint64 // hash of the number, 32 bits, and of the title, 32 bits
	doubled map[uint32]bool
	pages   map[string][]indexed
	kept    int
}

// indexed is a document with a repeated number.
type indexed struct {
	PageRef
	title  string // bare, with the 发文字号
	number string // as printed
}

func (x *indexFold) fold(p *seenPage) {
	if number, title, ok := numbered(p.Facts); ok {
		x.seen = append(x.seen, uint64(x.hash(number))<<32|uint64(x.hash(title)))
	}
}

// numbered gives the 索引号 of a document and what tells it from others: its
// title and its 发文字号, reduced for comparison.
func numbered(f *govsweep.PageFacts) (number, title string, ok bool) {
	number = bare(f.CoreMetadata[govsweep.MetaIndexNumber].Value)
	title = bare(firstOf(f.CoreMetadata[govsweep.MetaTitle].Value, f.VisibleTitle, f.HeadTags["ArticleTitle"], f.Title))
	if title != "" {
		title += "\x00" + bare(f.CoreMetadata[govsweep.MetaDocumentNumber].Value)
	}
	return number, title, number != "" && number != noneWord && title != ""
}

func (x *indexFold) hash(s string) uint32 { return uint32(maphash.String(x.seed, s)) }

// seal finds the numbers that stand with more than one title.
func (x *indexFold) seal() {
	slices.Sort(x.seen)
	for i := 1; i < len(x.seen); i++ {
		if a, b := x.seen[i-1], x.seen[i]; a>>32 == b>>32 && a != b {
			if x.doubled == nil {
				x.doubled, x.pages = make(map[uint32]bool), make(map[string][]indexed)
			}
			x.doubled[uint32(b>>32)] = true
		}
	}
	x.seen = nil
}

func (x *indexFold) resolve(r *govsweep.Record) {
	if x.doubled == nil || !contentPage(r) || x.kept == maxDoubles {
		return
	}
	number, title, ok := numbered(r.Facts)
	if !ok || !x.doubled[x.hash(number)] || !IsDocument(r.Facts) {
		return
	}
	x.kept++
	quote := firstOf(r.Facts.CoreMetadata[govsweep.MetaTitle].Value, r.Facts.VisibleTitle, r.Facts.Title)
	x.pages[number] = append(x.pages[number], indexed{
		PageRef: (&seenPage{Record: r}).ref(quote), title: title, number: clip(r.Facts.CoreMetadata[govsweep.MetaIndexNumber].Value, 60),
	})
}

// result lists the numbers that different titles share, in order.
func (x *indexFold) result() []DuplicateIndex {
	var out []DuplicateIndex
	for _, pages := range x.pages {
		slices.SortFunc(pages, func(a, b indexed) int { return cmp.Compare(a.URL, b.URL) })
		d, titles := DuplicateIndex{Value: pages[0].number}, map[string]bool{}
		for _, p := range pages {
			titles[p.title] = true
			d.Pages = append(d.Pages, p.PageRef)
		}
		if len(titles) > 1 {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b DuplicateIndex) int { return cmp.Compare(a.Pages[0].URL, b.Pages[0].URL) })
	return out
}
