package alarm_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep/alarm"
)

func TestAFileOfASecretOrACertificateIsBoundedAndOrdinary(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	key := file("key", "口令\n")
	for name, c := range map[string]struct{ secret, ca, want string }{
		"a folder":                       {dir, "", "密钥文件“" + dir + "”是目录"},
		"a device":                       {os.DevNull, "", "不是普通文件"},
		"a file that is not there":       {filepath.Join(dir, "none"), "", "不存在，请核对路径"},
		"an empty file":                  {file("empty", " \n"), "", "是空的"},
		"a file too large for a secret":  {file("large", strings.Repeat("x", 5000)), "", "超过4KB"},
		"certificates that are a folder": {key, dir, "证书文件（ca）“" + dir + "”是目录"},
		"certificates that are none":     {key, file("ca.pem", "x"), "没有证书，应为PEM格式"},
		"certificates without end":       {key, file("huge.pem", strings.Repeat("x", 1<<20+1)), "超过1MB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alarm.Tools{Now: time.Now}.Open(alarm.ChannelConfig{Name: "平台", Kind: "webhook", URL: "https://ops.example.gov.cn/hook", Secret: "file:" + c.secret, CA: c.ca})
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "通知渠道“平台”") {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
