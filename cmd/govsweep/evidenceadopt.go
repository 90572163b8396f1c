package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/storage"
)

// evidenceOf opens the evidence store to write to it. It must be the one this
// database knows: what another machine keeps in a folder of its own would be
// missing from every notice.
func (a *app) evidenceOf(db *storage.DB) (*evidence.Store, error) {
	if other, err := a.notThisOne(db); err != nil || other != "" {
		return nil, errors.Join(err, otherEvidence(other))
	}
	store, err := a.openEvidence()
	if err != nil {
		return nil, err
	}
	store.Shared = !strings.HasPrefix(a.settings.db, "sqlite:")
	id, err := store.ID()
	if err != nil {
		return nil, err
	}
	bound, err := db.BindEvidence(a.ctx, id)
	if err != nil {
		return nil, err
	}
	if bound != id {
		return nil, otherEvidence(fmt.Sprintf("数据目录“%s”中的证据库（编号%s）不是本数据库的证据库（编号%s）", a.settings.data, id, bound))
	}
	return store, nil
}

// otherEvidence refuses an evidence store that is another database's; nil for "".
func otherEvidence(say string) error {
	if say == "" {
		return nil
	}
	return &govsweep.Error{Kind: govsweep.Wrong, Say: say + "，工作没有开始。多台机器共用一个数据库时，必须共用同一个数据目录（如网络文件系统），请检查 --data、--db 和挂载情况；" +
		"数据库换成了另一个的，请换回原来的；确已更换或移动证据库的，请运行“govsweep evidence adopt”确认"}
}

type evidenceAdoptCmd struct{ byFlag }

// Run names the evidence store of the data directory as that of the database.
func (c *evidenceAdoptCmd) Run(a *app) error {
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	store, err := a.openEvidence()
	if err != nil {
		return err
	}
	id, err := store.ID()
	if err != nil {
		return err
	}
	if err := db.RebindEvidence(a.ctx, id); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "已确认：数据目录“%s”中的证据库（编号%s）是本数据库的证据库。\n", a.settings.data, id)
	return err
}

// Help shows how it is used.
func (evidenceAdoptCmd) Help() string {
	return `示例：
  govsweep --data /srv/govsweep evidence adopt`
}
