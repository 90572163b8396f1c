package workplan

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// shared finds the folder of the domain beside the repository.
func shared(t testing.TB) string {
	if dir := os.Getenv("GOVSWEEP_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "shared", "domain", "papers")); err == nil {
			return filepath.Join(dir, "shared")
		}
	}
	t.Skip("the five papers are not beside the repository (shared/domain/papers, or GOVSWEEP_SHARED): nothing to read")
	return ""
}

// paperFiles are the five papers by the short names of paper-demands.md.
var paperFiles = map[string]string{
	"通辽2020": "tongliao-2020.txt", "杭锦2021": "hangjin-2021.txt", "旌德2021": "jingde-2021.txt",
	"内蒙古2022": "neimenggu-2022.txt", "额尔古纳2020": "ergun-2020-progress.txt",
}

func paperText(t testing.TB, short string) []byte {
	raw, err := os.ReadFile(filepath.Join(shared(t), "domain", "papers", paperFiles[short]))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func readPaper(t testing.TB, short string) *govsweep.Plan {
	raw := paperText(t, short)
	p, err := Read(paperFiles[short], bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// demandRow is one row of section 1 of paper-demands.md.
type demandRow struct {
	paper, place, demand string
	ids                  []string
}

var rowMark = regexp.MustCompile(`^(通辽2020|杭锦2021|旌德2021|内蒙古2022|额尔古纳2020) ?(\S+)$`)

func demandRows(t testing.TB) []demandRow {
	raw, err := os.ReadFile(filepath.Join(shared(t), "domain", "paper-demands.md"))
	if err != nil {
		t.Fatal(err)
	}
	section, _, _ := strings.Cut(string(raw), "\n## 2.")
	var out []demandRow
	for l := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(l), "|"), "|")
		if len(cells) != 5 {
			continue
		}
		m := rowMark.FindStringSubmatch(strings.TrimSpace(cells[0]))
		if m == nil {
			continue
		}
		row := demandRow{paper: m[1], place: m[2], demand: strings.TrimSpace(cells[1])}
		if ids := strings.TrimSpace(cells[3]); ids != "—" {
			for _, id := range strings.Split(ids, ",") {
				if row.ids, err = appendSpread(row.ids, strings.TrimSpace(id)); err != nil {
					t.Fatalf("row %q: %v", row.demand, err)
				}
			}
		}
		out = append(out, row)
	}
	if len(out) < 100 {
		t.Fatalf("only %d rows found: the table has another form", len(out))
	}
	return out
}

func appendSpread(to []string, id string) ([]string, error) {
	ids, err := spread([]string{id})
	return append(to, ids...), err
}

// tasksAt gives the tasks of the item a row names.
func tasksAt(p *govsweep.Plan, place string) []govsweep.Task {
	var out []govsweep.Task
	for _, t := range p.Tasks {
		switch {
		case place == "head" && t.Item == "文件本身", place == "解读材料" && t.Item == "解读材料":
			out = append(out, t)
		default:
			chapter, _, _ := strings.Cut(t.Chapter, "、")
			mark := itemMark.FindString(fold(t.Item))
			if mark != "" && (chapter+mark == fold(place) || mark == fold(place)) {
				out = append(out, t)
			}
		}
	}
	return out
}

// TestEveryDemandOfThePapersIsTied holds the plans read from the five papers
// against the 218 rows a person made of them.
func TestEveryDemandOfThePapersIsTied(t *testing.T) {
	plans := map[string]*govsweep.Plan{}
	for short := range paperFiles {
		plans[short] = readPaper(t, short)
	}
	rows := demandRows(t)
	named := map[string]bool{} // paper, item, indicator named by some row
	held := 0
	for _, row := range rows {
		for _, id := range row.ids {
			named[row.paper+row.place+id] = true
		}
		if why := missing(plans[row.paper], row); why != "" {
			t.Errorf("%s %s “%s”：%s", row.paper, row.place, row.demand, why)
			continue
		}
		held++
	}
	ties, unnamed := 0, map[string][]string{}
	for short, p := range plans {
		for place, ids := range tiedByPlace(p, rows, short) {
			for _, id := range ids {
				ties++
				if !named[short+place+id] {
					unnamed[short+place] = append(unnamed[short+place], id)
				}
			}
		}
	}
	extra := 0
	for place, ids := range unnamed {
		extra += len(ids)
		t.Logf("ties no row names: %s %v", place, ids)
	}
	t.Logf("recall %d of %d rows; %d ties of an item to an indicator, %d of them named by no row (precision %.1f%%)",
		held, len(rows), ties, extra, 100*float64(ties-extra)/float64(ties))
	if len(rows) != 218 {
		t.Errorf("%d rows read, 218 expected", len(rows))
	}
	if extra*10 > ties {
		t.Errorf("%d of %d ties are named by no row: more than a tenth", extra, ties)
	}
}

func missing(p *govsweep.Plan, row demandRow) string {
	tasks := tasksAt(p, row.place)
	if len(tasks) == 0 {
		return "the item is not in the plan"
	}
	if row.place == "head" {
		tasks = p.Tasks
	}
	tied := idsOf(tasks)
	var lost []string
	for _, id := range row.ids {
		if !slices.Contains(tied, id) {
			lost = append(lost, id)
		}
	}
	if len(lost) > 0 {
		return fmt.Sprintf("not tied: %v", lost)
	}
	if len(row.ids) == 0 && !hasChecklist(tasks) {
		return "no line of the checklist"
	}
	return ""
}

func idsOf(tasks []govsweep.Task) []string {
	var out []string
	for _, t := range tasks {
		for _, d := range t.Demands {
			out = append(out, d.Indicators...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func hasChecklist(tasks []govsweep.Task) bool {
	return slices.ContainsFunc(tasks, func(t govsweep.Task) bool {
		return slices.ContainsFunc(t.Demands, func(d govsweep.Demand) bool { return d.Checklist != "" })
	})
}

// tiedByPlace gives the indicators of each item, by the name the rows use.
func tiedByPlace(p *govsweep.Plan, rows []demandRow, short string) map[string][]string {
	out := map[string][]string{}
	for _, row := range rows {
		if row.paper == short && out[row.place] == nil {
			out[row.place] = idsOf(tasksAt(p, row.place))
		}
	}
	return out
}
