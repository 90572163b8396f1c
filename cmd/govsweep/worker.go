package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/sweep"
)

// A process that works on leases is named by machine, number and chance, and
// holds the lock of a file of that name in the data directory. Another process
// of the same boot of the same machine sees by it at once that the process has
// died and takes over what it held; a process elsewhere waits until the lease
// has run out, for a lock that is asked for over a network proves nothing.

// worker names this process in its leases and gives how it ends.
func (a *app) worker(in *sweep.Inspector) (ended func(), err error) {
	if in.Lease, err = a.leaseTime(); err != nil {
		return nil, err
	}
	in.Lost = func(l govsweep.Lease) {
		a.log.Info("lease lost", "sweep", l.Sweep, "target", l.Target.ID)
		fmt.Fprintf(a.stderr, "“%s”已由另一个程序接手，本程序对它的后续写入未被接受。\n", l.Target.Name)
	}
	in.Owner, in.Gone, ended, err = a.workerName()
	return ended, err
}

// workerName gives a name that this process works under from now until ended
// is called, and, unless nil, what says of another name that its process has
// died for certain.
func (a *app) workerName() (name string, gone func(owner string) bool, ended func(), err error) {
	host, err := os.Hostname()
	if err != nil {
		host = "?" // for people only
	}
	id := bootID() + "-" + rand.Text()[:12]
	name = fmt.Sprintf("%s/%d/%s", host, os.Getpid(), id)
	if !locksWork || bootID() == "" {
		return name, nil, func() {}, nil
	}
	dir := filepath.Join(a.settings.data, "workers")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据目录“" + a.settings.data + "”无法写入", Err: err}
	}
	path := filepath.Join(dir, id+".lock")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return "", nil, nil, fmt.Errorf("open %s: %w", path, err)
	}
	if _, err := lockFile(f); err != nil {
		return "", nil, nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return name, func(owner string) bool { return workerGone(dir, owner) }, func() { letGo(f, path) }, nil
}

// lockName is the part of a name that names the lock.
func lockName(owner string) string { return owner[strings.LastIndexByte(owner, '/')+1:] }

// orOfEarlierBoot takes processes of another boot for dead, too: of a database
// that lives on this machine alone they are of an earlier one.
func orOfEarlierBoot(gone func(string) bool) func(string) bool {
	boot := bootID()
	return func(owner string) bool {
		id := lockName(owner)
		return len(id) == len(boot)+13 && id[len(boot)] == '-' && id[:len(boot)] != boot || gone(owner)
	}
}

// workerGone says that a process of this boot of this machine has died: its
// file is there and nobody holds it.
func workerGone(dir, owner string) bool {
	id := lockName(owner)
	if !strings.HasPrefix(id, bootID()+"-") || !filepath.IsLocal(id) {
		return false
	}
	path := filepath.Join(dir, id+".lock")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	free, err := lockFile(f)
	return err == nil && free
}

// bootID names this boot of this machine; "" where the system does not say.
func bootID() string {
	raw, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

// leaseTime is how long a lease holds that is not extended: a minute, or what
// GOVSWEEP_LEASE says.
func (a *app) leaseTime() (time.Duration, error) {
	raw := a.env("GOVSWEEP_LEASE")
	if raw == "" {
		return time.Minute, nil
	}
	d, err := time.ParseDuration(raw)
	if err != nil || d < time.Second || d > time.Hour {
		return 0, wrongUse("环境变量 GOVSWEEP_LEASE 的写法不正确：%s。应为1秒至1小时，如 60s", raw)
	}
	return d, nil
}
