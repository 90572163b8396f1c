package main

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

const description = `政府网站与政务新媒体检查：按国办秘函〔2019〕19号等文件采集、判定，留存证据，逐栏目给出结论；
问题经人确认后下发整改通知，登记回复，复查，有新的证据才予销号。

示例：
  govsweep demo                                检查一个虚构的平台，看看报告是什么样子
  govsweep inspect https://www.example.gov.cn --out 报告
  govsweep import sites 网站名录.xlsx --dry-run
  govsweep sweep run --scope level=县级 --parallel-sites 8
  govsweep findings --format xlsx > 问题清单.xlsx
  govsweep finding review --by 张三            复核：一键一个决定
  govsweep notice draft --by 张三 --out 草稿   拟整改通知书
  govsweep notice due                          每日一次：复查、催办、督办`

// chineseHelp is the help of the command line library with its few fixed
// words in Chinese.
func chineseHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var b bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &b
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	s := b.String()
	for _, w := range [][2]string{
		{"Usage:", "用法："}, {"\nFlags:", "\n选项："}, {"\nCommands:", "\n命令："}, {"\nArguments:", "\n参数："},
		{"Show context-sensitive help.", "显示本命令的用法。"}, {"[flags]", "[选项]"}, {"<command>", "<命令>"},
	} {
		s = strings.ReplaceAll(s, w[0], w[1])
	}
	s = moreHelp.ReplaceAllString(s, "使用“${1}”查看某个命令的用法。")
	width := helpWidth
	if n := terminalWidth(out); n > 0 {
		width = n
	}
	_, werr := fmt.Fprint(out, foldHelp(s, width))
	return errors.Join(err, werr)
}

var moreHelp = regexp.MustCompile(`Run "([^"]+)" for more information on a command\.`)

// usedCommand names the command whose use was wrong, with the program.
func usedCommand(err error) string {
	if e, ok := errors.AsType[*kong.ParseError](err); ok && e.Context != nil {
		var words []string
		for _, p := range e.Context.Path {
			if p.Command != nil {
				words = append(words, p.Command.Name)
			}
		}
		return strings.Join(append([]string{"govsweep"}, words...), " ")
	}
	return "govsweep"
}

// usageWords are the sentences of the command line library, the longer ones
// first.
var usageWords = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`stat (.*): no such file or directory`), "文件“$1”不存在"},
	{regexp.MustCompile(`stat (.*): permission denied`), "没有权限读取文件“$1”"},
	{regexp.MustCompile(`stat (.*): .*`), "文件“$1”无法读取"},
	{regexp.MustCompile(`"([^"]*)" exists but is a directory`), "“$1”是目录，应为文件"},
	{regexp.MustCompile(`"([^"]*)" exists but is not a directory`), "“$1”不是目录"},
	{regexp.MustCompile(`expected (?:a valid \d+ bit u?int|an int) but got "([^"]*)"(?: \([^)]*\))?`), "应为整数，而不是“$1”"},
	{regexp.MustCompile(`expected a float but got "([^"]*)"(?: \([^)]*\))?`), "应为数字，而不是“$1”"},
	{regexp.MustCompile(`expected duration but got "([^"]*)".*`), "应为时长（如 30s、10m、24h），而不是“$1”"},
	{regexp.MustCompile(`expected bool but got "([^"]*)"(?: \([^)]*\))?`), "应为 true 或 false，而不是“$1”"},
	{regexp.MustCompile(`bool value must be true, 1, yes, false, 0 or no but got "([^"]*)"`), "应为 true 或 false，而不是“$1”"},
	{regexp.MustCompile(`expected \S+ value but got "([^"]*)" \([^)]*\)`), "缺少内容，后面却是“$1”"},
	{regexp.MustCompile(`missing value, expecting "?([^"]*)"?`), "缺少内容，应如 $1"},
	{regexp.MustCompile(`missing value`), "缺少内容"},
	{regexp.MustCompile(`did you mean one of`), "是否为下列之一："},
	{regexp.MustCompile(`did you mean`), "是否为"},
	{regexp.MustCompile(`unexpected argument`), "多余的参数"},
	{regexp.MustCompile(`unknown flag`), "没有这个选项"},
	{regexp.MustCompile(`expected one of`), "应为下列之一："},
	{regexp.MustCompile(`missing flags:`), "缺少选项"},
	{regexp.MustCompile(`expected`), "缺少"},
	{regexp.MustCompile(`expects a`), "需要"},
	{regexp.MustCompile(` must be one of `), "只能是下列之一："},
	{regexp.MustCompile(` but got `), "，而不是"},
}

// chineseUsage says what is wrong with a command line, in one sentence.
func chineseUsage(err error) string {
	s := guessed(err.Error())
	for _, w := range usageWords {
		s = w.english.ReplaceAllString(s, w.chinese)
	}
	s = inChineseQuotes(strings.TrimSuffix(s, "?"))
	if strings.HasSuffix(s, "？") {
		return s
	}
	return s + "。"
}
