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
		"訪访問问語语齡龄據据簽签劃划務务聯联絡络備备動动規规計计財财領领員员訪访談谈徵征見见聞闻說说職职專专欄栏檢检議议復复環环衛卫農农應应預预決决績绩頭头圖图視视頻频實实會会書书記记網网場场設设經经濟济總总變变協协調调質质監监鏈链錯错條条執执證证級级報报導导統统訊讯資资處处辦办興兴縣县鎮镇鄉乡" +
		"詢询諮咨線线熱热舉举訴诉繫系係系聽听眾众團团國国華华東东義义歷历曆历親亲觀观覺觉觸触遊游風风鐵铁銀银錢钱錶表鎖锁陽阳陰阴際际陸陆隊队階阶離离難难雲云靈灵靜静響响頁页順顺顧顾顯显飛飞飲饮養养館馆馬马駐驻驗验鬥斗魚鱼鳥鸟黃黄黨党齊齐龍龙億亿價价優优傳传傷伤債债僅仅儀仪償偿儲储兒儿兩两凍冻劇剧劑剂勁劲勞劳勝胜勢势勳勋匯汇醫医" +
		"廠厂廳厅參参啟启啓启營营園园圓圆堅坚塊块墊垫壓压壞坏壯壮夢梦奮奋婦妇學学寧宁寫写寬宽寶宝將将尋寻屆届層层島岛嶺岭嶼屿帶带幣币幫帮幹干幾几庫库廣广廟庙張张彈弹強强彙汇後后從从徑径徹彻恆恒惡恶愛爱慶庆憑凭憲宪懷怀戰战戲戏戶户捨舍掃扫採采換换揮挥損损搖摇撥拨擁拥擇择擔担擬拟擴扩擾扰攝摄攜携攤摊敗败敘叙敵敌斷断於于昇升晉晋暫暂" +
		"曉晓楊杨業业極极榮荣槍枪樂乐樓楼樞枢樣样橋桥歐欧歲岁歸归殘残殺杀毀毁氣气漢汉沒没況况淨净淺浅測测湊凑準准溝沟溫温滅灭滿满漁渔漲涨漸渐潔洁潛潜濕湿濾滤瀏浏灣湾災灾為为無无煙烟爭争爾尔牆墙獎奖獨独獲获現现瓊琼畝亩畢毕畫画異异當当療疗盜盗盡尽盤盘碩硕確确禮礼禍祸稅税穀谷積积穩稳窮穷竊窃競竞筆笔節节築筑籌筹簡简糧粮紀纪約约紅红" +
		"納纳純纯紙纸細细終终結结給给絕绝維维綜综綠绿緊紧緣缘練练縮缩織织繳缴繼继續续罰罚羅罗習习聖圣聰聪肅肃腦脑膽胆臨临舊旧藝艺莊庄葉叶蓋盖藍蓝藥药蘇苏蘭兰虛虚蟲虫術术補补裝装裡里裏里訂订訓训許许診诊評评詳详試试詩诗誠诚誤误認认誰谁課课請请論论諾诺謀谋謝谢譯译讓让豐丰貝贝負负貢贡貧贫貨货貫贯費费貿贸賀贺賓宾賞赏賢贤賣卖賬账賽赛" +
		"贈赠趙赵趕赶跡迹踐践輔辅輕轻輛辆輝辉輩辈輪轮輸输轉转遠远適适遲迟還还邊边郵邮鄭郑釋释針针鋼钢錦锦鍋锅鏡镜長长閉闭閑闲閣阁闡阐隨随險险隱隐隸隶雙双雖虽霧雾頂顶額额願愿飯饭飾饰駕驾騎骑騙骗驅驱驚惊髮发鬧闹鮮鲜鳳凤鴻鸿鹽盐麥麦臺台檯台倉仓偉伟偵侦側侧僑侨儉俭勵励喬乔壇坛娛娱孫孙宮宫岡冈峽峡崗岗巖岩師师廈厦彎弯擋挡擠挤攔拦暢畅" +
		"樹树橫横櫃柜殯殡沖冲滬沪澤泽濱滨灑洒燈灯燒烧爐炉狹狭獻献瑪玛癥症睏困瞭了礦矿礎础粵粤糾纠綱纲綿绵緩缓縱纵繪绘罷罢翹翘聲声聳耸脈脉腳脚艦舰萬万蒼苍蓮莲蔣蒋薦荐螢萤衝冲褲裤誌志謙谦譽誉豬猪貞贞貴贵買买賊贼賠赔賦赋賴赖購购贊赞躍跃軍军軌轨軟软輯辑辭辞迴回逕径連连進进運运過过違违遙遥遞递鄰邻釐厘鈔钞鉛铅銅铜銷销鋪铺鋒锋錫锡鍛锻" +
		"鑄铸鑒鉴鑑鉴陝陕隴陇韓韩韻韵須须頌颂頓顿頗颇頸颈顆颗颱台飄飘餅饼馮冯馴驯騰腾驕骄鬆松鱗鳞鴨鸭鵝鹅龐庞龜龟併并佔占侖仑倫伦偽伪傭佣僱雇凈净剛刚創创則则剝剥劉刘匱匮卻却厲厉叢丛喚唤嗎吗嘗尝噸吨嚇吓嚴严塵尘墳坟墮堕奪夺奬奖妝妆姍姗嬰婴孿孪寢寝屍尸嵐岚崑昆嶄崭帥帅帳帐幟帜廚厨弔吊憐怜憶忆懲惩懸悬拋抛掛挂掙挣揀拣搶抢撲扑撫抚擺摆" +
		"敎教斂敛旂旗昰是晝昼曠旷梘枧棄弃棟栋棲栖楓枫槳桨樁桩樸朴檸柠欽钦歡欢歿殁毆殴殼壳氈毡洩泄涼凉淚泪淵渊渾浑滄沧滯滞潑泼潤润澀涩瀝沥瀾澜烏乌煉炼熾炽燦灿燭烛爺爷犢犊猶犹獅狮琺珐璽玺甌瓯疊叠瘋疯皺皱盞盏眞真睜睁矯矫磚砖禦御禪禅稈秆窩窝竄窜筍笋箏筝籃篮籤签粧妆紋纹紐纽紛纷紡纺紮扎紹绍絨绒絲丝綁绑綴缀緒绪緝缉緯纬縛缚縫缝繞绕繡绣" +
		"纏缠罈坛羨羡翺翱聾聋脅胁脫脱腎肾腫肿膚肤膠胶臟脏艙舱芻刍莖茎蔥葱蔭荫蕩荡薩萨藉借蘊蕴蝦虾蝕蚀衆众袞衮襯衬覓觅詐诈誇夸誼谊諒谅諧谐謊谎謠谣譜谱豎竖貶贬貼贴賜赐賺赚趨趋踴踊軀躯輿舆轄辖轎轿辯辩遜逊遷迁邏逻郷乡鄧邓醬酱鈎钩鈴铃鉅巨銜衔鋁铝鋸锯錘锤鍊链鍾钟鎊镑鐘钟鑰钥鑽钻閘闸閥阀閻阎闊阔闕阙隕陨雛雏雜杂雞鸡韋韦頑顽頰颊飼饲餃饺" +
		"餓饿饑饥駛驶駝驼驛驿骯肮鬍胡魯鲁鯉鲤鯨鲸鷹鹰鹼碱黴霉齒齿"
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

// plain folds traditional characters alone: offsets stay what they are, since
// every character of the table takes as many bytes as its simplified form.
func plain(s string) string {
	for _, r := range s {
		if r >= 0x80 && r < 1<<16 && simplified[r] != 0 {
			return strings.Map(func(r rune) rune {
				if r < 1<<16 && simplified[r] != 0 {
					return rune(simplified[r])
				}
				return r
			}, s)
		}
	}
	return s
}

// isColon says whether r parts a label from its value.
func isColon(r rune) bool {
	return r == ':' || r == '：' || r == '∶' || r == '︰' || r == '﹕'
}
