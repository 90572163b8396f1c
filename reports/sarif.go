package reports

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"

	"github.com/govsweep/govsweep"
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string    `json:"id"`
	Name  string    `json:"name,omitempty"`
	Short *sarifMsg `json:"shortDescription,omitempty"`
	Full  *sarifMsg `json:"fullDescription,omitempty"`
	Help  *sarifMsg `json:"help,omitempty"`
}

type sarifMsg struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifMsg           `json:"message"`
	Locations    []sarifLocation    `json:"locations,omitempty"`
	Related      []sarifLocation    `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   map[string]any     `json:"properties"`
}

type sarifLocation struct {
	ID       int            `json:"id,omitempty"`
	Physical *sarifPhysical `json:"physicalLocation,omitempty"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}

type sarifSuppression struct {
	Kind   string `json:"kind"`
	Status string `json:"status"`
}

// SARIF writes findings as SARIF 2.1.0, for tools that gather results of
// checks. Findings a person rejected or exempted are marked as suppressed.
func SARIF(w io.Writer, findings []govsweep.Finding) error {
	rules, index := sarifRules(findings)
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "govsweep", InformationURI: "https://github.com/govsweep/govsweep", Rules: rules}
	for i := range findings {
		run.Results = append(run.Results, sarifOf(&findings[i], index))
	}
	b, err := json.MarshalIndent(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode sarif: %w", err)
	}
	if _, err := w.Write(append(escapeHidden(b), '\n')); err != nil {
		return fmt.Errorf("write sarif: %w", err)
	}
	return nil
}

func sarifRules(findings []govsweep.Finding) ([]sarifRule, map[govsweep.IndicatorCode]int) {
	first := map[govsweep.IndicatorCode]*govsweep.Finding{}
	var order []string
	for i := range findings {
		f := &findings[i]
		if first[f.Indicator] == nil {
			first[f.Indicator] = f
			order = append(order, string(f.Indicator))
		}
	}
	sort.Strings(order)
	rules, index := []sarifRule{}, map[govsweep.IndicatorCode]int{}
	for i, code := range order {
		f := first[govsweep.IndicatorCode(code)]
		index[f.Indicator] = i
		rules = append(rules, sarifRule{ID: clean(code), Name: clean(f.BookID), Full: message(f.Clause), Help: message(f.Remedy)})
	}
	return rules, index
}

func message(s string) *sarifMsg {
	if s == "" {
		return nil
	}
	return &sarifMsg{clean(s)}
}

func sarifOf(f *govsweep.Finding, index map[govsweep.IndicatorCode]int) sarifResult {
	r := sarifResult{
		RuleID: clean(string(f.Indicator)), RuleIndex: index[f.Indicator], Level: sarifLevel(f), Message: sarifMsg{clean(f.Summary)},
		Fingerprints: map[string]string{"govsweep/v1": f.Fingerprint},
		Properties: map[string]any{
			"id": f.ID, "class": f.Class, "status": f.Status, "siteCode": f.Target.Code, "site": clean(f.Target.Name),
			"needsReview": f.NeedsReview, "groupSize": max(f.GroupSize, len(f.Pages)), "evidence": notNil(digests(f.Evidence)),
		},
	}
	if at := webURL(f.URL); at != "" {
		r.Locations = []sarifLocation{sarifAt(at, 0, columnPath(f.Column))}
	}
	for i, p := range f.Pages[:min(len(f.Pages), maxCellPages)] {
		if at := webURL(p); at != "" && p != f.URL {
			r.Related = append(r.Related, sarifAt(at, i+1, ""))
		}
	}
	if f.Status == govsweep.Rejected || f.Status == govsweep.Exempted {
		r.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted"}}
	}
	return r
}

func sarifAt(uri string, id int, column string) sarifLocation {
	l := sarifLocation{ID: id, Physical: &sarifPhysical{}}
	l.Physical.Artifact.URI = uri
	if column != "" {
		l.Logical = []sarifLogical{{clean(column)}}
	}
	return l
}

func sarifLevel(f *govsweep.Finding) string {
	switch {
	case f.Class == govsweep.Veto || f.Severity == govsweep.Must:
		return "error"
	case f.Severity == govsweep.Info || f.Severity == govsweep.Warn:
		return "note"
	}
	return "warning"
}
