package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// tokenMark begins every token, so that one that leaked is known for what it is.
const tokenMark = "gsw_"

// NewToken makes a token: the secret, to be shown once, and what is kept.
func NewToken(user, name string, scope govsweep.TokenScope, now time.Time, days int) (secret string, k govsweep.AccessToken, err error) {
	switch {
	case scope != govsweep.ReadScope && scope != govsweep.RunScope:
		return "", k, wrong("范围“%s”不认识，可用 read（只读）、run（另可操作计划）", scope)
	case days < 1 || days > 730:
		return "", k, wrong("有效期应在1至730天之间")
	case strings.TrimSpace(name) == "" || len(name) > 200:
		return "", k, wrong("请以 --name 写明令牌的用途，最多200个字节")
	}
	var raw [32 + 5]byte
	_, _ = rand.Read(raw[:]) // it never fails
	secret = tokenMark + base64.RawURLEncoding.EncodeToString(raw[:32])
	now = now.Truncate(time.Millisecond)
	return secret, govsweep.AccessToken{ID: "T" + hex.EncodeToString(raw[32:]), User: user, Name: strings.TrimSpace(name), Scope: scope,
		Created: now, Expires: now.AddDate(0, 0, days), Hash: HashToken(secret)}, nil
}

// CheckToken refuses a token that its user could not use: he is disabled, or
// may not do what the scope is for.
func CheckToken(u *govsweep.User, scope govsweep.TokenScope) error {
	switch {
	case u.Disabled:
		return wrong("用户“%s”已停用，不能签发令牌；启用：govsweep user enable %s", u.Name, u.Name)
	case scope == govsweep.RunScope && (u.Role == govsweep.OwnerRole || u.Role == govsweep.AuditorRole):
		return wrong("用户“%s”的角色是%s，不能操作计划，令牌的范围只能是 read", u.Name, u.Role.Word())
	}
	return nil
}

// HashToken gives what is kept of a token. A token is random, so a plain
// digest is enough.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Good says whether a token may be used now.
func Good(k *govsweep.AccessToken, now time.Time) bool {
	return k.Revoked.IsZero() && now.Before(k.Expires)
}
