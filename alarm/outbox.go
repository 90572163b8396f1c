package alarm

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

const (
	claimFor = 2 * time.Minute    // how long a message is its sender's
	stale    = 7 * 24 * time.Hour // from then on a message is of no use
	together = 3                  // messages that wait for one channel become one
	atOnce   = 20                 // messages sent in one go
	maxText  = 12 << 10           // of a digest, bytes
)

// Claim gives the first message that is due over a channel that is not dead,
// and keeps other senders away from it. Several that wait for one channel and
// were never tried become a digest.
func Claim(b *govsweep.AlarmBook, sender string, now time.Time, dead map[string]bool) (m govsweep.AlarmMessage, ok bool) {
	digest(b, now)
	for i := range b.Outbox {
		if m := &b.Outbox[i]; due(m, now) && !dead[m.Channel] {
			m.Sender, m.Claimed = sender, now.Add(claimFor)
			return *m, true
		}
	}
	return m, false
}

// due says whether a message may be sent now. A claim ends by its time; one
// that a wrong clock put far ahead counts for nothing.
func due(m *govsweep.AlarmMessage, now time.Time) bool {
	free := !now.Before(m.Claimed) || m.Claimed.Sub(now) > claimFor
	return free && !now.Before(m.Next)
}

func digest(b *govsweep.AlarmBook, now time.Time) {
	waiting := map[string][]int{}
	var order []string
	for i := range b.Outbox {
		m := &b.Outbox[i]
		if due(m, now) && m.Tries == 0 && m.Sender == "" && m.Change != govsweep.AlarmDigested {
			if waiting[m.Channel] == nil {
				order = append(order, m.Channel)
			}
			waiting[m.Channel] = append(waiting[m.Channel], i)
		}
	}
	var gone []string
	for _, channel := range order {
		if all := waiting[channel]; len(all) >= together {
			d, ids := digestOf(b, all, now)
			gone = append(gone, ids...)
			defer func() { b.Outbox = append(b.Outbox, d) }() // behind the loop: the indexes hold until then
		}
	}
	b.Outbox = slices.DeleteFunc(b.Outbox, func(m govsweep.AlarmMessage) bool { return slices.Contains(gone, m.ID) })
}

// digestOf makes one message of those at the places, as far as they fit.
func digestOf(b *govsweep.AlarmBook, places []int, now time.Time) (d govsweep.AlarmMessage, ids []string) {
	var text strings.Builder
	for _, i := range places {
		m := &b.Outbox[i]
		part := fmt.Sprintf("%d. %s\n%s\n\n", len(ids)+1, m.Title, m.Text)
		if text.Len() > 0 && text.Len()+len(part) > maxText {
			break
		}
		text.WriteString(part)
		ids = append(ids, m.ID)
	}
	return govsweep.AlarmMessage{ID: messageID(ids...), Key: "digest", Change: govsweep.AlarmDigested, Channel: b.Outbox[places[0]].Channel,
		Title: fmt.Sprintf("政府网站检查汇总：%d条消息", len(ids)), Text: strings.TrimSpace(text.String()), At: now, Next: now}, ids
}

// Settle keeps what came of messages: those that were taken go into the
// history, the others wait for their next try, longer each time.
func Settle(b *govsweep.AlarmBook, came map[string]error, now time.Time) {
	b.Outbox = slices.DeleteFunc(b.Outbox, func(m govsweep.AlarmMessage) bool {
		err, ours := came[m.ID]
		if !ours {
			return false
		}
		m.Claimed = time.Time{}
		if err == nil {
			m.Sent, m.Fault = now, ""
		} else if m.Fault = said(err); now.Sub(m.At) > stale {
			m.GivenUp = true
		} else {
			return false
		}
		b.History = append(b.History, m)
		return true
	})
	for i := range b.Outbox {
		if err := came[b.Outbox[i].ID]; err != nil {
			m := &b.Outbox[i]
			m.Tries++
			m.Claimed, m.Fault, m.Next = time.Time{}, said(err), now.Add(backoff(m.Tries))
		}
	}
	b.History = b.History[max(0, len(b.History)-govsweep.AlarmHistory):]
}

// backoff is how long a message waits after it failed: 30 s, 1, 2, … 30 minutes.
func backoff(tries int) time.Duration {
	return min(30*time.Second<<min(max(tries-1, 0), 10), 30*time.Minute)
}

// said is an error as people read it, short.
func said(err error) string {
	s := err.Error()
	if e, ok := asError(err); ok {
		s = e.Say
	}
	r := []rune(Clean(strings.ReplaceAll(s, "\n", " ")))
	return string(r[:min(len(r), 200)])
}
