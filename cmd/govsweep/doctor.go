package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rules/book"
)

type doctorCmd struct{}

// Run checks this installation, one line a check.
func (c *doctorCmd) Run(a *app) error {
	failed := 0
	for _, check := range []struct {
		name string
		run  func(*app) (string, error)
	}{
		{"数据目录", checkData}, {"数据库", checkDB}, {"证据库", checkEvidence}, {"评分规则", checkRules}, {"域名服务器", checkResolver}, {"时钟", checkClock},
	} {
		said, err := check.run(a)
		if err != nil {
			failed++
			fmt.Fprintf(a.stdout, "✗ %s：%v\n", check.name, err)
			continue
		}
		fmt.Fprintf(a.stdout, "✓ %s：%s\n", check.name, said)
	}
	fmt.Fprintln(a.stdout, "— 浏览器：本版本不使用浏览器，需要浏览器的页面记为未读。")
	if failed > 0 {
		return exit(exitInternal)
	}
	return nil
}

func checkData(a *app) (string, error) {
	if err := os.MkdirAll(a.settings.data, 0o755); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(a.settings.data, "doctor-*")
	if err != nil {
		return "", err
	}
	name := f.Name()
	if err := f.Close(); err != nil {
		return "", err
	}
	abs, err := filepath.Abs(a.settings.data)
	if err != nil {
		return "", err
	}
	return abs + " 可写", os.Remove(name)
}

func checkDB(a *app) (string, error) {
	db, err := a.openDB()
	if err != nil {
		return "", err
	}
	defer db.Close()
	v, err := db.Version(a.ctx)
	if err != nil {
		return "", err
	}
	last := "还没有检查记录"
	switch s, err := db.LastSweep(a.ctx); {
	case err == nil:
		last = fmt.Sprintf("最近一次检查编号%d，开始于%s", s.ID, s.Started.In(govsweep.Shanghai).Format("2006-01-02 15:04"))
	case govsweep.KindOf(err) != govsweep.NotFound:
		return "", err
	}
	return fmt.Sprintf("可用，结构为第%d版，%s", v, last), nil
}

func checkEvidence(a *app) (string, error) {
	store, err := a.openEvidence()
	if err != nil {
		return "", err
	}
	rep, err := store.Verify(a.ctx)
	if err != nil {
		return "", err
	}
	if len(rep.Faults) > 0 {
		return "", fmt.Errorf("%d份证据已损坏，请运行 govsweep evidence verify 查看", len(rep.Faults))
	}
	return fmt.Sprintf("%d份证据完好", rep.Read), nil
}

func checkRules(a *app) (string, error) {
	b, _, err := a.loadBook("")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s，%d项指标（程序共有%d项检查）", b.ID, len(b.Entries), len(book.Indicators)), nil
}

func checkResolver(a *app) (string, error) {
	if a.settings.resolver == "" {
		return "使用本机的域名服务器", nil
	}
	ctx, cancel := context.WithTimeout(a.ctx, 3*time.Second)
	defer cancel()
	c, err := (&net.Dialer{}).DialContext(ctx, "udp", a.settings.resolver)
	if err != nil {
		return "", err
	}
	return a.settings.resolver, c.Close()
}

func checkClock(*app) (string, error) {
	now := time.Now()
	if now.Year() < 2024 {
		return "", fmt.Errorf("本机时间为%s，不正确，所有时限都会算错", now.Format("2006-01-02"))
	}
	return now.In(govsweep.Shanghai).Format("2006-01-02 15:04") + "（北京时间）", nil
}
