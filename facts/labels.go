package facts

import (
	"strings"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// label is what one printed label stands for.
type label struct {
	key  string // key of govsweep.MetaKeys; validityLabel, disclosureLabel, otherLabel
	rank int    // among labels of one key the lowest counts
	// weak labels occur in headers of news and in forms too: they count only
	// in one structure with strong ones.
	weak bool
}

// Labels beside the eight.
const (
	validityLabel   = "validity"
	disclosureLabel = "disclosure"
	otherLabel      = "-" // ends the value before it
)

// labels is the vocabulary, without white space, in simplified characters.
var labels = vocabulary(map[string]string{
	govsweep.MetaIndexNumber:    "索引号 信息索引号 信息索引 索引编号 索取号 索引码 公开索引号 政府信息索引号 信息索取号",
	govsweep.MetaTopicCategory:  "主题分类 主题类别 信息主题分类 主题导航 信息分类 信息类别 文件分类 公开类别 组配分类 体裁分类 所属主题",
	govsweep.MetaIssuingBody:    "发文机关 发文机构 发布机构 发布机关 发文单位 发布单位 制发机关 制发单位 制发机构 制定机关 制文机关 印发机关 颁布机关 颁布机构 颁布单位 发布部门 发文部门 公开主体 公开机构 公开单位 信息公开机构",
	govsweep.MetaWrittenDate:    "成文日期 成文时间 生成日期 生成时间 信息生成日期 发文日期 发文时间 形成日期 形成时间 产生日期 制文日期 签发日期 印发日期 印发时间 制发日期",
	govsweep.MetaTitle:          "信息名称 文件名称 文件标题 公文标题 公文名称 信息标题",
	govsweep.MetaDocumentNumber: "发文字号 文号 发文文号 文件编号 发布文号 公文文号 文件字号 公文字号 文件文号 发文号 文件号 发文编号 公文编号",
	govsweep.MetaPubDate:        "发布日期 发布时间 公开日期 公开时间 公布日期 公布时间 信息发布日期 上网日期 上网时间 发文公布日期",
	govsweep.MetaSubjectTerms:   "主题词 主题词语 主题关键词",
	validityLabel:               "有效性 时效性 时效 文件时效 文件状态 效力状态 文件有效性 是否有效 效力 有效状态",
	disclosureLabel:             "公开方式 公开属性 公开类型 信息公开选项 公开选项 信息公开属性 信息公开方式 信息公开类型",
}, false)

// weakLabels count only beside strong ones.
var weakLabels = vocabulary(map[string]string{
	govsweep.MetaTopicCategory: "分类 类别",
	govsweep.MetaIssuingBody:   "责任部门 责任单位 公开责任部门 来源 信息来源",
	govsweep.MetaTitle:         "标题 名称 文件名",
	govsweep.MetaSubjectTerms:  "关键词 关键字",
	otherLabel: "内容概述 内容概要 内容摘要 概述 摘要 生效日期 生效时间 实施日期 施行日期 废止日期 废止时间 失效日期 失效时间 " +
		"统一编号 规范性文件统一编号 登记号 公开范围 公开形式 公开时限 公开程序 公开期限 载体类型 载体 体裁 文种 公文种类 语种 记录形式 " +
		"服务对象 服务对象分类 对象分类 适用对象 有效期 有效期限 浏览次数 浏览量 浏览 阅读次数 阅读量 阅读 访问量 访问次数 点击数 点击量 点击率 点击次数 点击 " +
		"作者 撰稿 编辑 责任编辑 审核 校对 字体 字号 字体大小 分享 分享到 打印 收藏 时间 日期 编号 文章来源 稿件来源 供稿 发布人 审核人 " +
		"相关附件 附件 联系电话 政策解读 相关解读 关联文件 服务对象范围 行业分类 行政区划 地区 信息地区 发布状态 更新日期 更新时间 最后更新",
}, true)

// vocabulary turns lists of words into the table of labels; the order of the
// words is their rank.
func vocabulary(lists map[string]string, weak bool) map[string]label {
	table := map[string]label{}
	for key, words := range lists {
		for rank, word := range strings.Fields(words) {
			if weak {
				rank += 50
			}
			table[word] = label{key: key, rank: rank, weak: weak}
		}
	}
	return table
}

// labelOf looks a label up, as labelKey gives it.
func labelOf(word string) (label, bool) {
	if l, ok := labels[word]; ok {
		return l, true
	}
	l, ok := weakLabels[word]
	return l, ok
}

// maxLabelRunes is the length of the longest label.
const maxLabelRunes = 9

// labelEnds has a bit for each last character of a label: a quick test
// before the table.
var labelEnds = func() *[1 << 10]uint64 {
	var ends [1 << 10]uint64
	for _, table := range []map[string]label{labels, weakLabels} {
		for word := range table {
			r, _ := utf8.DecodeLastRuneInString(word)
			ends[r>>6&0x3FF] |= 1 << (r & 63)
		}
	}
	return &ends
}()

// canEnd says whether a character, as plainRune gives it, ends some label.
func canEnd(r rune) bool { return r < 1<<16 && labelEnds[r>>6]>>(r&63)&1 == 1 }

// simplified has the traditional characters of the vocabulary and of what
// stands around it.
var simplified = func() *[1 << 16]uint16 {
	var table [1 << 16]uint16
	const pairs = "號号識识碼码護护題题類类關关機机構构發发佈布時时間间標标稱称鍵键詞词責责門门單单編编開开來来導导組组體体內内廢废" +
		"檔档頒颁製制態态狀状範范圍围審审權权屬属選选項项網网話话電电區区別别産产產产載载對对種种錄录記记達达閱阅讀读覽览點点擊击數数" +
		"訪访問问語语齡龄據据簽签劃划務务聯联絡络備备動动規规計计財财領领員员訪访談谈徵征見见聞闻說说職职專专欄栏檢检議议復复環环衛卫農农應应預预決决績绩頭头圖图視视頻频實实會会書书記记網网場场設设經经濟济總总變变協协調调質质監监鏈链錯错條条執执證证級级報报導导統统訊讯資资處处辦办興兴縣县鎮镇鄉乡"
	runes := []rune(pairs)
	for i := 0; i+1 < len(runes); i += 2 {
		table[runes[i]] = uint16(runes[i+1])
	}
	return &table
}()

// plainRune gives the simplified form of a character, 0 for white space and
// characters without width.
func plainRune(r rune) rune {
	switch {
	case r < 0x80:
		if r <= ' ' {
			return 0
		}
		return r
	case r == 0xA0, r == 0x3000, r == 0xFEFF, r == 0xAD, r >= 0x2000 && r <= 0x200F, r >= 0x202A && r <= 0x202F, r >= 0x205F && r <= 0x2064:
		return 0
	}
	if r < 1<<16 && simplified[r] != 0 {
		return rune(simplified[r])
	}
	return r
}

// Simplified folds the traditional characters the vocabulary of government
// pages uses and drops white space: 索 引 號 and 索引号 are one.
func Simplified(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r = plainRune(r); r != 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isColon says whether r parts a label from its value.
func isColon(r rune) bool {
	return r == ':' || r == '：' || r == '∶' || r == '︰' || r == '﹕'
}
