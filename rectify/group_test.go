package rectify_test

import (
	"math/rand"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

// like is f under another indicator.
func like(f govsweep.Finding, id string, code govsweep.IndicatorCode, book string, class govsweep.Class) govsweep.Finding {
	f.ID, f.Fingerprint, f.Indicator, f.BookID, f.Class = id, id, code, book, class
	return f
}

func TestOneCauseIsOneGroup(t *testing.T) {
	stale, pages, foot := columnFault(), pageFault(), homeFault()
	count := vetoFault()
	count.Pages = []string{home + "a/", stale.Column.URL}
	blank := like(stale, "F9", "column-blank", "XG-11", govsweep.Norm)
	elsewhere := stale
	elsewhere.ID, elsewhere.Target.ID = "F8", "9810000002"
	otherPages := like(pages, "F7", "tag-site-id", "TG-03", govsweep.Norm)
	otherPages.Pages = []string{home + "1.html", home + "3.html"}
	fs := []govsweep.Finding{
		stale, like(stale, "F1", "news-column-stale", "DE-04b", govsweep.Deduction), like(stale, "F2", "other-column-stale", "DE-08b", govsweep.Deduction),
		count,
		pages, like(pages, "F3", "tag-site-domain", "TG-02", govsweep.Norm), like(pages, "F4", "page-tags-improper", "DE-36", govsweep.Deduction),
		like(foot, "F5", "icp-number", "FT-03", govsweep.Norm), like(foot, "F6", "site-marks-missing", "DE-31", govsweep.Deduction),
		foot, blank, elsewhere, otherPages, stale,
	}
	type row struct {
		Title  string
		IDs    []string
		Pages  int
		Counts []string
	}
	rows := func(fs []govsweep.Finding) []row {
		var out []row
		for _, g := range rectify.Groups(fs) {
			r := row{Title: g.Title, Pages: g.Pages, Counts: g.Counts}
			for _, f := range g.Members {
				if rectify.Cause(&f) != g.Key {
					t.Errorf("%s is in a group it does not belong to", f.ID)
				}
				r.IDs = append(r.IDs, f.ID)
			}
			out = append(out, r)
		}
		return out
	}
	want := []row{
		{"空白栏目达到单项否决标准。", []string{"FV"}, 2, nil},
		{"2个页面使用的同一模板不规范（涉及3项指标）：2个页面缺少SiteName标签。", []string{"F4", "FP", "F3"}, 2, nil},
		{"网站底部功能区标识不规范（涉及2项指标）", []string{"F6", "F5"}, 1, nil},
		{"栏目“通知公告”更新不及时（涉及3项指标）", []string{"F1", "F2", "FC"}, 1, []string{"FV"}},
		{"2个页面缺少SiteName标签。", []string{"F7"}, 2, nil},
		{"栏目“通知公告”为空白栏目", []string{"F9"}, 1, []string{"FV"}},
		{"网站没有开设政府公报栏目。", []string{"FH"}, 1, nil},
		{"栏目“通知公告”更新不及时", []string{"F8"}, 1, nil},
	}
	if d := cmp.Diff(want, rows(fs)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for seed := range int64(20) {
		r := rand.New(rand.NewSource(seed))
		r.Shuffle(len(fs), func(i, j int) { fs[i], fs[j] = fs[j], fs[i] })
		if d := cmp.Diff(want, rows(fs)); d != "" {
			t.Fatalf("in another order (-want +got):\n%s", d)
		}
	}
	if got := rectify.Groups(nil); len(got) != 0 {
		t.Errorf("nothing groups to %v", got)
	}
}

func TestTwoFaultsOfOnePageAreTwoCauses(t *testing.T) {
	a, b := homeFault(), like(homeFault(), "F1", "leaders-column-missing", "DE-03a", govsweep.Deduction)
	if rectify.Cause(&a) == rectify.Cause(&b) {
		t.Errorf("both are %s", rectify.Cause(&a))
	}
}

func TestAMatterThatTargetsShareIsOneCause(t *testing.T) {
	a := like(homeFault(), "F1", "account-duplicate", "AC-03", govsweep.Norm)
	b := like(homeFault(), "F2", "account-duplicate", "AC-03", govsweep.Norm)
	a.Target.ID, b.Target.ID, a.Shared, b.Shared = "wechat:1", "wechat:2", "account-duplicate wechat 某某局", "account-duplicate wechat 某某局"
	a.Summary = "某某局在同一平台还开设有“乙”。"
	c := b
	c.ID, c.Shared = "F3", "account-duplicate weibo 某某局"
	groups := rectify.Groups([]govsweep.Finding{b, c, a})
	if len(groups) != 2 || len(groups[0].Members)+len(groups[1].Members) != 3 {
		t.Fatalf("%+v", groups)
	}
	for _, g := range groups {
		if len(g.Members) == 2 && g.Title != a.Summary {
			t.Errorf("the group is called %s", g.Title)
		}
	}
}
