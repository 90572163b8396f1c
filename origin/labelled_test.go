package origin

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sketch"
)

// labelled is one row of the labelled set.
type labelled struct {
	same          bool
	article, post govsweep.Published
	why           string
}

func readLabelled(t testing.TB) []labelled {
	t.Helper()
	raw, err := os.ReadFile("testdata/labelled.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []labelled
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 8 {
			t.Fatalf("not eight fields: %q", line)
		}
		n := len(out)
		out = append(out, labelled{f[0] == "same", published(t, "site", n, f[1], f[2], f[5]), published(t, "post", n, f[3], f[4], f[6]), f[7]})
	}
	return out
}

func published(t testing.TB, side string, n int, title, day, text string) govsweep.Published {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02", day, govsweep.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return govsweep.Published{Title: title, URL: fmt.Sprintf("https://%s.example.cn/%d", side, n), At: at, DayOnly: true, Sketch: textOf(text)}
}

// textOf makes the text of a row: 5~3 is text 5 with three sentences changed.
func textOf(spec string) govsweep.TextSketch {
	if spec == "-" {
		return govsweep.TextSketch{}
	}
	var seed uint64
	var changed int
	if _, err := fmt.Sscanf(spec, "%d~%d", &seed, &changed); err != nil {
		changed = 0
	}
	lines, other := prose(seed, 24), prose(seed+1000, 24)
	for i := range changed {
		was := []rune(lines[3+5*i])
		lines[3+5*i] = string(was[:len(was)/2]) + other[i]
	}
	return sketch.Of(strings.Join(lines, "\n"))
}

// prose makes sentences of made-up words, the same for a seed.
func prose(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	words := strings.Fields("会议 项目 群众 服务 企业 发展 工作 推进 落实 部门 责任 安全 生产 检查 整改 建设 乡村 振兴 环境 保护 教育 医疗 交通 水利 农业 工业 科技 文化 旅游 财政 审计 监督 " +
		"我市 全市 各级 有关 进一步 坚持 强调 要求 指出 开展 加强 提升 确保 完成 目标 任务 措施 方案 机制 体系")
	out := make([]string, n)
	for i := range out {
		var b strings.Builder
		for range 9 + r.IntN(12) {
			b.WriteString(words[r.IntN(len(words))])
		}
		out[i] = b.String() + "。"
	}
	return out
}

// TestTheLabelledPairsAreToldApart looks at each row by itself.
func TestTheLabelledPairsAreToldApart(t *testing.T) {
	rows := readLabelled(t)
	p := Default()
	p.Names = []string{"云川发布", "云川市人民政府", "云川政协", "云川"}
	var right, wrong, missed, positive int
	for _, r := range rows {
		found := len(Match([]govsweep.Published{r.article}, []govsweep.Published{r.post}, p).Pairs) == 1
		switch {
		case found && r.same:
			right++
		case found:
			wrong++
			t.Logf("taken for one: %s / %s (%s)", r.article.Title, r.post.Title, r.why)
		case r.same:
			missed++
			t.Logf("not recognised: %s / %s (%s)", r.article.Title, r.post.Title, r.why)
		}
		if r.same {
			positive++
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(positive)
	t.Logf("%d pairs, %d of them one item: precision %.3f, recall %.3f", len(rows), positive, precision, recall)
	if len(rows) < 120 || precision < 0.98 || recall < 0.95 {
		t.Errorf("%d pairs: precision %.3f, recall %.3f; %d wrong, %d missed", len(rows), precision, recall, wrong, missed)
	}
}

// TestAllLabelledItemsTogether puts all articles against all posts: every
// pair that is found must be one of those labelled so.
func TestAllLabelledItemsTogether(t *testing.T) {
	rows := readLabelled(t)
	p := Default()
	p.Names = []string{"云川发布", "云川市人民政府", "云川政协", "云川"}
	var articles, posts []govsweep.Published
	positive, one := 0, map[string]bool{} // rows share titles: an article of one may be the post of another
	for _, r := range rows {
		one[r.article.Title+r.post.Title] = one[r.article.Title+r.post.Title] || r.same
		articles, posts = append(articles, r.article), append(posts, r.post)
		if r.same {
			positive++
		}
	}
	right, wrong := 0, 0
	for _, pair := range Match(articles, posts, p).Pairs {
		if one[pair.Article.Title+pair.Post.Title] || squeeze(pair.Article.Title) == squeeze(pair.Post.Title) {
			right++
			continue
		}
		wrong++
		t.Logf("taken for one: %s %s / %s %s %s", pair.Article.Title, govsweep.DateOf(pair.Article.At), pair.Post.Title, govsweep.DateOf(pair.Post.At), pair.Ground)
	}
	t.Logf("%d articles, %d posts: %d pairs right, %d wrong, %d labelled", len(articles), len(posts), right, wrong, positive)
	if wrong > 2 || right < positive*94/100 {
		t.Errorf("%d right, %d wrong of %d", right, wrong, positive)
	}
}
