package alarm

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/govsweep/govsweep"
)

// drop writes each message as a file of its own, whole or not at all. The
// name follows from the message, so a repeated one replaces itself.
type drop struct{ dir, form string }

// Send writes the file.
func (d *drop) Send(_ context.Context, m *govsweep.AlarmMessage) error {
	if err := os.MkdirAll(d.dir, 0o750); err != nil {
		return failed("通知目录“"+d.dir+"”无法建立", err)
	}
	data, ext := []byte(m.Title+"\n\n"+m.Text+"\n"), ".txt"
	if d.form != "text" {
		raw, err := json.Marshal(told(m))
		if err != nil {
			return err
		}
		data, ext = append(raw, '\n'), ".json"
	}
	name := m.At.In(govsweep.Shanghai).Format("20060102-150405") + "-" + m.ID + ext
	if err := writeWhole(filepath.Join(d.dir, name), data); err != nil {
		return failed("通知文件无法写入目录“"+d.dir+"”", err)
	}
	return nil
}
