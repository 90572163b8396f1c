package register

import (
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"github.com/govsweep/govsweep"
)

// ReadChecks reads a checklist 人工检查清单 that somebody filled in. Rows
// without an answer are given too, with Answer "".
func ReadChecks(r io.Reader, name string) ([]Row[govsweep.CheckAnswer], []Refusal, error) {
	return checkLayout.read(r, name)
}

// ReadReprintSources reads a list of units whose texts may be reprinted 稿源名单.
func ReadReprintSources(r io.Reader, name string) ([]Row[govsweep.ReprintSource], []Refusal, error) {
	return reprintLayout.read(r, name)
}

// CheckHeaders are the headings of a checklist, in the order it is printed.
var CheckHeaders = [...]string{"账号代码", "平台", "账号名称", "主办单位", "项目编号", "检查内容", "检查结果", "检查日期", "检查人", "证据网址", "说明"}

var checkWords = []choice[govsweep.CheckWord]{
	{[]string{"是", "有", "y", "yes", "true", "1", "√"}, govsweep.CheckYes},
	{[]string{"否", "无", "没有", "n", "no", "false", "0", "×", "x"}, govsweep.CheckNo},
	{[]string{"不适用", "不涉及", "/", "n/a"}, govsweep.CheckNone},
}

// CheckWordOf gives the Chinese word of an answer.
func CheckWordOf(w govsweep.CheckWord) string { return wordOf(checkWords, w) }

var questionForm = regexp.MustCompile(`^[A-Za-z]{2,4}-[0-9A-Za-z-]{1,20}$`)

var checkLayout = layout[govsweep.CheckAnswer]{
	kind:     "人工检查清单",
	required: []string{"账号代码", "项目编号", "检查结果"},
	key: func(c *govsweep.CheckAnswer) string {
		return strings.Join([]string{string(c.Target), c.Question, c.On}, "\x00")
	},
	label: func(c *govsweep.CheckAnswer) string { return string(c.Target) + "的" + c.Question },
	finish: func(c *govsweep.CheckAnswer) (bad, string) {
		switch {
		case c.Target == "":
			return "账号代码", "账号代码不能为空"
		case !questionForm.MatchString(c.Question):
			return "项目编号", "项目编号不能为空，应如 MV-07"
		case c.Answer == "":
			return "", ""
		case c.On == "":
			return "检查日期", "填写了检查结果，检查日期不能为空"
		case c.By == "":
			return "检查人", "填写了检查结果，检查人不能为空"
		}
		return "", ""
	},
	fields: []field[govsweep.CheckAnswer]{
		{name: "账号代码", synonyms: []string{"账号代码", "对象代码"},
			set: func(c *govsweep.CheckAnswer, v string) error {
				c.Target = govsweep.TargetID(strings.TrimSpace(v))
				return nil
			},
			get:  func(c *govsweep.CheckAnswer) string { return string(c.Target) },
			copy: func(d, s *govsweep.CheckAnswer) { d.Target = s.Target }},
		{name: "项目编号", synonyms: []string{"项目编号", "检查项目", "指标编号", "编号"},
			set: func(c *govsweep.CheckAnswer, v string) error {
				c.Question = strings.ToUpper(strings.ReplaceAll(width.Fold.String(v), " ", ""))
				return nil
			},
			get:  func(c *govsweep.CheckAnswer) string { return c.Question },
			copy: func(d, s *govsweep.CheckAnswer) { d.Question = s.Question }},
		{name: "检查结果", synonyms: []string{"检查结果", "结果", "检查情况"}, set: setAnswer,
			get:  func(c *govsweep.CheckAnswer) string { return string(c.Answer) + c.Text },
			copy: func(d, s *govsweep.CheckAnswer) { d.Answer, d.Text = s.Answer, s.Text }},
		day("检查日期", []string{"检查日期", "检查时间", "日期"}, func(c *govsweep.CheckAnswer) *string { return &c.On }),
		words("检查人", []string{"检查人", "检查人员", "填表人"}, func(c *govsweep.CheckAnswer) *string { return &c.By }),
		{name: "证据网址", synonyms: []string{"证据网址", "网址", "链接", "佐证网址"},
			set: func(c *govsweep.CheckAnswer, v string) (err error) { c.URL, err = webAddress(v); return err },
			get: func(c *govsweep.CheckAnswer) string { return c.URL }, copy: func(d, s *govsweep.CheckAnswer) { d.URL = s.URL }},
		words("说明", []string{"说明", "备注", "情况说明"}, func(c *govsweep.CheckAnswer) *string { return &c.Note }),
	},
}

// setAnswer takes yes, no or not applicable; anything else is a text, which
// only questions for figures take.
func setAnswer(c *govsweep.CheckAnswer, v string) error {
	w, err := pick(checkWords, v, "检查结果")
	if err != nil {
		c.Answer, c.Text = govsweep.CheckText, strings.Join(strings.Fields(v), " ")
		if r := []rune(c.Text); len(r) > 200 {
			c.Text = string(r[:200])
		}
		return nil
	}
	c.Answer = w
	return nil
}

var reprintLayout = layout[govsweep.ReprintSource]{
	kind:     "稿源名单",
	required: []string{"稿源单位"},
	key:      func(s *govsweep.ReprintSource) string { return s.Name },
	label:    func(s *govsweep.ReprintSource) string { return "稿源" + s.Name },
	finish: func(s *govsweep.ReprintSource) (bad, string) {
		if s.Name == "" {
			return "稿源单位", "稿源单位不能为空"
		}
		return "", ""
	},
	fields: []field[govsweep.ReprintSource]{
		words("稿源单位", []string{"稿源单位", "稿源名称", "稿源", "单位名称", "来源单位", "名称", "网站名称"}, func(s *govsweep.ReprintSource) *string { return &s.Name }),
		{name: "别名", synonyms: []string{"别名", "其他名称", "简称", "所属新媒体"},
			set:  func(s *govsweep.ReprintSource, v string) error { s.Aliases = list(v); return nil },
			get:  func(s *govsweep.ReprintSource) string { return strings.Join(s.Aliases, "、") },
			copy: func(d, s *govsweep.ReprintSource) { d.Aliases = s.Aliases }},
		words("类别", []string{"类别", "类型", "分类"}, func(s *govsweep.ReprintSource) *string { return &s.Kind }),
		words("确定部门", []string{"确定部门", "确定单位", "依据"}, func(s *govsweep.ReprintSource) *string { return &s.Decided }),
	},
}
