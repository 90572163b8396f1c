package storage

import (
	"fmt"
	"slices"

	"github.com/govsweep/govsweep"
)

// unchanged refuses a change of what an issued paper prints. A deadline that
// counts from the day of receipt is open until then.
func unchanged(known, next *govsweep.Notice) error {
	was := *known
	if was.Deadline == "" && len(next.Steps) > len(known.Steps) {
		was.Deadline, was.DeadlineNote = next.Deadline, next.DeadlineNote
	}
	old, _, err := printedOf(&was)
	if err != nil {
		return err
	}
	now, _, err := printedOf(next)
	if err != nil {
		return err
	}
	if old != now {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + known.ID + "”已经下发，内容不得改动；如需更正或撤销，请另发更正或撤销通知。"}
	}
	return documents(known, next)
}

// documents adds the kept printed forms that next does not name; one that is
// kept may not become another.
func documents(known, next *govsweep.Notice) error {
	merged := slices.Clone(known.Documents)
	for _, d := range next.Documents {
		at := slices.IndexFunc(merged, func(k govsweep.Document) bool { return k.Name == d.Name })
		switch {
		case at < 0:
			merged = append(merged, d)
		case merged[at] != d:
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "文书“" + known.ID + "”的文件“" + d.Name + "”已经留存，不得替换。"}
		}
	}
	next.Documents = merged
	return nil
}

// grows compares the life of a notice with the one kept: every kept step must
// be there, the new ones must follow from one another, and nothing may change
// without a step once the paper is issued. done says that all is kept already.
func grows(known, next *govsweep.Notice, steps int) (done bool, err error) {
	same, err := sameLife(known, next)
	if err != nil || same {
		return same, err
	}
	if len(known.Steps) != steps || len(next.Steps) < steps || !sameSteps(known.Steps, next.Steps[:steps]) {
		return false, outdated(known.ID)
	}
	state := known.State
	for i, s := range next.Steps[steps:] {
		if s.Seq != steps+i+1 || s.From != state || s.At.IsZero() {
			return false, &govsweep.Error{Kind: govsweep.Internal, Say: fmt.Sprintf("文书“%s”的第%d条办理记录与前一条不衔接，未保存。", known.ID, steps+i+1)}
		}
		state = s.To
	}
	if next.State != state || known.State != govsweep.NoticeDraft && len(next.Steps) == steps && !sameItems(known, next) {
		return false, &govsweep.Error{Kind: govsweep.Internal, Say: "文书“" + known.ID + "”的状态变化没有办理记录，未保存。"}
	}
	return false, nil
}

// sameLife says whether what is kept is what is given, whole.
func sameLife(known, next *govsweep.Notice) (bool, error) {
	old, _, err := printedOf(known)
	if err != nil {
		return false, err
	}
	now, _, err := printedOf(next)
	return err == nil && old == now && known.State == next.State && sameSteps(known.Steps, next.Steps) && sameItems(known, next) &&
		slices.Equal(known.Documents, next.Documents), err
}

func sameSteps(a, b []govsweep.NoticeStep) bool {
	return slices.EqualFunc(a, b, func(a, b govsweep.NoticeStep) bool {
		one, err := stepOf(0, &a)
		two, err2 := stepOf(0, &b)
		return err == nil && err2 == nil && *one == *two
	})
}

func sameItems(a, b *govsweep.Notice) bool {
	return slices.EqualFunc(a.Items, b.Items, func(a, b govsweep.NoticeItem) bool {
		return a.Status == b.Status && samePart(a.Answer, b.Answer) && samePart(a.Retest, b.Retest)
	})
}

func samePart[T any](a, b *T) bool {
	one, err := pack(a)
	two, err2 := pack(b)
	return err == nil && err2 == nil && one == two
}
