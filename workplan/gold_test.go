package workplan

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

// gold reads testdata/gold/<file>: one line a task, number | kind of limit |
// day | bodies, as a person read them off the paper; texts are not repeated.
func gold(t *testing.T, file string) []string {
	f, err := os.Open(filepath.Join("testdata", "gold", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if l := strings.TrimSpace(sc.Text()); l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, l)
		}
	}
	return out
}

func keyLine(t *govsweep.Task) string {
	kind := string(t.Due.Kind)
	if kind == "" {
		kind = "none"
	}
	day := t.Due.Date
	if day == "" {
		day = "-"
	}
	line := strings.Join([]string{t.ID, kind, day, strings.Join(t.Bodies, "、")}, " | ")
	if t.Damaged != "" {
		line += "| damaged"
	}
	return strings.TrimSpace(line)
}

func TestBodiesAndLimitsOfTheFivePapersAreAsPrinted(t *testing.T) {
	for short, file := range paperFiles {
		t.Run(short, func(t *testing.T) {
			p := readPaper(t, short)
			var got []string
			for i := range p.Tasks {
				got = append(got, keyLine(&p.Tasks[i]))
			}
			if diff := cmp.Diff(gold(t, file), got); diff != "" {
				t.Errorf("tasks (-gold +read):\n%s", diff)
			}
		})
	}
}

func TestHeadsOfTheFivePapersAreAsPrinted(t *testing.T) {
	for short, want := range map[string]govsweep.Plan{
		"通辽2020":   {Title: "通辽市2020年政务公开工作要点", Number: "通政公字（2020）1号", Issued: "2020-06-17", Year: 2020},
		"杭锦2021":   {Title: "杭锦旗2021年政务公开工作要点", Issuer: "杭锦旗人民政府办公室", Issued: "2021-08-06", Year: 2021},
		"旌德2021":   {Title: "旌德县2021年政务公开工作要点", Number: "政办[2021]74号", Issuer: "旌德县人民政府办公室", Issued: "2021-08-27", Year: 2021},
		"内蒙古2022":  {Title: "内蒙古自治区2022年政务公开工作要点", Issued: "2022-04-22", Year: 2022},
		"额尔古纳2020": {Title: "額爾古納市推進基層政務公開標準化規範化工作階段性進展"},
	} {
		p := readPaper(t, short)
		got := govsweep.Plan{Title: p.Title, Number: p.Number, Issuer: p.Issuer, Issued: p.Issued, Year: p.Year}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", short, diff)
		}
	}
}

// TestPairsAgreeWithAnExpression counts the pairs of the Jingde paper in
// another way: with the expression of the domain handbook, white space away.
func TestPairsAgreeWithAnExpression(t *testing.T) {
	raw := regexp.MustCompile(`\s`).ReplaceAllString(string(paperText(t, "旌德2021")), "")
	pairs := regexp.MustCompile(`责任单位[:：](.+?)[,，、]?完成时限[:：](.+?)[)）]`).FindAllStringSubmatch(raw, -1)
	var want, got []string
	for _, m := range pairs {
		want = append(want, m[1]+"|"+m[2])
	}
	counts, damaged := map[string]int{}, 0
	for _, task := range readPaper(t, "旌德2021").Tasks {
		if task.Damaged != "" {
			damaged++
			if task.Due.Kind != govsweep.DueDamaged || len(task.Bodies) != 0 {
				t.Errorf("%s: something was guessed: %v %v", task.ID, task.Due, task.Bodies)
			}
			continue
		}
		if task.BodiesText != "" {
			got = append(got, task.BodiesText+"|"+task.Due.Text)
			counts[string(task.Due.Kind)+task.Due.Date]++
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pairs (-expression +read):\n%s", diff)
	}
	printed := map[string]int{"date2021-11-30": 21, "date2021-12-31": 4, "date2021-09-30": 4, "open": 9}
	if diff := cmp.Diff(printed, counts); diff != "" || damaged != 2 {
		t.Errorf("%d damaged, limits (-printed +read):\n%s", damaged, diff)
	}
}

// TestNothingOfThePapersIsLost: every sentence below a chapter stands in the
// text of a task, in its pair, or in a heading.
func TestNothingOfThePapersIsLost(t *testing.T) {
	for short := range paperFiles {
		p := readPaper(t, short)
		var all strings.Builder
		for _, task := range p.Tasks {
			if task.Item != "解读材料" {
				all.WriteString(fold(task.Text))
			}
		}
		have := all.String()
		lines := mend(mustLines(t, paperText(t, short)))
		o := outline(lines)
		for _, it := range o.items {
			for _, para := range it.paras {
				for _, s := range sentences(stripPairs(para)) {
					if key := fold(s); len([]rune(key)) > 3 && !strings.Contains(have, strings.TrimLeft(key, "()。")) {
						t.Errorf("%s %s: lost “%s”", short, it.heading, s)
					}
				}
			}
		}
	}
}

func mustLines(t *testing.T, raw []byte) []line {
	lines, err := linesOf("要点.txt", raw)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// stripPairs puts a full stop where a pair stands.
func stripPairs(text string) string {
	var b strings.Builder
	from := 0
	for _, s := range pairsIn(text) {
		b.WriteString(text[from:s.from] + "。")
		from = s.to
	}
	return b.String() + text[from:]
}
