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

func TestNobodyIsNamedAsContactWhomNobodyEntered(t *testing.T) {
	for name, c := range map[string]struct{ contact, phone, want, never string }{
		"neither":      {"", "", "", "联系"},
		"person alone": {"王芳", "", "联系人：王芳。", "联系电话"},
		"phone alone":  {"", "0000-1234567", "联系电话：0000-1234567。", "联系人"},
		"both":         {"王芳", "0000-1234567", "联系人：王芳；联系电话：0000-1234567。", "—；"},
	} {
		f := circularForm(t, reports.VetoStyle)
		f.Contact, f.Phone = c.contact, c.phone
		made, err := reports.NewCircular(quarter(), f)
		if err != nil {
			t.Fatal(err)
		}
		all := paragraphs(reports.CircularPaper(made, f))
		if last := all[len(all)-1]; c.want != "" && last != c.want || strings.Contains(last, c.never) {
			t.Errorf("%s: %s", name, last)
		}
	}
}

func TestASiteIsNamedOnceForEachCauseAndTheRestStandInTheList(t *testing.T) {
	in := quarter()
	one := in.Targets[0].Findings[0]
	one.Status, one.Confirmed = govsweep.Confirmed, true
	var many []reports.CircularFinding
	for i, cause := range []string{"a", "a", "a", "b", "c", "d", "e"} {
		f := one
		f.ID, f.Cause, f.Column = one.ID+string(rune('0'+i)), cause, nil
		f.Summary = "网页http://example.gov.cn/" + strings.Repeat(string(rune('a'+i)), 20) + "的链接打不开。"
		many = append(many, f)
	}
	in.Targets[0].Findings = many
	c, f := newCircular(t, in, reports.ColumnStyle)
	for _, p := range paragraphs(reports.CircularPaper(c, f)) {
		if strings.HasPrefix(p, "1.") {
			if n := strings.Count(p, "打不开"); n != f.Examples || !strings.Contains(p, "；其余详见问题清单。") {
				t.Errorf("%d faults named: %s", n, p)
			}
			return
		}
	}
	t.Error("the site is not named")
}

func TestTheFilesOfACircularAreCalledByItsPeriodAndSweeps(t *testing.T) {
	in := quarter()
	c, _ := newCircular(t, in, reports.VetoStyle)
	if got := c.FileName(); got != "通报-2026年第三季度-第12次检查" {
		t.Errorf("called %s", got)
	}
	names := map[string]bool{c.FileName(): true}
	for _, label := range []string{"../../etc", "2026:第三季度", "2026?第三季度", strings.Repeat("长", 200), "CON", ""} {
		in.Period.Label = label
		c, _ := newCircular(t, in, reports.VetoStyle)
		name := c.FileName()
		if names[name] || len(name) > 200 || strings.ContainsAny(name, `/\:*?"<>|. `) {
			t.Errorf("%q is called %q", label, name)
		}
		names[name] = true
	}
}
