package storage_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

// filled gives every field a value, so that one that is not kept is missed.
func filled(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(day(v.NumField())))
			return
		}
		for i := range v.NumField() {
			filled(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0))
		filled(v.Index(1))
	case reflect.String:
		v.SetString("文字“<b>”\t' || \"")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// Whatever a notice says is kept, also in fields that are added later.
func TestEveryFieldOfANoticeIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := &govsweep.Notice{}
		filled(reflect.ValueOf(n).Elem())
		n.ID, n.Kind, n.State, n.Number, n.Serial, n.Year, n.Steps, n.Parent = "", govsweep.Reminder, govsweep.NoticeDraft, "", 0, 0, nil, ""
		n.Items[0].Fingerprint, n.Items[1].Fingerprint = print1, print2
		n.Items[0].Status, n.Items[1].Status = govsweep.Confirmed, govsweep.Fixed
		must(t, db.DraftNotice(ctx, n))
		sameNotice(t, db, "N1", n)
		n.Year, n.Documents = 2026, n.Documents[:1] // a file name stands for one file
		must(t, db.SaveNotice(ctx, n, 0, nil))
		step := govsweep.NoticeStep{}
		filled(reflect.ValueOf(&step).Elem())
		step.Seq, step.From, step.To = 1, govsweep.NoticeDraft, govsweep.NoticeIssued
		n.Steps, n.State = []govsweep.NoticeStep{step}, govsweep.NoticeIssued
		must(t, db.IssueNotice(ctx, n, number(n), nil))
		sameNotice(t, db, "N1", n)
	})
}

// What cannot be text is replaced, never refused, and reading it back gives
// a notice that goes on.
func TestANoticeWithBytesThatAreNoText(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		n := draft()
		n.Addressee, n.Items[0].Summary, n.DraftedBy = "某\x00局", "\xff栏目\\ufffd\x00为空白。", "李\xfe"
		must(t, db.DraftNotice(ctx, n))
		ready(n)
		n.Steps[0].By, n.Steps[0].Reason = "王\x00某", "\xff"
		must(t, db.IssueNotice(ctx, n, number(n), nil))
		got, err := db.Notice(ctx, "N1")
		must(t, err)
		took(got, "receive", govsweep.NoticeReceived, 2)
		got.Items[0].Answer = &govsweep.Answer{Measures: "\x00\xff"}
		must(t, db.SaveNotice(ctx, got, 1, nil))
		must(t, db.SaveNotice(ctx, got, 1, nil)) // again: nothing
		again, err := db.Notice(ctx, "N1")
		must(t, err)
		if len(again.Steps) != 2 || again.Items[0].Answer == nil {
			t.Errorf("came back as %s", cmp.Diff(got, again))
		}
	})
}
