package farm

import (
	"bytes"
	"strings"
	"testing"

	"github.com/govsweep/govsweep"
)

// perfect is what an inspection finds that makes no mistake.
func perfect(truths []Truth) []govsweep.Finding {
	var out []govsweep.Finding
	for _, tr := range truths {
		if tr.Kind == Planted {
			out = append(out, govsweep.Finding{Indicator: tr.Indicator, URL: tr.URL, Pages: []string{tr.URL}, Target: govsweep.Target{Code: tr.Site, URL: tr.Home}})
		}
	}
	return out
}

func TestAPerfectInspectionScoresFull(t *testing.T) {
	truths := fixed(t, 1).Truth()
	r := Score(truths, perfect(truths))
	if !r.OK(1, 1) || len(r.Missed)+len(r.Wrong) > 0 {
		t.Fatalf("recall %v, precision %v, missed %d, wrong %v", r.Total.Recall(), r.Total.Precision(), len(r.Missed), r.Wrong)
	}
}

func TestEveryMistakeCosts(t *testing.T) {
	truths := fixed(t, 1).Truth()
	found := perfect(truths)
	if r := Score(truths, found[1:]); r.OK(1, 0) || len(r.Missed) != 1 {
		t.Errorf("a missed fault: recall %v, missed %d", r.Total.Recall(), len(r.Missed))
	}
	for _, tr := range truths {
		if tr.Kind != LookAlike || tr.Indicator == anyIndicator {
			continue
		}
		wrong := govsweep.Finding{Indicator: tr.Indicator, URL: tr.URL, Target: govsweep.Target{Code: tr.Site, URL: tr.Home}}
		if r := Score(truths, append(found, wrong)); r.OK(0, 1) || len(r.Wrong) != 1 || r.Wrong[0].Alike == "" {
			t.Fatalf("falling for %s at %s cost nothing: %+v", tr.Indicator, tr.URL, r.Wrong)
		}
		break
	}
	for _, tr := range truths {
		if tr.Indicator == anyIndicator {
			wrong := govsweep.Finding{Indicator: "soft-404", URL: tr.URL, Target: govsweep.Target{URL: tr.Home}}
			if r := Score(truths, append(found, wrong)); len(r.Wrong) != 1 {
				t.Errorf("a finding on a site nobody could read cost nothing")
			}
		}
	}
}

func TestADeadLinkIsFoundInTheDetail(t *testing.T) {
	tr := Truth{Site: "9800000001", Home: "http://www.x.gov.cn:1/", Indicator: innerLinkDead, URL: "http://www.gone.cn:1/a.html", Also: []string{"http://www.x.gov.cn:1/p.html"}, Kind: Planted}
	f := govsweep.Finding{Indicator: innerLinkDead, URL: tr.Also[0], Pages: tr.Also, Detail: []string{"失效链接：http://www.gone.cn:1/a.html，返回404。"}, Target: govsweep.Target{URL: tr.Home}}
	if r := Score([]Truth{tr}, []govsweep.Finding{f}); !r.OK(1, 1) {
		t.Errorf("%+v", r)
	}
	f.Detail = nil
	if r := Score([]Truth{tr}, []govsweep.Finding{f}); r.Total.Found != 0 {
		t.Error("the page alone does not name the dead link")
	}
}

func TestTheScoreFitsATerminal(t *testing.T) {
	truths := fixed(t, 1).Truth()
	var b bytes.Buffer
	if err := Score(truths, perfect(truths)).Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if len([]rune(line)) > 80 {
			t.Errorf("%d columns: %s", len([]rune(line)), line)
		}
	}
}

func TestTruthSurvivesItsFile(t *testing.T) {
	truths := fixed(t, 1).Truth()
	var b bytes.Buffer
	if err := WriteTruth(&b, truths); err != nil {
		t.Fatal(err)
	}
	again, err := ReadTruth(&b)
	if err != nil || len(again) != len(truths) || again[7].URL != truths[7].URL {
		t.Fatalf("%d of %d truths read: %v", len(again), len(truths), err)
	}
	if _, err := ReadTruth(strings.NewReader("{\"site\":1}")); err == nil {
		t.Error("a broken line was taken")
	}
}
