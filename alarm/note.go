package alarm

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// forget is when an alarm that is over leaves the book.
const forget = 30 * 24 * time.Hour

// Note moves the alarms of a book by what looks showed and writes what is to
// be told into its outbox. It says whether anything changed. Alarms of the
// whole kinds that were not looked at any more count as fine: their schedule,
// sweep or channel is gone.
func Note(b *govsweep.AlarmBook, obs []Observation, whole []govsweep.AlarmKind, p Policy, now time.Time) bool {
	n := noter{book: b, policy: p, now: now}
	seen := map[string]bool{}
	for _, o := range obs {
		seen[o.Key()] = true
		n.one(o)
	}
	for _, a := range slices.Clone(b.Alarms) {
		if slices.Contains(whole, a.Kind) && !seen[a.Key] {
			n.one(Observation{Kind: a.Kind, Host: a.Host, Subject: a.Subject, State: Fine})
		}
	}
	b.Alarms = slices.DeleteFunc(b.Alarms, func(a govsweep.Alarm) bool {
		old := !a.Cleared.IsZero() && now.Sub(a.Cleared) > forget
		n.changed = n.changed || old
		return old
	})
	return n.changed
}

type noter struct {
	book    *govsweep.AlarmBook
	policy  Policy
	now     time.Time
	changed bool
}

func (n *noter) one(o Observation) {
	i := slices.IndexFunc(n.book.Alarms, func(a govsweep.Alarm) bool { return a.Key == o.Key() })
	switch {
	case o.State == Bad:
		if i < 0 {
			n.book.Alarms = append(n.book.Alarms, govsweep.Alarm{Key: o.Key(), Kind: o.Kind, Host: o.Host, Subject: o.Subject, Bad: n.now})
			i, n.changed = len(n.book.Alarms)-1, true
		}
		n.bad(&n.book.Alarms[i], o)
	case o.State == Fine && i >= 0:
		if n.fine(&n.book.Alarms[i]) {
			n.book.Alarms, n.changed = slices.Delete(n.book.Alarms, i, i+1), true
		}
	}
}

func (n *noter) bad(a *govsweep.Alarm, o Observation) {
	n.notBefore(&a.Bad, &a.Told)
	if !a.Cleared.IsZero() { // it comes back
		flaps := 0
		if n.now.Sub(a.Cleared) < flapping {
			flaps = a.Flaps + 1
		}
		*a = govsweep.Alarm{Key: a.Key, Kind: a.Kind, Host: a.Host, Subject: a.Subject, Bad: n.now, Flaps: flaps}
		n.changed = true
	}
	if !a.Good.IsZero() {
		a.Good, n.changed = time.Time{}, true
	}
	switch {
	case a.Raised.IsZero() && (o.Sure || n.now.Sub(a.Bad) >= patience(a.Kind)):
		a.Raised, a.Told, a.Say = n.now, n.now, o.Say
		n.tell(a, govsweep.AlarmRaised)
	case !a.Raised.IsZero() && n.now.Sub(a.Told) >= remind(a.Kind, a.Times):
		a.Told, a.Say = n.now, o.Say
		a.Times++
		n.tell(a, govsweep.AlarmReminded)
	}
}

// fine says whether a is to be forgotten: it was never told.
func (n *noter) fine(a *govsweep.Alarm) bool {
	n.notBefore(&a.Good)
	switch {
	case !a.Cleared.IsZero():
		return false
	case a.Raised.IsZero():
		return true
	case a.Good.IsZero():
		a.Good, n.changed = n.now, true
	}
	if n.now.Sub(a.Good) >= settle(a.Flaps) {
		a.Cleared = n.now
		n.tell(a, govsweep.AlarmCleared)
	}
	return false
}

// notBefore takes times back that a clock put into the future, so that an
// alarm does not wait for them.
func (n *noter) notBefore(times ...*time.Time) {
	for _, t := range times {
		if t.After(n.now) {
			*t = n.now
		}
	}
}

// tell writes one message for each channel into the outbox.
func (n *noter) tell(a *govsweep.Alarm, change govsweep.AlarmChange) {
	n.changed = true
	next := n.now
	if !a.Kind.Severe() {
		next = n.policy.Quiet.Until(n.now)
	}
	for _, r := range n.policy.Channels {
		if r.SevereOnly && !a.Kind.Severe() || a.Kind == govsweep.ChannelDead && a.Subject == r.Name {
			continue
		}
		n.book.Outbox = append(n.book.Outbox, govsweep.AlarmMessage{
			ID:  messageID(a.Key, string(change), n.now.UTC().Format(time.RFC3339Nano), r.Name),
			Key: a.Key, Kind: a.Kind, Change: change, Channel: r.Name, Title: title(a, change), Text: words(a, change, n.now), At: n.now, Next: next})
	}
}

func messageID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}

func title(a *govsweep.Alarm, change govsweep.AlarmChange) string {
	t := fmt.Sprintf("政府网站检查%s：%s", change.Word(), a.Kind.Word())
	if a.Subject != "" {
		t += "（" + a.Subject + "）"
	}
	return Clean(t)
}

func words(a *govsweep.Alarm, change govsweep.AlarmChange, now time.Time) string {
	lines := []string{a.Say}
	switch change {
	case govsweep.AlarmReminded:
		lines[0] = fmt.Sprintf("仍未恢复，自%s起。%s", govsweep.ChineseMinute(a.Bad), a.Say)
	case govsweep.AlarmCleared:
		lines[0] = fmt.Sprintf("已恢复。故障自%s起，至%s止。原报警内容：%s", govsweep.ChineseMinute(a.Bad), govsweep.ChineseMinute(a.Good), a.Say)
	}
	if a.Host != "" {
		lines = append(lines, "机器："+a.Host)
	}
	return Clean(strings.Join(append(lines, "时间："+govsweep.ChineseMinute(now)), "\n"))
}

// Clean takes control characters out of a text, the end of a line excepted:
// names and errors in it come from outside.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < ' ', r >= 0x7f && r < 0xa0, r == 0x2028, r == 0x2029, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}

// Test is a message by which a person tries a channel.
func Test(channel, host string, now time.Time) govsweep.AlarmMessage {
	return govsweep.AlarmMessage{ID: messageID("test", channel, now.Format(time.RFC3339Nano)), Key: "test", Change: govsweep.AlarmTested, Channel: channel,
		Title: "政府网站检查测试：通知渠道“" + Clean(channel) + "”", Text: "这是一条测试消息，收到即表示该渠道可用，无须办理。\n机器：" + Clean(host) + "\n时间：" + govsweep.ChineseMinute(now), At: now, Next: now}
}
