package rectify_test

import (
	"testing"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
)

func TestASweepThatIsNotSuspectSaysWhyNot(t *testing.T) {
	before := []govsweep.SweepHealth{health(1, 11, 0), health(2, 11, 0)}
	for name, c := range map[string]struct {
		now     govsweep.SweepHealth
		earlier []govsweep.SweepHealth
		want    string
	}{
		"few":                       {health(9, 100, 5), nil, "本次100个对象中有5个未能判断，占5%，未超过没有同类检查可比时的警戒线20%。"},
		"above the line, of few":    {health(9, 11, 3), nil, "本次11个对象中有3个未能判断，占27.3%，高于没有同类检查可比时的警戒线20%，但对象少，可能出于偶然：把偶然因素计算在内，实际比例最低可至9.7%，未超过警戒线，不作存疑。"},
		"above what was usual":      {health(9, 11, 2), before, "本次11个对象中有2个未能判断，占18.2%，高于此前2次同类检查的中位数0%加10个百分点的警戒线10%，但对象少，可能出于偶然：把偶然因素计算在内，实际比例最低可至5.1%，未超过警戒线，不作存疑。"},
		"one alone that was judged": {health(9, 1, 1), nil, "本次1个对象中有1个未能判断，占100%，只有1个，按该对象自身的情况看待，不作存疑。"},
	} {
		if got := rectify.Gate(c.now, c.earlier); got.Suspect || got.Note != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
