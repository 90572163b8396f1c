package govsweep_test

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestEveryStatusAndStateHasAChineseWordOfItsOwn(t *testing.T) {
	of := map[string]string{}
	told := func(kind, code, word string) {
		if word == "" || word[0] < 0x80 {
			t.Errorf("%s %s is printed as %q", kind, code, word)
		}
		if other := of[kind+word]; other != "" {
			t.Errorf("%s: %s and %s are both %s", kind, other, code, word)
		}
		of[kind+word] = code
	}
	for _, s := range []govsweep.FindingStatus{govsweep.Proposed, govsweep.Confirmed, govsweep.Rejected, govsweep.Exempted, govsweep.Noticed,
		govsweep.Answered, govsweep.Disputed, govsweep.Fixed, govsweep.Reopened} {
		told("finding", string(s), s.Word())
	}
	for _, s := range []govsweep.NoticeState{govsweep.NoticeDraft, govsweep.NoticeIssued, govsweep.NoticeReceived, govsweep.NoticeAnswered,
		govsweep.NoticeRetested, govsweep.NoticeDisputed, govsweep.NoticeDecided, govsweep.NoticeOverdue, govsweep.NoticeEscalated,
		govsweep.NoticeClosed, govsweep.NoticeWithdrawn} {
		told("notice", string(s), s.Word())
	}
	if got := govsweep.FindingStatus("later").Word(); got != "later" {
		t.Errorf("a status of a later version is printed as %q", got)
	}
}
