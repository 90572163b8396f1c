package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/govsweep/govsweep"
)

// classify turns what the wire says into a Failure and its sentence for
// people. The sentence never holds an address something resolved to.
func classify(err error, answered bool) (govsweep.Failure, string) {
	var name *net.DNSError
	switch {
	case errors.Is(err, errGuard):
		return govsweep.FailGuard, "该地址不在允许访问的网络范围内，未访问。"
	case errors.Is(err, errRatio):
		return govsweep.FailRatio, "响应内容的压缩比超过上限，疑为压缩炸弹，未读取。"
	case errors.Is(err, errEncoding):
		return govsweep.FailProtocol, "响应内容的压缩格式无法识别或已损坏。"
	case errors.As(err, &name):
		return govsweep.FailDNS, dnsCause(name)
	case isTimeout(err) && answered:
		return govsweep.FailTimeout, "服务器有响应，但在规定时间内没有传完内容。"
	case isTimeout(err):
		return govsweep.FailTimeout, "在规定时间内没有打开。"
	case isTLS(err):
		return govsweep.FailTLS, tlsCause(err)
	case isRefused(err) && answered:
		return govsweep.FailRefused, "内容传输中连接被服务器中断。"
	case errors.Is(err, syscall.ECONNREFUSED):
		return govsweep.FailRefused, causeRefused
	case isRefused(err):
		return govsweep.FailRefused, "无法建立连接，或连接被服务器中断。"
	case answered:
		return govsweep.FailProtocol, "服务器传回的内容不完整或不合规范。"
	}
	return govsweep.FailProtocol, "服务器的响应不符合HTTP协议。"
}

func dnsCause(err *net.DNSError) string {
	switch {
	case err.IsNotFound:
		return causeNoName
	case err.IsTimeout:
		return "域名解析超时，域名服务器没有应答。"
	}
	return "域名服务器未能完成解析。"
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var verify *tls.CertificateVerificationError
	return errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &verify) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "x509: ") ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}

func tlsCause(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "安全连接失败：服务器证书已过期或尚未生效。"
	case errors.As(err, &host):
		return "安全连接失败：服务器证书与域名不符。"
	case errors.As(err, &authority):
		return "安全连接失败：服务器证书的颁发者不受信任，或证书链不完整。"
	case strings.Contains(err.Error(), "protocol version"):
		return "安全连接失败：服务器只支持过时的或特定的协议版本。"
	case strings.Contains(err.Error(), "handshake failure"):
		return "安全连接失败：没有双方都支持的加密算法，服务器可能只支持国密算法。"
	case strings.Contains(err.Error(), "HTTP response to HTTPS"):
		return "安全连接失败：该端口提供的不是HTTPS服务。"
	}
	return "安全连接失败：握手没有完成。"
}

func isRefused(err error) bool {
	var op *net.OpError
	for _, e := range []error{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE, syscall.EHOSTUNREACH,
		syscall.ENETUNREACH, syscall.ECONNABORTED, io.EOF, net.ErrClosed} {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.As(err, &op) || strings.Contains(err.Error(), "server closed idle connection") ||
		strings.Contains(err.Error(), "connection reset")
}

func statusCause(status int) string {
	switch status {
	case 401, 403:
		return fmt.Sprintf("服务器拒绝访问（%d）。", status)
	case 404, 410:
		return fmt.Sprintf("网页不存在（%d）。", status)
	case 429:
		return "服务器认为访问过于频繁（429）。"
	case 503:
		return "服务器暂时无法提供服务（503）。"
	}
	if status >= 500 {
		return fmt.Sprintf("服务器内部出错（%d）。", status)
	}
	return fmt.Sprintf("服务器不接受该请求（%d）。", status)
}

// Causes other layers decide by.
const (
	causeRefused = "服务器拒绝连接。"
	causeBadURL  = "网址不合规范，无法访问。"
	causeNoName  = "域名无法解析，没有对应的地址记录。"
)
