package rules

import (
	"testing"

	"github.com/govsweep/govsweep"
)

func TestPapersOfARegionBindItsOwnSitesAlone(t *testing.T) {
	const blank = "国办发〔2015〕15号 空白栏目; 通辽市2020年政务公开工作要点（十四）"
	const gazette = "通辽市2020年政务公开工作要点（九）; 杭锦旗2021年政务公开工作要点 四（一）; 额尔古纳市推进基层政务公开标准化规范化工作阶段性进展（七）"
	for _, c := range []struct {
		name, clause string
		site         govsweep.Site
		want         string
	}{
		{"a national paper stands alone elsewhere", blank, govsweep.Site{Region: "云川市"}, "国办发〔2015〕15号 空白栏目"},
		{"a site of the region is bound by both", blank, govsweep.Site{Region: "内蒙古自治区通辽市"}, "国办发〔2015〕15号 空白栏目；通辽市2020年政务公开工作要点（十四）"},
		{"the name of a site tells its region too", blank, govsweep.Site{Name: "通辽市人民政府"}, "国办发〔2015〕15号 空白栏目；通辽市2020年政务公开工作要点（十四）"},
		{"without a national paper a regional one is cited as a model", gazette, govsweep.Site{Region: "云川市"}, "参照通辽市2020年政务公开工作要点（九）"},
		{"of several regional papers the site's own binds", gazette, govsweep.Site{Region: "额尔古纳市"}, "额尔古纳市推进基层政务公开标准化规范化工作阶段性进展（七）"},
		{"a register that names no region is elsewhere", gazette, govsweep.Site{}, "参照通辽市2020年政务公开工作要点（九）"},
		{"a clause of one national paper stays as it is", "国办秘函〔2019〕19号 单项否决“栏目不更新”", govsweep.Site{Region: "通辽市"}, "国办秘函〔2019〕19号 单项否决“栏目不更新”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := clauseFor(c.clause, &c.site); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
