package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
)

func TestShippedBooksLoad(t *testing.T) {
	for _, id := range rules.Books() {
		b, err := rules.LoadBook(id, book.Indicators)
		if err != nil {
			t.Fatal(err)
		}
		if b.ID != id {
			t.Errorf("%s calls itself %s", id, b.ID)
		}
		if len(b.NotInspected(govsweep.SiteTarget)) == 0 || b.BookTitle().Citation == "" {
			t.Errorf("%s has no citation or nothing uncovered", id)
		}
	}
	if _, err := rules.LoadBook("", book.Indicators); err != nil {
		t.Error("the default rulebook does not load:", err)
	}
}

func TestUnknownPointsStayUnknown(t *testing.T) {
	b, err := rules.LoadBook("", book.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{"DE-05b": "5", "DE-10b": "2", "DE-21a": "3"}
	for _, e := range b.Entries {
		if e.Class != govsweep.Deduction {
			continue
		}
		got := ""
		if e.Points != nil {
			got = e.Points.String()
		}
		if got != known[e.ID] {
			t.Errorf("%s has points %q, the paper is known to give %q", e.ID, got, known[e.ID])
		}
	}
}

func TestEveryFaultIsListedWithItsLine(t *testing.T) {
	src := shipped(t)
	edits := []struct{ from, to, want string }{
		{"pass_line: 60", "pass_lime: 60", "不认识的键“pass_lime”"},
		{"  blank_looks: 2", "  blank_looks: zwei", "值“zwei”不是整数"},
		{"code: home-stale-veto", "code: home-stale", "没有对应的检查"},
		{"params: {count_gte: 5}", "params: {count_gt: 5}", "不认识的键“count_gt”"},
		{"no_service_factor: 4/3", "no_service_factor: vier", "系数“vier”"},
		{"only_if: [portal, public-service-unit]", "only_if: [portals]", "不认识的适用范围“portals”"},
		{"class: deduction", "class: deduct", "class 应为"},
	}
	for _, e := range edits {
		if !strings.Contains(src, e.from) {
			t.Fatalf("the shipped rulebook has no %q", e.from)
		}
		src = strings.Replace(src, e.from, e.to, 1)
	}
	file := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := rules.LoadBook(file, book.Indicators)
	if govsweep.KindOf(err) != govsweep.Wrong {
		t.Fatalf("error %v is no wrong use", err)
	}
	if !strings.Contains(err.Error(), "mine.yaml") {
		t.Error("the error does not name the file:", err)
	}
	lines := strings.Split(src, "\n")
	for _, e := range edits {
		line := faultLine(rules.Lint([]byte(src), book.Indicators), e.want)
		if !strings.Contains(err.Error(), e.want) || line == 0 {
			t.Errorf("fault %q is not listed in\n%v", e.want, err)
			continue
		}
		near := strings.Join(lines[max(0, line-3):min(len(lines), line+12)], "\n")
		if !strings.Contains(near, e.to) && e.want != "系数“vier”" {
			t.Errorf("fault %q is said to be in line %d, which is not near %q", e.want, line, e.to)
		}
	}
}

func faultLine(faults []rules.Fault, want string) int {
	for _, f := range faults {
		if strings.Contains(f.Why, want) {
			return f.Line
		}
	}
	return 0
}

func TestRefusedFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty":     "",
		"list":      "- a\n- b\n",
		"broken":    "id: [\n",
		"anchors":   "id: &a x\ntitle: *a\n",
		"two":       "id: a\n---\nid: b\n",
		"deep":      strings.Repeat("[", 100_000),
		"long":      "id: " + strings.Repeat("x", 10_000) + "\n",
		"big":       strings.Repeat("# x\n", 1<<20),
		"repeated":  "id: a\nid: b\n",
		"no-fields": "{}\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, name+".yaml")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if b, err := rules.LoadBook(file, nil); govsweep.KindOf(err) != govsweep.Wrong || b != nil {
				t.Errorf("loaded %v, error %v", b, err)
			}
		})
	}
	if _, err := rules.LoadBook(filepath.Join(dir, "nowhere.yaml"), nil); govsweep.KindOf(err) != govsweep.Wrong {
		t.Error("a file that is not there gives", err)
	}
}

func shipped(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("rulebooks/" + rules.DefaultBook + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func FuzzLint(f *testing.F) {
	f.Add(scoreBook)
	f.Add(shipped(f))
	f.Add("entries: [{id: a}]\n")
	f.Add("a: &x [*x]\n")
	f.Add("scoring: {items: [{indicators: [a, a]}]}\n? - - -\n")
	f.Fuzz(func(t *testing.T, src string) {
		for _, fault := range rules.Lint([]byte(src), book.Indicators) {
			if fault.Why == "" || fault.Line < 0 {
				t.Errorf("fault %+v says nothing", fault)
			}
		}
	})
}
