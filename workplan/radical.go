package workplan

// kangxi are the characters that look like the 214 radicals U+2F00 to U+2FD5,
// in their order. Programs that print PDF files often say the radical where
// the paper has the character. The radical of a door stands for 户 and 戶
// alike; the form of the mainland is taken.
const kangxi = "" +
	"一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢" +
	"尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火" +
	"爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿" +
	"肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹" +
	"雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"

// radicals do the same for the supplement of radicals U+2E80 to U+2EF3: each
// is followed by its character.
const radicals = "" +
	"⺁厂⺇几⺌小⺎兀⺏尣⺐尢⺕彐⺖忄⺘扌⺙攵⺛旡⺟母⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺪疋⺭礻⺮竹⺰纟⺵罒⺷羊⺸羋" +
	"⺻聿⺼月⺾艹⺿艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜" +
	"⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿" +
	"⻯竜⻰龙⻱龜⻲亀⻳龟"

var (
	kangxiTable  = []rune(kangxi)
	radicalTable = tableOf(radicals)
)

// character gives the character for a radical, and any other rune as it is.
func character(r rune) rune {
	switch {
	case r == 0x2329:
		return '〈' // the same mark by another number
	case r == 0x232a:
		return '〉'
	case r < 0x2e80 || r > 0x2fd5:
		return r
	case r >= 0x2f00:
		return kangxiTable[r-0x2f00]
	}
	if to, ok := radicalTable[r]; ok {
		return to
	}
	return r
}
