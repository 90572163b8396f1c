package alarm

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// mailChannel sends mail over SMTP, encrypted unless the configuration says no.
type mailChannel struct {
	config   ChannelConfig
	password string
	dial     Dial
	tls      *tls.Config
	now      func() time.Time
}

// mailTime is how long one mail may take.
const mailTime = 30 * time.Second

// Send gives one mail to the server.
func (c *mailChannel) Send(ctx context.Context, m *govsweep.AlarmMessage) error {
	return c.session(ctx, func(s *smtp.Client) error {
		from, to, text, err := c.mail(m)
		if err != nil {
			return err
		}
		if err := s.Mail(from); err != nil {
			return failed("邮件服务器不接受发件地址", err)
		}
		for _, a := range to {
			if err := s.Rcpt(a.Address); err != nil {
				return failed("邮件服务器不接受收件地址", err)
			}
		}
		w, err := s.Data()
		if err != nil {
			return failed("邮件服务器不接受邮件", err)
		}
		if _, err := w.Write(text); err != nil {
			return failed("邮件发送中断", err)
		}
		if err := w.Close(); err != nil {
			return failed("邮件服务器没有确认收到邮件", err)
		}
		return nil
	})
}

// Probe says whether the server takes us in, without a mail.
func (c *mailChannel) Probe(ctx context.Context) error {
	return c.session(ctx, func(*smtp.Client) error { return nil })
}

func (c *mailChannel) session(ctx context.Context, use func(*smtp.Client) error) error {
	ctx, cancel := context.WithTimeout(ctx, mailTime)
	defer cancel()
	host, _, err := net.SplitHostPort(c.config.Server)
	if err != nil {
		return wrong("邮件服务器应写成 主机:端口")
	}
	conn, err := c.dial(ctx, "tcp", c.config.Server)
	if err != nil {
		return failed("邮件服务器无法连接", err)
	}
	defer conn.Close()
	hangUp := context.AfterFunc(ctx, func() { _ = conn.Close() }) // whoever waits for the server is told by it
	defer hangUp()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return failed("邮件服务器无法连接", err)
		}
	}
	settings := c.tls.Clone()
	settings.ServerName = host
	speak := conn
	if c.config.Security == "tls" {
		speak = tls.Client(conn, settings)
	}
	s, err := smtp.NewClient(speak, host)
	if err != nil {
		return failed("邮件服务器没有应答，或证书不受信任", err)
	}
	defer s.Close()
	if c.config.Security == "" || c.config.Security == "starttls" {
		if err := s.StartTLS(settings); err != nil {
			return failed("邮件服务器不能加密（STARTTLS），或证书不受信任", err)
		}
	}
	if c.config.User != "" {
		if err := s.Auth(smtp.PlainAuth("", c.config.User, c.password, host)); err != nil {
			return failed("邮件服务器拒绝登录", nil) // its words may hold what we sent
		}
	}
	if err := use(s); err != nil {
		return err
	}
	_ = s.Quit() // the mail is taken; what the server says on leaving changes nothing
	return nil
}

// mail writes the mail. No text of a message can add a header: the subject is
// encoded whole, the body is base64, addresses are parsed and written anew.
func (c *mailChannel) mail(m *govsweep.AlarmMessage) (from string, to []*mail.Address, text []byte, err error) {
	sender, err := mail.ParseAddress(c.config.From)
	if err != nil {
		return "", nil, nil, wrong("发件地址不是邮件地址")
	}
	var names []string
	for _, raw := range c.config.To {
		a, err := mail.ParseAddress(raw)
		if err != nil {
			return "", nil, nil, wrong("收件地址不是邮件地址")
		}
		to, names = append(to, a), append(names, a.String())
	}
	_, domain, _ := strings.Cut(sender.Address, "@")
	subject := mime.BEncoding.Encode("utf-8", strings.Join(strings.Fields(Clean(m.Title)), " "))
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", sender.String()}, {"To", strings.Join(names, ",\r\n ")}, {"Subject", strings.ReplaceAll(subject, "?= =?", "?=\r\n =?")},
		{"Date", c.now().Format(time.RFC1123Z)}, {"Message-ID", "<" + m.ID + "@" + domain + ">"}, {"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "base64"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	body := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(m.Text, "\n", "\r\n") + "\r\n"))
	for ; len(body) > 76; body = body[76:] {
		b.WriteString(body[:76] + "\r\n")
	}
	b.WriteString(body + "\r\n")
	return sender.Address, to, b.Bytes(), nil
}
