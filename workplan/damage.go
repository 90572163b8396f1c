package workplan

import (
	"fmt"
	"strings"
)

// breaksOff says that the last sentence of an item is not finished, or that
// characters of it were lost.
func breaksOff(text string) string {
	r := []rune(text)
	tail := string(r[max(0, len(r)-14):])
	switch {
	case len(r) == 0:
		return ""
	case strings.ContainsRune(text, '\ufffd'):
		at := strings.IndexRune(text, '\ufffd')
		before := []rune(text[:at])
		return fmt.Sprintf("在“%s”之后有字符无法辨认，请对照原件补录", string(before[max(0, len(before)-14):]))
	case !ended(text) && len(r) > 20:
		return fmt.Sprintf("末句没有写完，在“%s”之后中断，请对照原件补录", tail)
	}
	return ""
}
