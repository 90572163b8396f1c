package farm

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A syllable of an invented place name and how it is spelt in its domain.
type syllable struct{ han, latin string }

var (
	firstSyllables  = []syllable{{"霁", "ji"}, {"翎", "ling"}, {"珩", "heng"}, {"蕴", "yun"}, {"峤", "qiao"}, {"漪", "yi"}, {"澜", "lan"}, {"琮", "cong"}, {"曜", "yao"}, {"汀", "ting"}, {"荻", "di"}, {"槿", "jin"}}
	middleSyllables = []syllable{{"岚", "lan"}, {"溪", "xi"}, {"原", "yuan"}, {"渚", "zhu"}, {"屏", "ping"}, {"坞", "wu"}, {"陌", "mo"}, {"泓", "hong"}, {"埠", "bu"}, {"麓", "lu"}, {"浦", "pu"}, {"岑", "cen"}}
	lastSyllables   = []syllable{{"湾", "wan"}, {"岭", "ling"}, {"洲", "zhou"}, {"川", "chuan"}, {"屿", "yu"}, {"畈", "fan"}, {"冈", "gang"}, {"塬", "yuan"}}

	offices = []struct{ name, slug string }{
		{"教育局", "jyj"}, {"财政局", "czj"}, {"民政局", "mzj"}, {"水利局", "slj"}, {"交通运输局", "jtj"},
		{"农业农村局", "nyj"}, {"卫生健康委员会", "wjw"}, {"审计局", "sjj"}, {"统计局", "tjj"}, {"司法局", "sfj"},
		{"文化和旅游局", "wlj"}, {"应急管理局", "yjj"}, {"生态环境局", "hbj"}, {"自然资源局", "zrj"},
	}
	surnames = []string{"岳", "祁", "柏", "嵇", "诸葛", "乐", "霍", "秋", "蔺", "屈", "缪", "宁"}
	given    = []string{"知远", "清和", "若川", "明澈", "书衡", "景行", "怀瑾", "望舒", "致平", "子衿", "云舟", "修远"}

	deeds    = []string{"召开", "部署", "推进", "调研", "检查", "研究", "督导", "启动", "总结", "完善"}
	subjects = []string{
		"秋冬季安全生产工作", "老旧小区改造项目", "乡村道路养护工作", "中小学课后服务工作", "基层医疗服务能力提升", "春耕备耕物资保障",
		"河湖清理整治行动", "城市绿化养护工作", "社区养老服务设施建设", "农村饮水安全工程", "重点项目建设进度", "营商环境优化举措",
		"职业技能培训工作", "森林草原防火工作", "冬季供暖保障工作", "文化惠民演出活动", "公共图书馆延时开放", "垃圾分类示范片区建设",
		"粮食收购服务工作", "电子证照应用推广", "便民服务事项下沉", "防汛抗旱准备工作", "特色产业园区建设", "义务植树活动",
		"农产品质量检测工作", "道路交通秩序整治", "残疾人辅具适配服务", "青年就业见习计划", "食品小作坊规范提升", "集贸市场提档升级",
	}
	notices = []string{"关于开展%s的通知", "关于做好%s的公告", "关于%s有关事项的公示", "关于组织申报%s的通知"}
	papers  = []string{"关于印发%s实施方案的通知", "关于加强%s的意见", "关于进一步做好%s的若干措施", "关于调整%s补助标准的通知"}
	topics  = []string{
		"综合政务\\政务公开", "财政、金融、审计\\财政", "农业、林业、水利\\水利", "城乡建设、环境保护\\城乡建设（含住房）", "科技、教育\\教育",
		"卫生、体育\\卫生", "民政、扶贫、救灾\\减灾救济", "工业、交通\\公路", "文化、广电、新闻出版\\文化", "劳动、人事、监察\\劳动就业",
	}
	phrases = []string{
		"会议听取了前一阶段工作的进展情况", "有关单位汇报了存在的困难和下一步打算", "各成员单位要按照职责分工抓好落实", "要把群众满意作为检验工作的标准",
		"要统筹好时间节点和工作质量", "要健全台账并逐项销号", "对进展较慢的项目要加强跟踪服务", "现场工作人员介绍了设施的运行情况",
		"与会人员实地查看了施工现场", "要加强宣传引导并畅通意见渠道", "同时要做好数据归集和信息共享", "确保各项措施落到实处见到实效",
		"活动吸引了周边居民踊跃参加", "下一步将继续扩大覆盖范围", "各镇街结合实际制定了具体方案", "专家组对技术路线提出了改进建议",
		"要坚持问题导向补齐短板弱项", "要严格执行有关标准和规范", "试点片区已完成阶段性任务", "相关经费已按规定拨付到位",
	}
	mongolLetters = []rune("ᠠᠡᠢᠣᠤᠥᠦᠨᠪᠬᠭᠮᠯᠰᠱᠲᠳᠴᠵᠶᠷ")
)

func personName(r *rand.Rand) string { return pick(r, surnames) + pick(r, given) }

// paragraph writes a running text of about n phrases.
func paragraph(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(pick(r, phrases))
		if i == n-1 || r.IntN(3) == 0 {
			b.WriteString("。")
		} else {
			b.WriteString("，")
		}
	}
	return b.String()
}

func newsTitle(r *rand.Rand, region string) string {
	switch r.IntN(4) {
	case 0:
		return region + pick(r, deeds) + pick(r, subjects)
	case 1:
		return fmt.Sprintf("%s%s取得新进展", region, pick(r, subjects))
	case 2:
		return personName(r) + pick(r, deeds) + pick(r, subjects)
	}
	return fmt.Sprintf("%s%s现场推进会举行", region, pick(r, subjects))
}

func mongolWords(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range between(r, 3, 8) {
			b.WriteRune(pick(r, mongolLetters))
		}
	}
	return b.String()
}
