package alarm

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

var message = &govsweep.AlarmMessage{ID: "abc123", Key: "disk-full@甲机", Kind: govsweep.DiskFull, Change: govsweep.AlarmRaised, Title: "政府网站检查报警：磁盘空间不足，工作已经暂停，请尽快清理数据目录所在的磁盘", Text: "只剩100MB。\n机器：甲机", At: start}

func tools(secrets map[string]string) Tools {
	dial := (&net.Dialer{}).DialContext
	return Tools{Dial: dial, MailDial: dial, Env: func(k string) string { return secrets[k] }, Now: func() time.Time { return start }}
}

func TestASignedWebhookIsVerifiedOnce(t *testing.T) {
	seen := map[string]bool{}
	fresh := func(n string) bool { old := seen[n]; seen[n] = true; return !old }
	var head http.Header
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head = r.Header
		body, _ = io.ReadAll(r.Body) // judged below
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/", http.StatusTemporaryRedirect)
		}
	}))
	defer server.Close()
	c, err := tools(map[string]string{"S": "密钥"}).Open(ChannelConfig{Name: "平台", Kind: "webhook", URL: server.URL, Secret: "env:S"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	if err := Verify("密钥", head, body, start.Add(time.Minute), fresh); err != nil || head.Get(HeaderID) != "abc123" {
		t.Error(err, head)
	}
	for name, check := range map[string]error{
		"replayed":      Verify("密钥", head, body, start, fresh),
		"late":          Verify("密钥", head, body, start.Add(time.Hour), func(string) bool { return true }),
		"other key":     Verify("密匙", head, body, start, func(string) bool { return true }),
		"other content": Verify("密钥", head, append(body, ' '), start, func(string) bool { return true }),
	} {
		if check == nil {
			t.Errorf("%s: taken", name)
		}
	}
	c, err = tools(map[string]string{"S": "密钥", "U": server.URL + "/moved"}).Open(ChannelConfig{Name: "平台", Kind: "webhook", URL: "env:U", Secret: "env:S"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Send(t.Context(), message); err == nil || said(err) != "通知地址返回307" {
		t.Errorf("a redirect was followed: %v", err)
	}
}

func TestOfficeMessengersGetTheirForms(t *testing.T) {
	sign := func(key, text string) string { return base64HMAC(key, text) }
	var got *http.Request
	var body map[string]any
	answer := `{"errcode":0,"errmsg":"ok"}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, body = r, nil
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		fmt.Fprint(w, answer)
	}))
	defer server.Close()
	send := func(kind, address string) error {
		c, err := tools(map[string]string{"S": "SEC1", "U": server.URL + address}).Open(ChannelConfig{Name: "群", Kind: kind, URL: "env:U", Secret: "env:S"})
		if err != nil {
			t.Fatal(err)
		}
		return c.Send(t.Context(), message)
	}
	text := message.Title + "\n" + message.Text
	if err := send("wecom", "/cgi-bin/webhook/send?key=K"); err != nil || body["msgtype"] != "text" || body["text"].(map[string]any)["content"] != text || got.URL.Query().Get("key") != "K" {
		t.Error(err, body, got.URL)
	}
	ms := fmt.Sprint(start.UnixMilli())
	if err := send("dingtalk", "/robot/send?access_token=T"); err != nil || got.URL.Query().Get("timestamp") != ms || got.URL.Query().Get("sign") != sign("SEC1", ms+"\nSEC1") || got.URL.Query().Get("access_token") != "T" {
		t.Error(err, got.URL)
	}
	answer = `{"code":0,"msg":"success","StatusCode":0}`
	sec := fmt.Sprint(start.Unix())
	if err := send("feishu", "/open-apis/bot/v2/hook/x"); err != nil || body["msg_type"] != "text" || body["timestamp"] != sec || body["sign"] != sign(sec+"\nSEC1", "") || body["content"].(map[string]any)["text"] != text {
		t.Error(err, body)
	}
	for _, answer = range []string{`{"errcode":310000,"errmsg":"sign not match"}`, `{"code":19021}`, `{}`, `<html>`} {
		if err := send("dingtalk", "/?access_token=GEHEIM"); err == nil || strings.Contains(err.Error(), "GEHEIM") {
			t.Errorf("%s: %v", answer, err)
		}
	}
	server.Close()
	if err := send("wecom", "/?key=GEHEIM"); err == nil || strings.Contains(err.Error(), "GEHEIM") {
		t.Error(err)
	}
	long := *message
	long.Text = strings.Repeat("长", 5000)
	if s := plain(&long, wecomText); len(s) > wecomText || !strings.HasSuffix(s, "长……") {
		t.Errorf("%d bytes", len(s))
	}
}

// The signature of a fixed time and secret, computed by openssl.
func TestSignaturesAreThoseOfAnotherProgram(t *testing.T) {
	u, err := url.Parse(dingtalkSigned("https://x/robot/send?access_token=T", "SECabc", time.UnixMilli(1700000000123)))
	if err != nil || u.Query().Get("sign") != "IqXBU/aLfwMA3S/tDcfRmHx5vWHw9Y1aOgFLBr1Ti9w=" {
		t.Error(err, u.Query().Get("sign"))
	}
	if s := base64HMAC("1700000000\nSECabc", ""); s != "XprR1de+0SSBnwWyU/4k6x2TL+Q2SJlM5NNEdAv7MWg=" {
		t.Error(s)
	}
}

// smtpServer takes mails, with STARTTLS or TLS from the start, until the test ends.
func smtpServer(t *testing.T, cert *tls.Config, implicit bool) (address string, mails chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	mails = make(chan string, 9)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if implicit {
				c = tls.Server(c, cert)
			}
			go smtpSession(c, cert, mails)
		}
	}()
	return l.Addr().String(), mails
}

func smtpSession(c net.Conn, cert *tls.Config, mails chan<- string) {
	defer func() { c.Close() }()
	in := bufio.NewReader(c)
	say := func(s string) { fmt.Fprintf(c, "%s\r\n", s) }
	say("220 test")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch word := strings.ToUpper(strings.Fields(line + " x")[0]); word {
		case "EHLO":
			say("250-test\r\n250-AUTH PLAIN\r\n250 STARTTLS")
		case "STARTTLS":
			say("220 go")
			c = tls.Server(c, cert)
			in = bufio.NewReader(c)
		case "AUTH":
			if strings.Contains(line, base64.StdEncoding.EncodeToString([]byte("\x00用户\x00口令"))) {
				say("235 ok")
			} else {
				say("535 no")
			}
		case "DATA":
			say("354 go")
			var b strings.Builder
			for {
				l, err := in.ReadString('\n')
				if err != nil || l == ".\r\n" {
					break
				}
				b.WriteString(l)
			}
			mails <- b.String()
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// certificate gives the settings of a server and the file that trusts it.
func certificate(t *testing.T) (*tls.Config, string) {
	t.Helper()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	defer s.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o644); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: s.TLS.Certificates}, file
}

func TestMailIsEncryptedAndItsSubjectChinese(t *testing.T) {
	cert, ca := certificate(t)
	for _, how := range []string{"starttls", "tls"} {
		address, mails := smtpServer(t, cert, how == "tls")
		config := ChannelConfig{Name: "邮箱", Kind: "mail", Server: address, Security: how, User: "用户", Password: "env:P", From: "检查平台 <a@x.gov.cn>", To: []string{"值班 <b@x.gov.cn>", "c@x.gov.cn"}, CA: ca}
		c, err := tools(map[string]string{"P": "口令"}).Open(config)
		if err != nil {
			t.Fatal(err)
		}
		hostile := *message
		hostile.Title += "\r\nBcc: evil@x.cn\r\n\r\n<b>"
		if err := c.Send(t.Context(), &hostile); err != nil {
			t.Fatal(how, err)
		}
		m, err := mail.ReadMessage(strings.NewReader(<-mails))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := (&mime.WordDecoder{}).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != message.Title+" Bcc: evil@x.cn <b>" || m.Header.Get("Bcc") != "" || m.Header.Get("Message-Id") != "<abc123@x.gov.cn>" {
			t.Errorf("%s: %q %v", how, subject, m.Header)
		}
		text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
		if err != nil || string(text) != "只剩100MB。\r\n机器：甲机\r\n" {
			t.Errorf("%q %v", text, err)
		}
		if err := c.(Prober).Probe(t.Context()); err != nil {
			t.Error(err)
		}
		config.CA = ""
		untrusted, err := tools(map[string]string{"P": "口令"}).Open(config)
		if err != nil {
			t.Fatal(err)
		}
		if err := untrusted.Send(t.Context(), message); err == nil {
			t.Error(how + ": a certificate nobody trusts was taken")
		}
		config.CA = ca
		c, err = tools(map[string]string{"P": "另一个"}).Open(config)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Send(t.Context(), message); err == nil || strings.Contains(err.Error(), "另一个") || !strings.Contains(said(err), "拒绝登录") {
			t.Error(err)
		}
	}
}

func TestAnAsciiSubjectAddsNoHeader(t *testing.T) {
	c := &mailChannel{config: ChannelConfig{From: "a@x.cn", To: []string{"b@x.cn"}}, now: time.Now}
	for _, s := range []string{"a\r\nBcc: x@y.cn", "a\nBcc: x@y.cn", "a\rBcc: x@y.cn", "a\u2028Bcc: x@y.cn", "a\x00b", "=?utf-8?q?a=0ABcc:_x?="} {
		_, _, text, err := c.mail(&govsweep.AlarmMessage{ID: "1", Title: s, Text: s})
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(strings.NewReader(string(text)))
		if err != nil || len(m.Header) != 9 {
			t.Errorf("%q: %v %v", s, m, err)
		}
	}
}

func TestAFileIsDroppedWhole(t *testing.T) {
	for form, want := range map[string]string{"": `"severe":true,"title":"政府网站检查报警`, "text": "\n\n只剩100MB。"} {
		dir := filepath.Join(t.TempDir(), "a", "b")
		c, err := tools(nil).Open(ChannelConfig{Name: "文件", Kind: "file", Dir: dir, Form: form})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := c.Send(context.Background(), message); err != nil {
				t.Fatal(err)
			}
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		if raw, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(raw), want) {
			t.Errorf("%s %v", raw, err)
		}
	}
}

func TestAWrongChannelNamesEveryFault(t *testing.T) {
	for _, c := range []struct {
		config ChannelConfig
		faults int
	}{
		{ChannelConfig{}, 2},
		{ChannelConfig{Name: "a", Kind: "mail", Server: "x", Security: "none", Password: "geheim", From: "a", To: []string{"b\r\nc@d"}}, 5},
		{ChannelConfig{Name: "a", Kind: "webhook", URL: "ftp://x", Secret: "geheim"}, 2},
		{ChannelConfig{Name: "a", Kind: "webhook", URL: "https://u:p@x"}, 2},
		{ChannelConfig{Name: "a", Kind: "file", Form: "xml", Only: "all"}, 3},
		{ChannelConfig{Name: "a", Kind: "wecom", URL: "env:U"}, 0},
	} {
		faults := c.config.Faults()
		if len(faults) != c.faults || strings.Contains(strings.Join(faults, ""), "geheim") {
			t.Errorf("%+v: %v", c.config, faults)
		}
	}
	for _, ref := range []string{"env:NONE", "file:/does/not/exist"} {
		if _, err := tools(nil).Open(ChannelConfig{Name: "a", Kind: "webhook", URL: "https://x", Secret: ref}); err == nil {
			t.Error(ref)
		}
	}
}

// waited is a connection that says when its other side is waited for.
type waited struct {
	net.Conn
	on func()
}

func (c waited) Read(b []byte) (int, error) { c.on(); return c.Conn.Read(b) }

func TestASilentMailServerDoesNotKeepUsFromStopping(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // connects, and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	with := tools(nil)
	with.MailDial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return waited{conn, stop}, err
	}
	c, err := with.Open(ChannelConfig{Name: "邮箱", Kind: "mail", Server: l.Addr().String(), Security: "none", From: "a@x.gov.cn", To: []string{"b@x.gov.cn"}})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := c.Send(ctx, message); err == nil || time.Since(began) > mailTime/2 {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}
