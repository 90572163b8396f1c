package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/govsweep/govsweep"
)

// exitOf gives the exit code of one inspection.
func exitOf(in *govsweep.Inspection, failOn string) int {
	switch {
	case unseen(in):
		return exitUnseen
	case atLeast(in.Findings, failOn):
		return exitFindings
	}
	return exitDone
}

// unseen says that a target could not be inspected well enough for a verdict.
func unseen(in *govsweep.Inspection) bool {
	return in.Coverage.Suspect && in.Verdict.Grade == govsweep.Undecided
}

// whyUnseen lists why pages of a site were not read.
func whyUnseen(in *govsweep.Inspection) string {
	var why []string
	for reason, n := range in.Coverage.Reasons {
		hint := ""
		if strings.Contains(reason, "允许采集的网络") {
			hint = "，内部网络须用 --allow-net 写明网段"
		}
		why = append(why, fmt.Sprintf("%s（%d页）%s", reason, n, hint))
	}
	slices.Sort(why)
	return firstOf(strings.Join(why, "，"), in.Verdict.Reason, "没有读到任何页面")
}

var failLevels = map[string]int{"veto": 3, "deduction": 2, "bonus": 2, "norm": 1, "none": 9}

func atLeast(findings []govsweep.Finding, level string) bool {
	for _, f := range findings {
		if failLevels[string(f.Class)] >= failLevels[level] {
			return true
		}
	}
	return false
}
