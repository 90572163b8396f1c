package workplan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
)

func TestTimeLimitsAsPapersPrintThem(t *testing.T) {
	w := when{year: 2021, issued: "2021-01-31"}
	for printed, want := range map[string]string{
		"2021年11月底": "date 2021-11-30", "2021 年 2 月底": "date 2021-02-28", "２０２０年２月底前": "date 2020-02-29",
		"2021年9月": "date 2021-09-30", "9月底前": "date 2021-09-30", "10月前": "date 2021-09-30", "11月20日前": "date 2021-11-20",
		"2021年6月上旬": "date 2021-06-10", "6月中旬": "date 2021-06-20", "6月下旬": "date 2021-06-30",
		"年底前": "date 2021-12-31", "2021年底": "date 2021-12-31", "2022年年底前": "date 2022-12-31", "年内": "date 2021-12-31", "2021年": "date 2021-12-31",
		"第三季度末": "date 2021-09-30", "2021年4季度": "date 2021-12-31", "上半年": "date 2021-06-30", "2022年下半年": "date 2022-12-31",
		"印发后一个月内": "date 2021-02-28", "印发后30日内": "date 2021-03-02", "印发之日起15天内": "date 2021-02-15", "印发后半个月内": "date 2021-02-15",
		"持续推进": "open", "长期坚持": "open", "常态化开展": "open", "全年": "open", "並持續推進": "open",
		"每月2日前": "periodic", "每年至少1次": "periodic", "按季度": "periodic", "每季度末": "periodic", "每月10日前（节假日顺延）": "periodic",
		"2021年2月30日": "none", "印发后10个工作日内": "none", "待定": "none", "": "none", "13月底": "none",
	} {
		d := w.stated(printed)
		got := string(d.Kind)
		if got == "" {
			got = "none"
		}
		if d.Date != "" {
			got += " " + d.Date
		}
		if got != want {
			t.Errorf("“%s”: %s, wanted %s", printed, got, want)
		}
		if d.Text != printed {
			t.Errorf("“%s” is kept as “%s”", printed, d.Text)
		}
	}
}

func TestALimitThatNeedsWhatThePaperDoesNotPrintStaysOpen(t *testing.T) {
	for _, printed := range []string{"年底前", "9月底", "印发后30日内"} {
		if d := (when{}).stated(printed); d.Kind != govsweep.DueNone || d.Date != "" || d.Text != printed {
			t.Errorf("“%s” without year and day of issue: %+v", printed, d)
		}
	}
}

func TestLimitsWithinASentence(t *testing.T) {
	w := when{year: 2020, issued: "2020-06-17"}
	for text, want := range map[string][]string{
		"确保2020年10月底前完成目录编制工作": {"2020年10月底前"}, "在2020 年底前集中公开": {"2020 年底前"}, "年底前以村为单位公开": {"年底前"},
		"本要点印发后一个月内形成台账": {"印发后一个月内"}, "每月2日前（节假日顺延）报备": {"每月2日前（节假日顺延）"},
		"每年解读重要政策措施不少于1次": {"每年解读重要政策措施不少于1次"}, "按月公开本地区财政收支情况": {"按月公开"},
		"落实《2020年政府工作报告》（国办发〔2017〕47号）": nil, "健康行动（2020—2030年）各专项": nil, "做好常态化疫情防控": nil, "在3个工作日内答复": nil,
		"定期公开地方政府债务": nil, "9月底前公开，年底前完成": {"9月底前", "年底前"},
	} {
		var got []string
		for _, d := range w.within(text) {
			got = append(got, d.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("“%s” (-want +got):\n%s", text, diff)
		}
	}
}

func TestBodiesOneByOne(t *testing.T) {
	for printed, want := range map[string][]string{
		"县发改委、县直有关单位、各镇人民政府": {"县发改委", "县直有关单位", "各镇人民政府"}, "县卫健委、县文旅局等,各镇人民政府": {"县卫健委", "县文旅局等", "各镇人民政府"},
		"县政府办（县信访局、县外事办），县财政局；各乡镇。": {"县政府办（县信访局、县外事办）", "县财政局", "各乡镇"},
		"牵头单位：县财政局；配合单位：各乡镇、县税务局":   {"县财政局", "各乡镇", "县税务局"}, "": nil, "、、": nil,
	} {
		if diff := cmp.Diff(want, splitBodies(printed)); diff != "" {
			t.Errorf("“%s” (-want +got):\n%s", printed, diff)
		}
	}
}

func TestFormsOfPairs(t *testing.T) {
	for text, want := range map[string][]string{
		"办好公报。（责任单位：县政府办；完成时限：年底前）":                         {"办好公报。 | 县政府办 | 年底前"},
		"办好公报(责任单位:县政府办,完成时限:9月底)。解读政策(责任部门:各镇、完成时间:持续推进)。": {"办好公报。 | 县政府办 | 9月底", "解读政策。 | 各镇 | 持续推进"},
		"办好公报。责任单位：县政府办。完成时限：年底前。":                          {"办好公报。 | 县政府办 | 年底前"},
		"办好公报。\n责任单位：县政府办\n完成时限：年底前":                        {"办好公报。 | 县政府办 | 年底前"},
		"办好公报。（牵头单位：县政府办（县信访局）；配合单位：各镇；完成时限：年底前）":           {"办好公报。 | 牵头单位：县政府办（县信访局）；配合单位：各镇 | 年底前"},
		"办好公报。（责任单位：县政府办）":                                  {"办好公报。 | 县政府办 | "},
		"（完成时限：9月底）办好公报。":                                   {" |  | 9月底", "办好公报。 |  | "},
		"明确责任单位和完成时限，逐项推动落实。":                               {"明确责任单位和完成时限，逐项推动落实。 |  | "},
		"办好公报（责任单位：县政府办，完成时限：9月底）。其余照旧。":                    {"办好公报。 | 县政府办 | 9月底", "其余照旧。 |  | "},
		"一是办好公报。二是同步解读。":                                    {"一是办好公报。 |  | ", "二是同步解读。 |  | "},
		"总的要求：1.办好公报。2.同步解读。3.5%的比例不变。":                     {"总的要求：1.办好公报。 |  | ", "2.同步解读。3.5%的比例不变。 |  | "},
		"①公报。②解读。": {"①公报。 |  | ", "②解读。 |  | "},
		"一是一，二是二。": {"一是一，二是二。 |  | "},
	} {
		var got []string
		for _, p := range piecesOf(item{paras: []string{text}}) {
			got = append(got, p.text+" | "+p.bodies+" | "+p.limit)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("“%s” (-want +got):\n%s", text, diff)
		}
	}
}

func TestLinesThatPagingBrokeAreMended(t *testing.T) {
	for name, c := range map[string]struct{ lines, want []string }{
		"within a word, over the page":      {[]string{"（一）平台。", "全面推行政府网站和政务新媒体集约", "", "— 3 —", "化建设，构建网上政府。"}, []string{"（一）平台。", "全面推行政府网站和政务新媒体集约化建设，构建网上政府。"}},
		"within a number":                   {[]string{"（一）公报。在20", "21 年11月底前办好。"}, []string{"（一）公报。在2021年11月底前办好。"}},
		"a heading keeps its line":          {[]string{"一、公开工作", "2021年是开局之年。"}, []string{"一、公开工作", "2021年是开局之年。"}},
		"a heading of an item too":          {[]string{"（一）公开工作", "要做好公开。"}, []string{"（一）公开工作", "要做好公开。"}},
		"a mark of the outline begins anew": {[]string{"没有写完的一句话，然后", "（二）解读。"}, []string{"没有写完的一句话，然后", "（二）解读。"}},
		"junk and furniture go":             {[]string{"[bookmark: _GoBack]　　（一）公报。", "扫一扫在手机上查看当前页面", "打印"}, []string{"（一）公报。"}},
		"Markdown in front":                 {[]string{"## 一、公开", "- （一）公报。"}, []string{"一、公开", "（一）公报。"}},
		"western words keep their blank":    {[]string{"使用 Internet Explorer 浏览器。"}, []string{"使用Internet Explorer浏览器。"}},
		"an open bracket goes on":           {[]string{"根据上级文件的精神（国办发", "〔2019〕54号）办理。"}, []string{"根据上级文件的精神（国办发〔2019〕54号）办理。"}},
		"a signature stands alone":          {[]string{"请认真贯彻执行", "某县人民政府办公室", "2021年3月2日"}, []string{"请认真贯彻执行", "某县人民政府办公室", "2021年3月2日"}},
	} {
		var lines []line
		for _, l := range c.lines {
			lines = append(lines, line{text: l})
		}
		if diff := cmp.Diff(c.want, mend(lines)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTextIsFoldedForLookingAlone(t *testing.T) {
	for text, want := range map[string]string{
		"推動 網際網路 與「審籤」": "推动互联网与审签", "（２０２１）ＩＰｖ６": "(2021)IPv6", "平合建设": "平台建设", "﹝2020﹞2號": "〔2020〕2号", "答覆、覆蓋": "答复、覆盖",
	} {
		if got := fold(text); got != want {
			t.Errorf("“%s” folds to “%s”, wanted “%s”", text, got, want)
		}
	}
}
