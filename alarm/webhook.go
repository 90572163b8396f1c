package alarm

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// The headers of a signed webhook. The signature is the HMAC-SHA256 over
// timestamp, nonce and body, with a full stop between them.
const (
	HeaderID        = "X-Govsweep-Id" // the same over all tries of a message
	HeaderTimestamp = "X-Govsweep-Timestamp"
	HeaderNonce     = "X-Govsweep-Nonce" // another one each try
	HeaderSignature = "X-Govsweep-Signature"
)

// webhook posts messages: signed as ours, or as an office messenger takes them.
type webhook struct {
	kind, url, secret string
	client            *http.Client
	now               func() time.Time
}

// guarded is a client that reaches only what dial lets it reach: no proxy, no
// redirects, small answers.
func guarded(dial Dial, settings *tls.Config) *http.Client {
	return &http.Client{
		Timeout: 15 * time.Second,
		Transport: &http.Transport{Proxy: nil, DialContext: dial, TLSClientConfig: settings, DisableKeepAlives: true,
			TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Send posts one message.
func (c *webhook) Send(ctx context.Context, m *govsweep.AlarmMessage) error {
	body, target, err := c.form(m)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return wrong("通知地址不是网址")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "govsweep")
	if c.kind == "webhook" {
		c.sign(req, m.ID, body)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // without the address: it is a secret of its own
		}
		return failed("通知地址无法连接，或不在允许的网段内", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return failed(fmt.Sprintf("通知地址返回%d", resp.StatusCode), nil)
	}
	if err != nil || c.kind == "webhook" {
		return nil // the answer to the signed form is its status
	}
	return taken(answer)
}

// form is the body and the address of a message.
func (c *webhook) form(m *govsweep.AlarmMessage) ([]byte, string, error) {
	var body any
	target, now := c.url, c.now()
	switch c.kind {
	case "wecom":
		body = wecom(m)
	case "dingtalk":
		body = dingtalk(m)
		if c.secret != "" {
			target = dingtalkSigned(c.url, c.secret, now)
		}
	case "feishu":
		body = feishu(m, c.secret, now)
	default:
		body = told(m)
	}
	raw, err := json.Marshal(body)
	return raw, target, err
}

// told is a message as webhooks and files carry it.
func told(m *govsweep.AlarmMessage) any {
	return struct {
		ID     string               `json:"id"`
		Key    string               `json:"key"`
		Kind   govsweep.AlarmKind   `json:"kind,omitempty"`
		Change govsweep.AlarmChange `json:"change"`
		Severe bool                 `json:"severe"`
		Title  string               `json:"title"`
		Text   string               `json:"text"`
		At     string               `json:"at"`
	}{m.ID, m.Key, m.Kind, m.Change, m.Kind.Severe(), m.Title, m.Text, m.At.In(govsweep.Shanghai).Format(time.RFC3339)}
}

func (c *webhook) sign(req *http.Request, id string, body []byte) {
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce) // never fails
	stamp, once := strconv.FormatInt(c.now().Unix(), 10), hex.EncodeToString(nonce)
	req.Header.Set(HeaderID, id)
	req.Header.Set(HeaderTimestamp, stamp)
	req.Header.Set(HeaderNonce, once)
	req.Header.Set(HeaderSignature, "v1="+signature(c.secret, stamp, once, body))
}

func signature(secret, stamp, nonce string, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(stamp + "." + nonce + "."))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// replayWindow is how old a signed message may be.
const replayWindow = 5 * time.Minute

// Verify says whether a signed webhook is genuine and new: signed with secret,
// at most five minutes old, and with a nonce that fresh takes. It is what a
// receiver does.
func Verify(secret string, h http.Header, body []byte, now time.Time, fresh func(nonce string) bool) error {
	stamp, nonce := h.Get(HeaderTimestamp), h.Get(HeaderNonce)
	want := "v1=" + signature(secret, stamp, nonce, body)
	if !hmac.Equal([]byte(want), []byte(strings.TrimSpace(h.Get(HeaderSignature)))) {
		return errors.New("signature does not match")
	}
	sec, err := strconv.ParseInt(stamp, 10, 64)
	if age := now.Sub(time.Unix(sec, 0)); err != nil || age > replayWindow || age < -replayWindow {
		return errors.New("message is too old")
	}
	if nonce == "" || !fresh(nonce) {
		return errors.New("message was seen before")
	}
	return nil
}
