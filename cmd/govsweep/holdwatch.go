package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

// holdWatch takes the watch of one vantage for this process. Two of them on
// the same data would visit every site twice and break the spacing of both.
// still says while it runs that nobody else has taken it over, release lets
// it go; the end of the process does too, however it ends.
func (a *app) holdWatch(db *storage.DB, vantage string) (still func(context.Context) error, release func(), err error) {
	busy := func(err error) error {
		if govsweep.KindOf(err) != govsweep.Conflict {
			return err
		}
		where := ""
		if vantage != "" {
			where = "（监测点“" + vantage + "”）"
		}
		return &govsweep.Error{Kind: govsweep.Conflict, Err: err,
			Say: "同一数据上已有一个持续监测" + where + "正在运行，不能再开始一个。请等它结束，或先将它停止（Ctrl-C），再用同样的命令继续；另一处监测点请用 --vantage 写明名称。"}
	}
	if db.Holds() {
		h, err := db.Hold(a.ctx, "probe-watch "+vantage)
		if err != nil {
			return nil, nil, busy(err)
		}
		return func(ctx context.Context) error { return busy(h.Still(ctx)) }, h.Release, nil
	}
	nothing := func(context.Context) error { return nil }
	path := a.lockFile("probe-watch" + hex.EncodeToString([]byte(vantage[:min(len(vantage), 60)])))
	if path == "" {
		return nothing, func() {}, nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", path, err)
	}
	got, err := lockFile(f)
	if err == nil && got {
		return nothing, func() { _ = f.Close() }, nil // the file stays: it is empty and held by nobody
	}
	if err == nil {
		err = &govsweep.Error{Kind: govsweep.Conflict}
	}
	return nil, nil, errors.Join(busy(err), f.Close())
}
