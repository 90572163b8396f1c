package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/alarm"
	"github.com/govsweep/govsweep/schedule"
	"github.com/govsweep/govsweep/storage"
)

// serviceFlags are what serve and work have in common.
type serviceFlags struct {
	Slots        int      `help:"本机同时进行的工作数。" default:"8" placeholder:"数"`
	MinFree      int      `help:"数据目录所在磁盘的可用空间低于该值（MB）时暂停工作。" default:"1024" placeholder:"数"`
	PlatformRate *float64 `help:"对同一集约化平台全部网站每秒的请求数，全部机器合计，-1为不限。默认8，或配置文件的 platform_rate。" placeholder:"数"`
	Contact      string   `help:"写入访问标识的联系方式，供网站主办单位查询。" placeholder:"方式"`
	Listen       string   `help:"监听地址（主机:端口）。serve 默认 127.0.0.1:8420；work 默认不监听，写明时只有运行状况和指标。" placeholder:"地址"`
}

type serveCmd struct {
	serviceFlags
	Cert  string   `help:"TLS 证书文件（PEM，含中间证书）。与 --key 一起写明时页面和接口用 HTTPS。" placeholder:"文件"`
	Key   string   `help:"TLS 私钥文件（PEM）。" placeholder:"文件"`
	HTTPS bool     `name:"https" help:"页面经 HTTPS 反向代理提供：会话 Cookie 只经加密连接发送。"`
	Proxy []string `help:"反向代理的网段（CIDR），可重复；只有来自这些地址的 X-Forwarded-For 被采信。" placeholder:"网段"`
}

// Run keeps the timetable, works, and answers on HTTP until it is stopped.
func (c *serveCmd) Run(a *app) error {
	c.Listen = firstOf(c.Listen, "127.0.0.1:8420")
	return c.serve(a, c)
}

type workCmd struct{ serviceFlags }

// Run works until it is stopped.
func (c *workCmd) Run(a *app) error { return c.serve(a, nil) }

// Help shows how it is used.
func (serveCmd) Help() string {
	return `按计划（govsweep schedule）自动运行。第一次 Ctrl-C 或 SIGTERM：不再领取新的工作，正在进行的到检查点为止；第二次：立即退出，不丢失已保存的内容。

示例：
  govsweep serve --data /var/lib/govsweep
  govsweep serve --db postgres://… --listen 127.0.0.1:8420
  govsweep serve --listen 0.0.0.0:8443 --cert 证书.pem --key 私钥.pem
  govsweep work --db postgres://… --slots 16      其他机器，数量不限

页面和接口需要登录，第一个用户用 govsweep user add 建立。`
}

// Help shows how it is used.
func (workCmd) Help() string {
	return `在又一台机器上工作：与 serve 使用同一个 PostgreSQL 数据库，可有任意多台。时间表由其中任一进程维持，serve 停止时计划照常执行。

示例：
  govsweep work --db postgres://… --slots 16`
}

// serve runs a service, with the pages and the API where pages says how.
func (f *serviceFlags) serve(a *app, pages *serveCmd) error {
	if f.Slots < 1 || f.Slots > 256 || f.MinFree < 0 {
		return wrongUse("同时进行的工作数（--slots）应在1至256之间，--min-free 不能为负")
	}
	if f.PlatformRate != nil && !isRate(*f.PlatformRate) {
		return wrongUse("--platform-rate 应大于0、不超过1000，-1为不限；用默认值的，不写")
	}
	a.ctx = asService(a.ctx)
	level := slog.LevelInfo
	if a.log.Enabled(a.ctx, slog.LevelDebug) {
		level = slog.LevelDebug
	}
	a.log = slog.New(slog.NewJSONHandler(a.stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: shanghaiTime}))
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := a.evidenceOf(db); err != nil { // else every piece would fail for it
		return err
	}
	s, err := newService(a, db, f)
	if err != nil {
		return err
	}
	defer s.close()
	s.engine.Ramp = time.Minute
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel()
	watcher, err := s.watcher()
	if err != nil {
		return err
	}
	web, secret, err := pages.web(s)
	if err != nil {
		return err
	}
	heard, err := s.listen(ctx, cancel, f.Listen, web, secret)
	if err != nil {
		return err
	}
	watched := watchAlarms(ctx, watcher)
	outrun := s.outrun(ctx, cancel)
	err = s.engine.Run(ctx, a.jobsDatabase(db))
	cancel()
	<-watched
	return errors.Join(err, <-heard, <-outrun)
}

// shanghaiTime gives every time of the log in 北京时间, wherever the machine
// stands: the pages and the papers do so too.
func shanghaiTime(_ []string, at slog.Attr) slog.Attr {
	if at.Value.Kind() == slog.KindTime {
		at.Value = slog.TimeValue(at.Value.Time().In(govsweep.Shanghai))
	}
	return at
}

// versionEvery lies between two looks at the version of the database.
const versionEvery = 15 * time.Second

// outrun stops the service when a later program has upgraded the database, and
// says so: what an old program would write there nobody can know.
func (s *process) outrun(ctx context.Context, stop func()) <-chan error {
	said := make(chan error, 1)
	go func() {
		defer close(said)
		every := time.NewTicker(s.looks)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
			}
			if v, err := s.db.Version(ctx); err == nil && v > storage.Latest() {
				said <- &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("数据库已由更新版本的程序升级到第%d版结构，高于本程序支持的%d，本程序已停止工作，请换上新程序再启动。", v, storage.Latest())}
				stop()
				return
			}
		}
	}()
	return said
}

// jobsDatabase is where the jobs live: beside the data.
func (a *app) jobsDatabase(db *storage.DB) schedule.Database {
	if writer, postgres := db.Lend(); !postgres {
		return schedule.Database{SQLite: writer}
	}
	return schedule.Database{DSN: a.settings.db}
}

// listen answers on HTTP until ctx ends; without an address it does nothing.
// When no more can be answered the service stops: nobody would see it work.
func (s *process) listen(ctx context.Context, stop func(), address string, web http.Handler, secret *tls.Config) (<-chan error, error) {
	if address == "" {
		heard := make(chan error)
		close(heard)
		return heard, nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "监听地址“" + address + "”不能使用，可能已被占用或写法有误（应为 主机:端口）", Err: err}
	}
	s.app.log.Info("listening", "address", l.Addr().String())
	server := &http.Server{Handler: s.state().Handler(s.app.ctx, web), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 2 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 1 << 16, ErrorLog: slog.NewLogLogger(s.app.log.Handler(), slog.LevelDebug)}
	if secret != nil {
		l = tls.NewListener(l, secret)
	}
	return s.answer(ctx, stop, server, l), nil
}

func (s *process) answer(ctx context.Context, stop func(), server *http.Server, l net.Listener) <-chan error {
	heard := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(soon) // answers still under way are cut
	})
	go func() {
		defer close(heard)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.app.log.Error("no more answers on HTTP: stopping", "error", err)
			heard <- &govsweep.Error{Kind: govsweep.Internal, Say: "页面和接口不能继续提供，本程序已停止，请检查本机的网络和监听地址，再重新启动", Err: err}
			stop()
		}
	}()
	return heard
}

// watcher makes what watches, and says which channels cannot be set up: the
// service works all the same.
func (s *process) watcher() (*alarm.Watcher, error) {
	w, unset, err := s.app.watcher(s.app.eyes(s.db, "", uint64(s.flags.MinFree)<<20), s.db)
	for _, fault := range unset {
		s.app.log.Error("alarm channel not usable", "error", said(fault))
	}
	return w, err
}

// watchAlarms watches until ctx ends; then the channel closes.
func watchAlarms(ctx context.Context, w *alarm.Watcher) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx)
	}()
	return done
}

// owner names this process in leases and logs as worker does: machine, number
// and chance, for the number of a process may come back.
var owner = sync.OnceValue(func() string { return fmt.Sprintf("%s/%d/%s", hostName(), os.Getpid(), rand.Text()[:12]) })
