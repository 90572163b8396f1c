package facts

import (
	"fmt"
	"net/http"

	"github.com/govsweep/govsweep"
)

var failureReasons = map[govsweep.Failure]string{
	govsweep.FailDNS:       "域名无法解析",
	govsweep.FailRefused:   "服务器拒绝或中断连接",
	govsweep.FailTimeout:   "页面超过15秒未打开",
	govsweep.FailTLS:       "加密连接无法建立",
	govsweep.FailGuard:     "地址不在允许访问的网络范围内",
	govsweep.FailLoop:      "页面循环跳转",
	govsweep.FailScope:     "页面跳转到本网站以外",
	govsweep.FailRobots:    "网站的 robots.txt 不允许访问该页面",
	govsweep.FailProtocol:  "服务器的应答不符合协议",
	govsweep.FailRatio:     "页面压缩比异常，未予读取",
	govsweep.FailCancelled: "检查中止，页面未读取",
}

var responseReasons = map[govsweep.Response]string{
	govsweep.Soft404:      "页面实际不存在",
	govsweep.HomeRedirect: "页面跳转到了首页",
	govsweep.Challenge:    "页面被防护系统拦截",
	govsweep.Shell:        "页面内容由脚本生成，未能读取",
	govsweep.Truncated:    "页面过大，只读取了一部分",
	govsweep.ErrorPage:    "页面返回的是错误信息",
}

// whyUnread says, in Chinese, why a record does not hold the page that was
// asked for; "" when it does.
func whyUnread(r *govsweep.Record) string {
	switch {
	case r.Failure != "":
		return firstOf(r.Cause, failureReasons[r.Failure], "页面未能打开")
	case r.Status >= http.StatusBadRequest:
		return statusReason(r.Status)
	case r.Truncated:
		return responseReasons[govsweep.Truncated]
	case r.Status == 0:
		return "没有收到服务器的应答"
	case r.Facts == nil:
		return "返回的内容不是网页"
	case r.Facts.Response != govsweep.Content:
		return firstOf(r.Facts.Reason, responseReasons[r.Facts.Response], "页面未能读取")
	}
	return ""
}

func statusReason(status int) string {
	switch status {
	case http.StatusNotFound, http.StatusGone:
		return fmt.Sprintf("页面不存在（状态码%d）", status)
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed,
		http.StatusPreconditionFailed, http.StatusTooManyRequests:
		return fmt.Sprintf("服务器拒绝访问（状态码%d）", status)
	}
	return fmt.Sprintf("服务器返回错误（状态码%d）", status)
}

// gone says that the page is certainly not there, so that nobody can call it
// a column that was not read.
func gone(r *govsweep.Record) bool {
	return r.Status == http.StatusNotFound || r.Status == http.StatusGone ||
		r.Facts != nil && r.Facts.Response == govsweep.Soft404
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
