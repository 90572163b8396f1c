package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/govsweep/govsweep"
)

// asOperator names whoever started the program in the audit log.
func asOperator(ctx context.Context) context.Context {
	name := "本机用户"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	return govsweep.WithActor(ctx, govsweep.Actor{Name: name, Via: "命令行"})
}

// asService names the program in the audit log for what a service does by
// itself: whoever started it, perhaps months ago, did not do it.
func asService(ctx context.Context) context.Context {
	return govsweep.WithActor(ctx, govsweep.Actor{Name: "本程序", Via: "定时"})
}

// byFlag names another person than the user of the machine; every command that
// writes to the audit log has it, or a By of its own.
type byFlag struct {
	By string `help:"经办人，记入审计日志。默认为本机的用户名。" placeholder:"姓名"`
}

// asNamed acts in the name that --by gives, whichever command has the flag.
func asNamed(ctx context.Context, parsed *kong.Context) context.Context {
	for _, f := range parsed.Flags() {
		if name := strings.TrimSpace(fmt.Sprint(f.Target)); f.Name == "by" && name != "" {
			return govsweep.WithActor(ctx, govsweep.Actor{Name: name, Via: "命令行"})
		}
	}
	return ctx
}

// mostSecret is how much is read of a password on standard input.
const mostSecret = 4096

// password asks for a new password twice on a terminal, and reads one line elsewhere.
func (a *app) password() (string, error) {
	f, ok := a.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(a.stdin, mostSecret)).ReadString('\n')
		if err != nil && line == "" {
			return "", wrongUse("没有读到密码，请在终端上输入，或从标准输入给出一行")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var said [2]string
	for i, ask := range []string{"新密码（不显示）：", "再输入一次："} {
		fmt.Fprint(a.stderr, ask)
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.stderr)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		said[i] = string(b)
	}
	if said[0] != said[1] {
		return "", wrongUse("两次输入的密码不同，未作任何改动")
	}
	return said[0], nil
}
