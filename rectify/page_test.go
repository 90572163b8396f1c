package rectify_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/internal/golden"
	"github.com/govsweep/govsweep/rectify"
)

// TestThePageAndTheTablesNeverPart prints both tables into the page people
// read; `go test ./rectify -run Page -update` writes it anew.
func TestThePageAndTheTablesNeverPart(t *testing.T) {
	const page = "../docs/life-of-a-finding.md"
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, table := range map[string]string{"findings": findingTable(), "notices": noticeTable()} {
		place := regexp.MustCompile(`(?s)(<!-- ` + name + `:[^>]*-->\n).*?(<!-- end -->)`)
		if len(place.FindAllString(text, -1)) != 1 {
			t.Fatalf("the page has no single place for the table of %s", name)
		}
		text = place.ReplaceAllStringFunc(text, func(old string) string {
			begin, _, _ := strings.Cut(old, "\n")
			return begin + "\n" + table + "<!-- end -->"
		})
	}
	golden.Assert(t, "../../docs/life-of-a-finding.md", []byte(text))
}

func findingTable() string {
	var b strings.Builder
	b.WriteString("| 原状态 from | 事件 event | 新状态 to | 谁 who | 为什么 why |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range rectify.Rows() {
		to := "不变 unchanged"
		if r.To != "" {
			to = status(r.To)
		}
		fmt.Fprintf(&b, "| %s | %s `%s` | %s | %s | %s<br>%s |\n", list(r.From, status), rectify.EventWord(r.Event), r.Event, to, r.Who, r.Why, r.Note)
	}
	return b.String()
}

func noticeTable() string {
	conditions := map[rectify.When]string{
		rectify.Always: "", rectify.IfWaiting: "有待整改 waiting", rectify.IfDispute: "有异议 disputed", rectify.IfSettled: "全部了结 settled",
	}
	var b strings.Builder
	b.WriteString("| 原状态 from | 步骤 step | 条件 if | 新状态 to | 为什么 why |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range rectify.NoticeRows() {
		to := "不变 unchanged"
		if r.To != "" {
			to = state(r.To)
		}
		from := list(r.From, state)
		if len(r.From) == 8 { // of eleven: all but draft, closed and withdrawn
			from = "各在办状态 any state from issued to escalated"
		}
		fmt.Fprintf(&b, "| %s | %s `%s` | %s | %s | %s<br>%s |\n", from, rectify.StepWord(r.Event), r.Event, conditions[r.When], to, r.Why, r.Note)
	}
	return b.String()
}

func status(s govsweep.FindingStatus) string { return rectify.StatusWord(s) + " `" + string(s) + "`" }
func state(s govsweep.NoticeState) string    { return rectify.StateWord(s) + " `" + string(s) + "`" }

func list[T any](all []T, name func(T) string) string {
	var words []string
	for _, one := range all {
		words = append(words, name(one))
	}
	return strings.Join(words, "<br>")
}
