package alarm

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
)

// A Channel brings messages to people. A message it has taken once is never
// knowingly given to it again; the ID of a message tells doubles.
type Channel interface {
	Send(ctx context.Context, m *govsweep.AlarmMessage) error
}

// A Prober is a channel that can be tried without a message.
type Prober interface {
	Probe(ctx context.Context) error
}

// Dial opens a connection through the guard.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// ChannelConfig is one channel as the configuration file has it. Password,
// Secret and URL may be references: env:NAME, file:PATH. The first two must be.
type ChannelConfig struct {
	Name, Kind       string // kind: mail, webhook, wecom, dingtalk, feishu, file
	Only             string // severe: nothing else is told over it
	Server, Security string // mail: host:port; tls, starttls (default), none
	User, Password   string
	From             string
	To               []string
	URL, Secret      string
	CA               string // file with certificates trusted beside those of the system
	Dir, Form        string // file: directory; json (default) or text
}

// Faults lists what is wrong with a channel, one Chinese sentence each.
func (c *ChannelConfig) Faults() []string {
	var out []string
	fault := func(bad bool, say string) {
		if bad {
			out = append(out, say)
		}
	}
	fault(c.Name == "", "缺少名称（name）")
	fault(c.Only != "" && c.Only != "severe", "only 应为 severe（只发严重的）或不写")
	fault(c.Password != "" && !reference(c.Password), "口令（password）不能写在配置文件里，应写成 env:变量名 或 file:文件")
	fault(c.Secret != "" && !reference(c.Secret), "密钥（secret）不能写在配置文件里，应写成 env:变量名 或 file:文件")
	switch c.Kind {
	case "mail":
		_, _, err := net.SplitHostPort(c.Server)
		fault(err != nil, "邮件服务器（server）应写成 主机:端口")
		fault(c.Security != "" && c.Security != "tls" && c.Security != "starttls" && c.Security != "none", "security 应为 tls、starttls 或 none")
		fault(c.Security == "none" && c.Password != "", "不加密（security: none）时不能使用口令")
		_, err = mail.ParseAddress(c.From)
		fault(err != nil, "发件地址（from）不是邮件地址")
		fault(len(c.To) == 0, "缺少收件地址（to）")
		for _, to := range c.To {
			_, err = mail.ParseAddress(to)
			fault(err != nil, "收件地址“"+Clean(to)+"”不是邮件地址")
		}
	case "webhook", "wecom", "dingtalk", "feishu":
		fault(c.URL == "" || !reference(c.URL) && checkURL(c.URL) != nil, "地址（url）应为 https:// 或 http:// 开头的网址，或 env:变量名、file:文件")
		fault(c.Kind == "webhook" && c.Secret == "", "缺少密钥（secret），写成 env:变量名 或 file:文件")
	case "file":
		fault(c.Dir == "", "缺少目录（dir）")
		fault(c.Form != "" && c.Form != "json" && c.Form != "text", "form 应为 json 或 text")
	default:
		out = append(out, "种类（kind）“"+Clean(c.Kind)+"”不认识，应为 mail、webhook、wecom、dingtalk、feishu、file")
	}
	return out
}

func reference(s string) bool { return strings.HasPrefix(s, "env:") || strings.HasPrefix(s, "file:") }

func checkURL(s string) error {
	u, err := url.Parse(s)
	if err == nil && (u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil) {
		err = wrong("通知地址应以 https:// 或 http:// 开头，不含用户名")
	}
	return err
}

// Tools are what channels need of the program.
type Tools struct {
	Dial     Dial // for webhooks
	MailDial Dial // may reach the ports of mail
	Env      func(string) string
	Now      func() time.Time
}

// Open makes the channel of a configuration.
func (t Tools) Open(c ChannelConfig) (Channel, error) {
	if faults := c.Faults(); len(faults) > 0 {
		return nil, wrong("通知渠道“" + c.Name + "”有误：" + strings.Join(faults, "；"))
	}
	secrets := map[string]string{}
	for _, ref := range []string{c.Password, c.Secret, c.URL} {
		s, err := t.secret(ref)
		if err != nil {
			return nil, wrong("通知渠道“" + c.Name + "”：" + sayOf(err))
		}
		secrets[ref] = s
	}
	roots, err := trusted(c.CA)
	if err != nil {
		return nil, wrong("通知渠道“" + c.Name + "”：" + sayOf(err))
	}
	settings := &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
	switch c.Kind {
	case "mail":
		return &mailChannel{config: c, password: secrets[c.Password], dial: t.MailDial, tls: settings, now: t.Now}, nil
	case "file":
		return &drop{dir: c.Dir, form: c.Form}, nil
	}
	if err := checkURL(secrets[c.URL]); err != nil {
		return nil, wrong("通知渠道“" + c.Name + "”的地址不是网址")
	}
	return &webhook{kind: c.Kind, url: secrets[c.URL], secret: secrets[c.Secret], client: guarded(t.Dial, settings), now: t.Now}, nil
}

// mostSecret is the size up to which a file with a secret is read.
const mostSecret = 4 << 10

// secret reads a reference. No error holds the secret itself.
func (t Tools) secret(ref string) (string, error) {
	switch {
	case strings.HasPrefix(ref, "env:"):
		if s := t.Env(ref[4:]); s != "" {
			return s, nil
		}
		return "", wrong("环境变量 " + ref[4:] + " 没有设置")
	case strings.HasPrefix(ref, "file:"):
		raw, err := namedfile.ReadMost("密钥文件", ref[5:], mostSecret)
		if err != nil {
			return "", err
		}
		s := strings.TrimSpace(string(raw))
		if s == "" {
			return "", wrong("密钥文件“" + ref[5:] + "”是空的，请写入口令或密钥")
		}
		return s, nil
	}
	return ref, nil
}

func trusted(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	raw, err := namedfile.Read("证书文件（ca）", file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(raw) {
		return nil, wrong("证书文件（ca）“" + file + "”中没有证书，应为PEM格式")
	}
	return pool, nil
}

// sayOf gives the sentence of an error.
func sayOf(err error) string {
	if e, ok := errors.AsType[*govsweep.Error](err); ok {
		return e.Say
	}
	return err.Error()
}

func wrong(say string) error { return &govsweep.Error{Kind: govsweep.Wrong, Say: say} }

func failed(say string, err error) error {
	return &govsweep.Error{Kind: govsweep.Unavailable, Say: say, Err: err}
}
