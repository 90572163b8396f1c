package origin

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

// TestTheRealFeedsMatchThemselves matches the posts of each real account with
// themselves and with those of others, and prints what it takes for one by
// titles that are merely near: a person reads whether they are.
func TestTheRealFeedsMatchThemselves(t *testing.T) {
	root := os.Getenv("GOVSWEEP_SHARED")
	for dir := ".."; root == "" && len(dir) < 40; dir += "/.." {
		if _, err := os.Stat(filepath.Join(dir, "shared", "data", "feeds")); err == nil {
			root = filepath.Join(dir, "shared")
		}
	}
	files, _ := filepath.Glob(filepath.Join(root, "data", "feeds", "wechat", "*.xml"))
	if root == "" || len(files) == 0 {
		t.Skip("the real feeds (shared/data/feeds/wechat) are not beside the repository; set GOVSWEEP_SHARED")
	}
	sides := make([][]govsweep.Published, len(files))
	for i, file := range files {
		sides[i] = feedOf(t, file)
	}
	counts := map[govsweep.PairGround]int{}
	for i := range sides {
		if own := Match(sides[i], sides[i], Default()); len(own.Articles) > 0 {
			t.Errorf("%s: %d posts do not match themselves, first %q", files[i], len(own.Articles), own.Articles[0].Title)
		}
		for j := i + 1; j < min(i+12, len(sides)); j++ {
			for _, p := range Match(sides[i], sides[j], Default()).Pairs {
				counts[p.Ground]++
				if p.Ground == govsweep.ByNearTitle {
					t.Logf("%s / %s", p.Article.Title, p.Post.Title)
				}
			}
		}
	}
	t.Logf("%d feeds: pairs between accounts by ground %v", len(files), counts)
}

func feedOf(t *testing.T, file string) []govsweep.Published {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var feed struct {
		Items []struct {
			Title string `xml:"title"`
			Link  string `xml:"link"`
			Date  string `xml:"pubDate"`
		} `xml:"channel>item"`
	}
	if err := xml.Unmarshal(raw, &feed); err != nil {
		t.Fatal(err)
	}
	var out []govsweep.Published
	for _, it := range feed.Items {
		at, err := time.Parse(time.RFC1123Z, it.Date)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, govsweep.Published{Title: it.Title, URL: it.Link, At: at})
	}
	return out
}
