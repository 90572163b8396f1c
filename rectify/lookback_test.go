package rectify_test

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

func TestLookBackItemByItem(t *testing.T) {
	passed := func(key string, n int) rectify.Look {
		return rectify.Look{Key: key, Result: govsweep.RetestPassed, At: day(n), Sweep: 9, Why: "未再发现该问题。", Proof: captured}
	}
	failed := func(key string, n int) rectify.Look {
		return rectify.Look{Key: key, Result: govsweep.RetestFailed, At: day(n), Sweep: 9, Why: "问题仍然存在。", Proof: captured}
	}
	unknown := rectify.Look{Key: "FA", Result: govsweep.RetestUnknown, At: day(5), Why: "页面未能读取。"}
	byHand := rectify.Look{Key: "2.1-3", Result: govsweep.RetestPassed, At: day(9), By: "王某", Why: "已查阅档案。", Words: "档案2026-7号"}
	bare := passed("FA", 5)
	bare.Proof = nil
	one := rectify.Item{ID: "N1-1", Keys: []string{"FA"}}
	mended := one
	mended.Mended = day(1)
	later := one
	later.Mended = day(20)
	task := rectify.Item{ID: "2.1-3", Keys: []string{"XG-11", "XG-12"}}
	for name, c := range map[string]struct {
		item  rectify.Item
		looks []rectify.Look
		want  string
		why   string
		by    string
	}{
		"the fault is gone":                       {one, []rectify.Look{passed("FA", 5)}, "已整改", "未再发现该问题。", ""},
		"the fault is there":                      {one, []rectify.Look{failed("FA", 5)}, "未整改", "问题仍然存在。", ""},
		"it was mended and is there again":        {mended, []rectify.Look{failed("FA", 5)}, "反弹", "问题仍然存在。", ""},
		"it was there before it was mended":       {later, []rectify.Look{failed("FA", 5)}, "未整改", "问题仍然存在。", ""},
		"it could not be read":                    {one, []rectify.Look{unknown}, "待核", "页面未能读取。", ""},
		"nobody has looked":                       {one, nil, "待核", "尚未复查。", ""},
		"somebody has looked at something else":   {one, []rectify.Look{passed("FB", 5)}, "待核", "尚未复查。", ""},
		"said to be mended, without proof":        {one, []rectify.Look{bare}, "待核", "没有佐证材料，不能认定为已整改。", ""},
		"of two looks the younger counts":         {one, []rectify.Look{failed("FA", 5), passed("FA", 6), failed("FA", 4)}, "已整改", "未再发现该问题。", ""},
		"of two of one age the worse counts":      {one, []rectify.Look{passed("FA", 5), failed("FA", 5)}, "未整改", "问题仍然存在。", ""},
		"every demand of a task passed":           {task, []rectify.Look{passed("XG-11", 5), passed("XG-12", 5)}, "已整改", "未再发现该问题。", ""},
		"one demand of a task failed":             {task, []rectify.Look{passed("XG-11", 5), failed("XG-12", 5)}, "未整改", "问题仍然存在。", ""},
		"one demand of a task was not looked at":  {task, []rectify.Look{passed("XG-11", 5)}, "待核", "只复查了该项的一部分。", ""},
		"a person answers for the task":           {task, []rectify.Look{byHand}, "已整改", "已查阅档案。", "王某"},
		"a person's younger answer counts":        {task, []rectify.Look{failed("XG-11", 5), byHand}, "已整改", "已查阅档案。", "王某"},
		"an inspection after the person's counts": {task, []rectify.Look{failed("XG-11", 10), byHand}, "未整改", "问题仍然存在。", ""},
		"a task only a person can answer":         {rectify.Item{ID: "2.1-3"}, []rectify.Look{byHand}, "已整改", "已查阅档案。", "王某"},
	} {
		t.Run(name, func(t *testing.T) {
			got := rectify.LookBack([]rectify.Item{c.item}, c.looks)
			if len(got) != 1 || got[0].Word.String() != c.want || got[0].Why != c.why || got[0].By != c.by {
				t.Fatalf("got %+v", got)
			}
			if got[0].Word == rectify.Mended && len(got[0].Proof) == 0 && got[0].Proofs == "" {
				t.Error("mended without proof")
			}
			if got[0].Word != rectify.Unclear && got[0].At.IsZero() {
				t.Error("the answer has no time")
			}
		})
	}
}
