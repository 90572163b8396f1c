package facts

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

const foldHome = "https://www.x.gov.cn/"

var foldAsOf = time.Date(2021, 8, 27, 23, 59, 59, 0, govsweep.Shanghai)

func foldInput() FolderInput {
	return FolderInput{
		AsOf: foldAsOf,
		Site: govsweep.Site{ID: "1507830002", Code: "1507830002", Name: "某市人民政府", URL: foldHome, Kind: govsweep.Portal},
	}
}

// rec makes a record of a page that was read.
func rec(role govsweep.Role, url string, f *govsweep.PageFacts) *govsweep.Record {
	if f != nil {
		f.URL = url
		if f.Response == "" {
			f.Response = govsweep.Content
		}
		if f.Kind == "" {
			f.Kind = map[govsweep.Role]govsweep.PageKind{
				govsweep.HomeRole: govsweep.HomePage, govsweep.ColumnRole: govsweep.ColumnPage, govsweep.ListRole: govsweep.ColumnPage,
				govsweep.ListCallRole: govsweep.ColumnPage, govsweep.SecondLookRole: govsweep.ColumnPage, govsweep.ArticleRole: govsweep.ArticlePage,
			}[role]
		}
	}
	r := &govsweep.Record{
		Visit:    govsweep.Visit{Key: address.Key(url, ""), URL: url, Role: role},
		FinalURL: url, Status: 200, MediaType: "text/html", Facts: f,
		FetchedAt: foldAsOf.Add(-time.Hour), Digest: govsweep.DigestOf([]byte(url)),
	}
	if role == govsweep.ColumnRole {
		r.Visit.Column = url
	}
	return r
}

func failed(role govsweep.Role, url string, status int) *govsweep.Record {
	r := rec(role, url, nil)
	r.Status = status
	return r
}

// again makes the second look of a record.
func again(r *govsweep.Record) *govsweep.Record {
	second := *r
	second.Visit.Role, second.Visit.Look = govsweep.SecondLookRole, 1
	second.Visit.Key = address.Key(r.Visit.URL, r.Visit.Form+"\x00look")
	second.FetchedAt = r.FetchedAt.Add(time.Minute)
	return &second
}

// foldAll folds records in the order given.
func foldAll(in FolderInput, records ...*govsweep.Record) *Dossier {
	f := NewFolder(in)
	for _, r := range records {
		f.Fold(r)
	}
	for _, r := range records {
		f.Resolve(r)
	}
	return f.Dossier()
}

func listed(items ...govsweep.ListItem) *govsweep.PageFacts {
	return &govsweep.PageFacts{List: &govsweep.List{State: govsweep.Listed, Items: items}}
}

func blankList() *govsweep.PageFacts {
	return &govsweep.PageFacts{List: &govsweep.List{State: govsweep.BlankList}}
}

func li(url, title, date string) govsweep.ListItem {
	return govsweep.ListItem{URL: url, Title: title, Date: date}
}

func homeRecord(nav ...govsweep.Link) *govsweep.Record {
	f := listed(li(foldHome+"a/1.html", "要闻一", "2021-08-26"))
	f.Title, f.TextRunes, f.Links = "某市人民政府", 3000, nav
	f.Marks = &govsweep.Marks{SiteIDCode: "1507830002", FooterPresent: true}
	return rec(govsweep.HomeRole, foldHome, f)
}

func navLink(path, name string) govsweep.Link {
	return govsweep.Link{URL: foldHome + path, Class: govsweep.NavLink, Text: name}
}

func columnOf(t *testing.T, d *Dossier, path string) govsweep.ColumnActivity {
	t.Helper()
	for _, c := range d.Columns {
		if c.URL == foldHome+path {
			return c
		}
	}
	t.Fatalf("no column %s among %d", path, len(d.Columns))
	return govsweep.ColumnActivity{}
}

func lackingPages(tl *Tally) []string {
	var out []string
	for _, r := range tl.Lacking {
		out = append(out, r.URL)
	}
	return out
}

// sampleRecords is a small site with some of everything.
func sampleRecords() []*govsweep.Record {
	home := homeRecord(navLink("zwgk/", "政务公开"), navLink("xwzx/", "新闻中心"), navLink("jgzn.html", "机构职能"), navLink("hd/", "互动"))
	home.LinkKeys = []uint64{address.Key(foldHome+"dead.html", "")}
	rs := []*govsweep.Record{home}
	add := func(r *govsweep.Record) *govsweep.Record { rs = append(rs, r); return r }
	var items []govsweep.ListItem
	for i := range 30 {
		url := fmt.Sprintf("%sxwzx/%d.html", foldHome, i)
		date := ""
		if i%3 > 0 {
			date = dateOfDay(18800 + int32(i))
		}
		items = append(items, li(url, fmt.Sprintf("新闻第%d条", i), date))
		a := &govsweep.PageFacts{
			VisibleTitle: fmt.Sprintf("新闻第%d条", i), Published: dateOfDay(18850 + int32(i)), PublishedFrom: "body", Title: "新闻",
			HeadTags: map[string]string{"SiteName": "某市人民政府", "ArticleTitle": fmt.Sprintf("别的%d", i)}, Source: "本网",
			CoreMetadata: map[string]govsweep.MetaValue{
				"index_number": {Label: "索引号", Value: "000014349/2021-00110"}, "title": {Label: "标题", Value: fmt.Sprint("标题", i/2)},
				"issuing_body": {Label: "发文机关"}, "written_date": {Label: "成文日期", Value: "2021年5月3日"}, "document_number": {Label: "文号", Value: fmt.Sprintf("某政发[2020]%d号", i)},
			},
			EmptyLinks: []govsweep.LinkSpot{{Href: "#", Text: "更多", Place: fmt.Sprintf("ul>li:nth-child(%d)", i)}},
		}
		r := add(rec(govsweep.ArticleRole, url, a))
		r.LinkKeys = home.LinkKeys
	}
	add(rec(govsweep.ColumnRole, foldHome+"xwzx/", listed(items[:20]...)))
	more := add(rec(govsweep.ListRole, foldHome+"xwzx/index_1.html", listed(items[15:]...)))
	more.Visit.Column = foldHome + "xwzx/"
	blank := add(rec(govsweep.ColumnRole, foldHome+"zwgk/gh/", blankList()))
	add(again(blank))
	add(rec(govsweep.ColumnRole, foldHome+"zwgk/", &govsweep.PageFacts{Breadcrumb: []string{"首页", "政务公开"}}))
	add(failed(govsweep.ColumnRole, foldHome+"hd/", 503))
	dead := add(failed(govsweep.ArticleRole, foldHome+"dead.html", 404))
	add(again(dead))
	add(rec(govsweep.ArticleRole, foldHome+"jgzn.html", &govsweep.PageFacts{Published: "2021-03-01", VisibleTitle: "机构职能"}))
	add(rec(govsweep.SoftProbeRole, foldHome+"nothing-here", &govsweep.PageFacts{Response: govsweep.Soft404, TextRunes: 50}))
	return rs
}

func TestTheOrderOfRecordsDoesNotMatter(t *testing.T) {
	records := sampleRecords()
	want, err := json.Marshal(foldAll(foldInput(), records...))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		shuffled := slices.Clone(records)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got, err := json.Marshal(foldAll(foldInput(), shuffled...))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Fatalf("seed %d gives another dossier:\n%s\nwant\n%s", seed, got, want)
		}
	}
}
