package yamlwords

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// Text gives the text of a file as people save it: the byte order mark that
// Windows editors write is taken off. What is no UTF-8 text, such as GBK,
// UTF-16 or a picture, is one sentence without a full stop, with its line.
func Text(src []byte) (text []byte, fault string) {
	text = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if bytes.IndexByte(text, 0) < 0 && utf8.Valid(text) {
		return text, ""
	}
	line := 0
	for part := range bytes.Lines(text) {
		line++
		if bytes.IndexByte(part, 0) >= 0 || !utf8.Valid(part) {
			break
		}
	}
	return nil, fmt.Sprintf("不是UTF-8编码（第%d行起），请用文本编辑器另存为UTF-8", line)
}
