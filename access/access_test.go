package access_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/access"
)

func TestPasswordsAreRefusedOrTaken(t *testing.T) {
	for _, c := range []struct {
		name, password string
		ok             bool
	}{
		{"nine characters", "abcdefg7x", false},
		{"the usual word with a year", "Password2026!", false},
		{"the usual word written with figures", "P@ssw0rd123", false},
		{"a keyboard row", "qwertyuiop1", false},
		{"figures in order", "0123456789", false},
		{"figures backwards", "9876543210", false},
		{"figures only", "2026030212", false},
		{"the same figure", "8888888888", false},
		{"two characters in turn", "abababababab", false},
		{"a word twice", "adminadmin12", false},
		{"the name with a figure", "zhangsanfeng1", false},
		{"the product", "govsweep2026", false},
		{"pinyin everybody uses", "woaini1314520", false},
		{"a Chinese word everybody uses", "默认密码123456", false},
		{"a sentence", "正确的马和电池订书钉", true},
		{"letters at random", "tq7Vx-m2Kp9s", true},
		{"words apart", "horse battery staple", true},
		{"longer than any person types", strings.Repeat("长x短y", 200), false},
		{"no text", "abcdefg\xff\xfehijk", false},
	} {
		if err := access.CheckPassword("zhangsanfeng", c.password); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAHashIsSaltedAndChecked(t *testing.T) {
	h := access.NewHasher()
	a, b := h.Hash("正确的马和电池"), h.Hash("正确的马和电池")
	if a == b || !strings.HasPrefix(a, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%s %s", a, b)
	}
	for password, want := range map[string]bool{"正确的马和电池": true, "正确的马和电": false, "": false} {
		if ok, err := h.Check(t.Context(), a, password); ok != want || err != nil {
			t.Errorf("%q: %v %v", password, ok, err)
		}
	}
	if ok, err := h.Check(t.Context(), "", "正确的马和电池"); ok || err != nil {
		t.Error("a user that does not exist logs in", err)
	}
	for _, bad := range []string{"x", "$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456,t=0,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=1,p=1$$"} {
		if ok, err := h.Check(t.Context(), bad, ""); ok || err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestALoginWaitsForAFreePlaceAndGivesUp(t *testing.T) {
	h := access.NewHasher()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	gaveUp := false
	for range 200 { // a free place and an ended context are chosen between at random
		if _, err := h.Check(ctx, "$argon2id$", "x"); errors.Is(err, context.Canceled) {
			gaveUp = true
		}
	}
	if !gaveUp {
		t.Error("it never gave up")
	}
}

func TestTheWaitGrows(t *testing.T) {
	name, address := access.NameKey("王某"), access.AddressKey("10.0.0.1")
	for _, c := range []struct {
		key      string
		failures int
		want     time.Duration
	}{
		{name, 1, 0}, {name, 4, 0}, {name, 5, 30 * time.Second}, {name, 6, time.Minute}, {name, 10, 15 * time.Minute}, {name, 1 << 40, 15 * time.Minute},
		{address, 19, 0}, {address, 20, 30 * time.Second}, {address, 22, 2 * time.Minute},
	} {
		if got := access.Wait(c.key, c.failures); got != c.want {
			t.Errorf("%s %d: %s", c.key, c.failures, got)
		}
	}
}

func TestATokenIsRandomAndEnds(t *testing.T) {
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, govsweep.Shanghai)
	secret, k, err := access.NewToken("王某", " 大屏 ", govsweep.ReadScope, now, 1)
	again, _, _ := access.NewToken("王某", "大屏", govsweep.ReadScope, now, 1)
	if err != nil || secret == again || len(secret) < 40 || k.Hash != access.HashToken(secret) || strings.Contains(k.Hash, secret) || k.Name != "大屏" {
		t.Errorf("%s %+v %v", secret, k, err)
	}
	if !access.Good(&k, now.Add(23*time.Hour)) || access.Good(&k, now.Add(24*time.Hour)) {
		t.Error("it does not end after its day")
	}
	k.Revoked = now
	if access.Good(&k, now) {
		t.Error("a revoked token is good")
	}
	for _, bad := range []struct {
		name  string
		scope govsweep.TokenScope
		days  int
	}{{"x", "write", 1}, {"x", govsweep.ReadScope, 0}, {"x", govsweep.ReadScope, 731}, {" ", govsweep.ReadScope, 1}} {
		if _, _, err := access.NewToken("王某", bad.name, bad.scope, now, bad.days); govsweep.KindOf(err) != govsweep.Wrong {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestATokenItsUserCouldNotUseIsRefused(t *testing.T) {
	for role, may := range map[govsweep.UserRole]bool{govsweep.OwnerRole: false, govsweep.AuditorRole: false, govsweep.BureauRole: true, govsweep.InspectorRole: true} {
		u := govsweep.User{Name: "王某", Role: role}
		if err := access.CheckToken(&u, govsweep.RunScope); (err == nil) != may {
			t.Errorf("run for %s: %v", role, err)
		}
		if err := access.CheckToken(&u, govsweep.ReadScope); err != nil {
			t.Errorf("read for %s: %v", role, err)
		}
		if u.Disabled = true; govsweep.KindOf(access.CheckToken(&u, govsweep.ReadScope)) != govsweep.Wrong {
			t.Errorf("%s is disabled", role)
		}
	}
}

func TestNamesThatNobodySeesAreRefused(t *testing.T) {
	for name, ok := range map[string]bool{"王某": true, "zhang.san-2": true, "": false, "a b": false, "a\u202eb": false, "a\x00": false, "<b>": false, strings.Repeat("长", 41): false} {
		if err := access.CheckName(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func FuzzPasswordRules(f *testing.F) {
	f.Add("王某", "Password123")
	f.Fuzz(func(t *testing.T, name, password string) {
		if access.CheckPassword(name, password) == nil && len([]rune(password)) < access.LeastPassword {
			t.Error("a short one is taken")
		}
	})
}
