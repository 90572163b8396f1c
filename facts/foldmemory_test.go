package facts

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/internal/raced"
)

// cleanArticle is the n-th article of a large site: a document with all tags
// and all metadata.
func cleanArticle(n int) *govsweep.Record {
	title := fmt.Sprintf("关于做好第%d项工作的通知", n)
	f := &govsweep.PageFacts{
		Kind: govsweep.ArticlePage, Title: title, VisibleTitle: title, Published: "2021-08-06T10:20:00+08:00", PublishedFrom: "head-tags",
		VisibleDate: "2021-08-06T10:20:00+08:00", PrintedDate: "2021-08-06 10:20", Source: "市政府办公室", Disclosure: "主动公开", TextRunes: 900,
		Breadcrumb: []string{"首页", "政务公开", "通知公告"},
		HeadTags: map[string]string{
			"SiteName": "某市人民政府", "SiteDomain": "www.x.gov.cn", "SiteIDCode": "1507830002", "ArticleTitle": title, "PubDate": "2021-08-06 10:20",
			"ContentSource": "市政府办公室", "Keywords": "通知", "Author": "办公室", "Description": title, "Image": "a.png", "Url": "b.html",
		},
		CoreMetadata: map[string]govsweep.MetaValue{
			"index_number": {Label: "索引号", Value: fmt.Sprintf("000014349/2021-%06d", n)}, "topic_category": {Label: "主题分类", Value: `综合政务\政务公开`},
			"issuing_body": {Label: "发文机关", Value: "市政府办公室"}, "written_date": {Label: "成文日期", Value: "2021年08月05日"},
			"title": {Label: "标题", Value: title}, "document_number": {Label: "发文字号", Value: fmt.Sprintf("某政办发〔2021〕%d号", n%9999+1)},
			"pub_date": {Label: "发布日期", Value: "2021年08月06日"}, "subject_terms": {Label: "主题词", Value: "通知"},
		},
		Marks: &govsweep.Marks{SiteIDCode: "1507830002", FooterPresent: true},
	}
	r := rec(govsweep.ArticleRole, fmt.Sprintf("%szwgk/tzgg/202108/t20210806_%07d.html", foldHome, n), f)
	for k := range uint64(60) {
		r.LinkKeys = append(r.LinkKeys, k*1_000_003)
	}
	return r
}

// deadSample makes the second round work: a dead link some pages point at.
func deadSample() []*govsweep.Record {
	dead := failed(govsweep.ArticleRole, foldHome+"dead.html", 404)
	return []*govsweep.Record{homeRecord(navLink("zwgk/tzgg/", "通知公告")), dead, again(dead), pointing(1, foldHome+"dead.html")}
}

// heapAfter folds n clean articles and tells what the folder holds.
func heapAfter(n int) uint64 {
	f := NewFolder(foldInput())
	for _, r := range deadSample() {
		f.Fold(r)
	}
	for i := range n {
		f.Fold(cleanArticle(i))
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	runtime.KeepAlive(f)
	return m.HeapAlloc
}

func TestCleanPagesLeaveNothingBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("folds 200,000 records")
	}
	few, many := heapAfter(raced.Less(10_000)), heapAfter(raced.Less(200_000))
	// Eight bytes a document remain, to find an 索引号 printed twice.
	if grown := int64(many) - int64(few); grown > 4<<20 {
		t.Errorf("the folder grew by %d KB from 10,000 to 200,000 clean pages", grown>>10)
	} else {
		t.Logf("10,000 pages: %d KB, 200,000 pages: %d KB", few>>10, many>>10)
	}
}

func TestAFaultOnEveryPageIsCountedAndListedInPart(t *testing.T) {
	f := NewFolder(foldInput())
	n := ListLimit + 3_000
	for i := range n {
		f.Fold(rec(govsweep.ArticleRole, fmt.Sprintf("%sa/%06d.html", foldHome, n-1-i), &govsweep.PageFacts{}))
	}
	got := f.Dossier().Tags.Site["SiteName"]
	if got.Pages != n || got.Lacks() != n || len(got.Lacking) != ListLimit || got.More != 3_000 {
		t.Fatalf("%d pages, %d lack it, %d listed, %d more", got.Pages, got.Lacks(), len(got.Lacking), got.More)
	}
	if first, last := got.Lacking[0].URL, got.Lacking[ListLimit-1].URL; first != foldHome+"a/000000.html" || last != fmt.Sprintf("%sa/%06d.html", foldHome, ListLimit-1) {
		t.Errorf("listed from %s to %s", first, last)
	}
}

func BenchmarkFold(b *testing.B) {
	records := deadSample()
	for i := range 10_000 {
		records = append(records, cleanArticle(i))
	}
	for i := range 500 {
		list := listed()
		for k := range 20 {
			n := i*20 + k
			list.List.Items = append(list.List.Items, li(fmt.Sprintf("%szwgk/tzgg/202108/t20210806_%07d.html", foldHome, n), fmt.Sprintf("关于做好第%d项工作的通知", n), "2021-08-06"))
		}
		r := rec(govsweep.ListRole, fmt.Sprintf("%szwgk/tzgg/index_%d.html", foldHome, i), list)
		r.Visit.Column = tzgg
		records = append(records, r)
	}
	for _, r := range records {
		r.Visit.Key = address.Key(r.Visit.URL, r.Visit.Form)
	}
	b.ReportAllocs()
	for b.Loop() {
		f := NewFolder(foldInput())
		for _, r := range records {
			f.Fold(r)
		}
		for _, r := range records {
			f.Resolve(r)
		}
		f.Dossier()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(records)), "µs/record")
}
