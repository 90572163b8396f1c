package yamlwords_test

import (
	"strings"
	"testing"

	"github.com/govsweep/govsweep/yamlwords"
)

func TestTheByteOrderMarkOfAWindowsEditorIsNoPartOfTheFirstKey(t *testing.T) {
	file, fault := yamlwords.Parse([]byte("\xEF\xBB\xBFschedules: 1\n"))
	if fault != "" || !strings.HasPrefix(file.String(), "schedules") {
		t.Errorf("%q, fault %q", file, fault)
	}
}

func TestAFileThatIsNoUTF8IsToldToBeSavedAsUTF8(t *testing.T) {
	for name, src := range map[string]string{"GBK": "a: 1\nname: \xc3\xbf\xc8\xd5\n", "UTF-16": "\xff\xfea\x00:\x00\n\x00", "a picture": "\x89PNG\r\n\x1a\n\x00\x00", "zeros": "a\x00b"} {
		file, fault := yamlwords.Parse([]byte(src))
		if file != nil || !strings.Contains(fault, "不是UTF-8编码") || !strings.Contains(fault, "另存为UTF-8") {
			t.Errorf("%s: %q", name, fault)
		}
	}
	if _, fault := yamlwords.Text([]byte("a: 1\nname: \xc3\xbf\xc8\xd5\n")); !strings.Contains(fault, "第2行") {
		t.Error("the line is not told:", fault)
	}
}
