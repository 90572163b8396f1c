package reports_test

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/reports"
)

func TestADeadlineThatIsStillToComeIsNotMissed(t *testing.T) {
	in := quarter()
	in.Date, in.Today = time.Time{}, at("2026-09-20")
	for name, draw := range map[string]func(*reports.CircularInput){
		"without a date it counts from today":   func(*reports.CircularInput) {},
		"a date to come counts from today":      func(in *reports.CircularInput) { in.Date = at("2026-12-31") },
		"a date before today counts on its day": func(in *reports.CircularInput) { in.Date, in.Today = at("2026-09-20"), at("2026-12-31") },
	} {
		in := in
		draw(&in)
		c, _ := newCircular(t, in, reports.VetoStyle)
		if n := c.Find("notices.late"); n.Text != "0" {
			t.Errorf("%s: %s notices late", name, n.Text)
		}
	}
}

func TestWhatWasMendedLateWasLateAllTheSame(t *testing.T) {
	in := quarter()
	in.Notices = in.Notices[:1]
	in.Notices[0].Steps = append(in.Notices[0].Steps,
		govsweep.NoticeStep{At: at("2026-10-01"), Event: "overdue", To: govsweep.NoticeOverdue},
		govsweep.NoticeStep{At: at("2026-10-08"), Event: "escalate", To: govsweep.NoticeEscalated},
		govsweep.NoticeStep{At: at("2026-10-10"), Event: "close", To: govsweep.NoticeClosed})
	c, f := newCircular(t, in, reports.VetoStyle)
	body := bodyText(reports.CircularPaper(c, f))
	for _, want := range []string{"已销号1份。", "曾逾期1份（其中1份现已整改销号），曾督办1份（其中1份现已整改销号）。", "已发督办单的1份（其中1份现已整改销号）：", "，现已整改销号）"} {
		if !strings.Contains(body, want) {
			t.Errorf("not said: %s", want)
		}
	}
	in.Date = at("2026-10-05") // before it was escalated
	c, _ = newCircular(t, in, reports.VetoStyle)
	if over, order := c.Find("notices.overdue").Text, c.Find("notices.escalated").Text; over != "1" || order != "0" {
		t.Errorf("on 5 October %s overdue and %s escalated", over, order)
	}
}
