package workplan

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// TestEverySentenceEndsInADemandOrIsAnExplanation reads all sentences of all
// papers: each is known by a rule, is an explanation, or stands on the checklist.
func TestEverySentenceEndsInADemandOrIsAnExplanation(t *testing.T) {
	table := demandRules()
	total, ruled, listed, explained := 0, 0, 0, 0
	for short := range paperFiles {
		for _, task := range readPaper(t, short).Tasks {
			if task.Item == "文件本身" {
				continue
			}
			for _, s := range sentences(task.Text) {
				total++
				key := fold(s)
				known := false
				for _, r := range table.Rules {
					known = known || r.find(key) != nil
				}
				switch {
				case known:
					ruled++
				case table.explains(key):
					explained++
				case onChecklist(&task, s):
					listed++
				default:
					t.Errorf("%s %s: “%s” ends in nothing", short, task.ID, s)
				}
			}
		}
	}
	t.Logf("%d sentences: %d known by a rule, %d on the checklist as they are, %d explanations", total, ruled, listed, explained)
	if explained*10 > total {
		t.Errorf("%d of %d sentences are taken for explanations: too many", explained, total)
	}
}

func onChecklist(task *govsweep.Task, s string) bool {
	for _, d := range task.Demands {
		if d.Checklist != "" && strings.HasPrefix(s, strings.TrimSuffix(d.Text, "…")) {
			return true
		}
	}
	return false
}

func TestATableWithAFaultIsRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"an unknown key":        "version: 1\nrules:\n  - {match: ['a'], indicator: [XG-11]}\n",
		"no expression":         "version: 1\nrules:\n  - {indicators: [XG-11]}\n",
		"nothing to look at":    "version: 1\nrules:\n  - {match: ['a']}\n",
		"a broken expression":   "version: 1\nrules:\n  - {match: ['('], indicators: [XG-11]}\n",
		"a number of no form":   "version: 1\nrules:\n  - {match: ['a'], indicators: [XG-1]}\n",
		"a range of two groups": "version: 1\nrules:\n  - {match: ['a'], indicators: [XG-01..CT-05]}\n",
	} {
		if _, err := readTable([]byte(raw)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestRangesAreWrittenOut(t *testing.T) {
	got, err := spread([]string{"IP-01..IP-03", "SV-04a..SV-04c", "XG-11", "IP-02"})
	if want := "IP-01 IP-02 IP-03 SV-04a SV-04b SV-04c XG-11"; err != nil || strings.Join(got, " ") != want {
		t.Errorf("%v, %v", got, err)
	}
}
