package yamlwords

import (
	"bytes"
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// What a file written by hand never reaches.
const (
	mostDepth = 32
	mostLine  = 16 << 10
)

// Parse reads a file written by hand. A key that stands twice is left to the
// caller. What is wrong is one sentence without a full stop, with its line
// where that is known; depth and length are looked at before the parser sees
// the text, and its panics are faults.
func Parse(src []byte) (file *ast.File, fault string) {
	src, fault = Text(src)
	if fault != "" {
		return nil, fault
	}
	if fault := tooMuch(src); fault != "" {
		return nil, fault
	}
	defer func() {
		if recover() != nil {
			file, fault = nil, "不是可读的YAML，请核对缩进、冒号、引号和括号"
		}
	}()
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, Say(err)
	}
	return file, ""
}

func tooMuch(src []byte) string {
	depth, line := 0, 0
	for text := range bytes.Lines(src) {
		line++
		switch {
		case len(text) > mostLine:
			return fmt.Sprintf("第%d行过长，请核对是否写错了文件", line)
		case bytes.Count(text, []byte("- ")) > mostDepth && bytes.HasPrefix(bytes.TrimLeft(text, " "), []byte("- - - -")):
			return fmt.Sprintf("第%d行层次过深", line)
		}
		for _, c := range text {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if depth > mostDepth {
			return fmt.Sprintf("第%d行括号未闭合或层次过深", line)
		}
	}
	return ""
}
