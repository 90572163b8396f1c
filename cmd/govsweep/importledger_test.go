package main

import (
	"errors"
	"slices"
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/register"
)

func TestAnImportNamesWhatWasTakenAndWhatFollowsTheSameCause(t *testing.T) {
	edits := []register.LedgerEdit{{Notice: "N1", Item: 2}, {Notice: "N1", Item: 2}, {Notice: "N2", Item: 1}}
	one := casework.Filed{Notice: &govsweep.Notice{ID: "N1"}, Answered: []int{2, 5, 3}}
	two := casework.Filed{Notice: &govsweep.Notice{ID: "N2"}, Err: errors.New("refused")}
	if got := reached(edits, one); !slices.Equal(got, []int{3, 5}) {
		t.Errorf("reached %v, want 3 and 5", got)
	}
	if got := taken(edits, []casework.Filed{one, two}, 4); got != "台账中有2处改动已采纳，4处不能采纳。" {
		t.Error(got)
	}
}
