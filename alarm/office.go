package alarm

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// What the robots of the office messengers take in one message, in bytes.
const (
	wecomText    = 2048
	dingtalkText = 16 << 10
	feishuText   = 16 << 10
)

// wecom is a message to a group robot of 企业微信. Its address is its secret.
func wecom(m *govsweep.AlarmMessage) any {
	return map[string]any{"msgtype": "text", "text": map[string]string{"content": plain(m, wecomText)}}
}

// dingtalk is a message to a robot of 钉钉.
func dingtalk(m *govsweep.AlarmMessage) any {
	return map[string]any{"msgtype": "text", "text": map[string]string{"content": plain(m, dingtalkText)}}
}

// dingtalkSigned adds time (ms) and signature (加签) to the address.
func dingtalkSigned(address, secret string, now time.Time) string {
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	sign := base64HMAC(secret, stamp+"\n"+secret)
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return address + sep + "timestamp=" + stamp + "&sign=" + url.QueryEscape(sign)
}

// feishu is a message to a robot of 飞书; with a secret it carries time (s)
// and signature (签名校验), whose key is the time and the secret.
func feishu(m *govsweep.AlarmMessage, secret string, now time.Time) any {
	body := map[string]any{"msg_type": "text", "content": map[string]string{"text": plain(m, feishuText)}}
	if secret != "" {
		stamp := strconv.FormatInt(now.Unix(), 10)
		body["timestamp"], body["sign"] = stamp, base64HMAC(stamp+"\n"+secret, "")
	}
	return body
}

func base64HMAC(key, text string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

// plain is title and text, cut at a whole character.
func plain(m *govsweep.AlarmMessage, most int) string {
	s := m.Title + "\n" + m.Text
	if len(s) <= most {
		return s
	}
	const more = "……"
	s = s[:most-len(more)]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + more
}

// taken reads the answer of a messenger, which says 200 also when it refuses.
func taken(answer []byte) error {
	var a struct {
		ErrCode *int `json:"errcode"` // 企业微信, 钉钉
		Code    *int `json:"code"`    // 飞书
		Status  *int `json:"StatusCode"`
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return failed("通知地址的应答不能识别", nil)
	}
	for _, code := range []*int{a.ErrCode, a.Code, a.Status} {
		if code != nil {
			if *code != 0 {
				return failed(fmt.Sprintf("消息被拒绝，错误码%d，请核对密钥、关键词和频率限制", *code), nil)
			}
			return nil
		}
	}
	return failed("通知地址的应答不能识别", nil)
}
