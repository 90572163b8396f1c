package sketch

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// prose makes n sentences of made-up words, the same for a seed.
func prose(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 7))
	words := []rune("会议项目群众服务企业发展工作推进落实部门责任安全生产检查整改建设乡村振兴环境保护教育医疗交通水利农业工业科技文化旅游财政审计监督")
	var out []string
	for range n {
		var b strings.Builder
		for range 18 + r.IntN(20) {
			b.WriteRune(words[r.IntN(len(words))])
		}
		out = append(out, b.String()+"。")
	}
	return out
}

func TestDistance(t *testing.T) {
	text := prose(1, 30)
	edited := append([]string{}, text...)
	edited[3] = strings.Replace(edited[3], "。", "，特此通知。", 1)
	half := append(append([]string{}, text[:15]...), prose(2, 15)...)
	for _, c := range []struct {
		name     string
		other    string
		from, to int
	}{
		{"the same text on other lines", strings.Join(text, ""), 0, 1},
		{"full-width digits and other punctuation", strings.ReplaceAll(strings.Join(text, "\n"), "。", "！"), 0, 0},
		{"one sentence changed", strings.Join(edited, "\n"), 0, 4},
		{"half the text", strings.Join(half, "\n"), 5, 24},
		{"another text", strings.Join(prose(3, 30), "\n"), 20, 64},
	} {
		d := Of(strings.Join(text, "\n")).Distance(Of(c.other))
		if d < c.from || d > c.to {
			t.Errorf("%s: distance %d, want %d to %d", c.name, d, c.from, c.to)
		}
	}
}

func TestWhatIsNoTextGivesNoSketch(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":       "",
		"one sentence":  "会议于今日召开。",
		"a menu":        strings.Repeat("首页\n政务公开\n办事服务\n", 100),
		"broken UTF-8":  strings.Repeat("\xff\xfe\n", 1000),
		"a tag unended": strings.Repeat("<", 5000),
	} {
		if Of(s).Known() || OfHTML("<li>"+strings.ReplaceAll(s, "\n", "<li>")).Known() {
			t.Errorf("%s has a sketch", name)
		}
	}
}

func TestMarkupDoesNotCount(t *testing.T) {
	text := prose(4, 20)
	markup := `<p class="a">` + strings.Join(text, `</p><p><span style="x">首页</span></p><P>`) + "</P><script>"
	if d := OfHTML(markup).Distance(Of(strings.Join(text, "\n"))); d > 1 {
		t.Errorf("distance %d", d)
	}
	if a, b := OfHTML("<p>"+strings.Repeat("市&nbsp;<b>政府</b>召开会议研究部署工作。", 20)), Of(strings.Repeat("市政府召开会议研究部署工作。", 20)); a != b {
		t.Errorf("%+v and %+v", a, b)
	}
}

func TestALongTextIsReadToItsBoundOnly(t *testing.T) {
	long := strings.Repeat("甲乙丙丁戊己庚辛。", 10_000)
	if got := Of(long).Runes; got != MaxRunes {
		t.Errorf("%d runes", got)
	}
}

func BenchmarkOf(b *testing.B) {
	text := strings.Join(prose(5, 240), "\n")
	b.ReportMetric(float64(len([]rune(text))), "runes")
	for b.Loop() {
		if !Of(text).Known() {
			b.Fatal("no sketch")
		}
	}
}
