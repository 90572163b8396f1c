package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

type junitSuites struct {
	XMLName xml.Name      `xml:"testsuites"`
	Name    string        `xml:"name,attr"`
	Suites  []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string    `xml:"name,attr"`
	Class   string    `xml:"classname,attr"`
	Failure *junitMsg `xml:"failure,omitempty"`
	Error   *junitMsg `xml:"error,omitempty"`
	Skipped *junitMsg `xml:"skipped,omitempty"`
}

type junitMsg struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes outcomes as JUnit XML, one suite a target and one case an
// indicator: found is a failure, broken an error, and whatever was not
// measured or waits for a person is skipped, never passed.
func JUnit(w io.Writer, outcomes []govsweep.Outcome, findings []govsweep.Finding) error {
	said := map[string][]string{}
	for i := range findings {
		f := &findings[i]
		key := f.Target.URL + "\x00" + string(f.Indicator)
		said[key] = append(said[key], clean(f.Summary)+" "+clean(f.URL))
	}
	all := junitSuites{Name: "govsweep"}
	suites := map[string]*junitSuite{}
	for i := range outcomes {
		o := &outcomes[i]
		s := suites[o.Target.URL]
		if s == nil {
			s = &junitSuite{Name: clean(strings.TrimSpace(o.Target.Name + " " + o.Target.URL))}
			suites[o.Target.URL] = s
			all.Suites = append(all.Suites, s)
		}
		s.add(o, said[o.Target.URL+"\x00"+string(o.Indicator)])
	}
	b, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("encode junit: %w", err)
	}
	if _, err := w.Write([]byte(xml.Header + string(b) + "\n")); err != nil {
		return fmt.Errorf("write junit: %w", err)
	}
	return nil
}

func (s *junitSuite) add(o *govsweep.Outcome, said []string) {
	c := junitCase{Name: clean(strings.TrimSpace(o.BookID + " " + o.Title)), Class: clean(string(o.Class) + "." + string(o.Indicator))}
	why := clean(o.Reason)
	s.Tests++
	switch {
	case o.Status == govsweep.Passed && o.Review == "":
	case o.Status == govsweep.Passed:
		s.Skipped++
		c.Skipped = &junitMsg{"须人工核对：" + clean(o.Review), ""}
	case o.Status == govsweep.Found:
		s.Failures++
		c.Failure = &junitMsg{fmt.Sprintf("发现%d处问题", o.Count), strings.Join(said, "\n")}
	case o.Status == govsweep.Broken:
		s.Errors++
		c.Error = &junitMsg{why, ""}
	default:
		s.Skipped++
		c.Skipped = &junitMsg{outcomeWord(o.Status) + "：" + why, ""}
	}
	s.Cases = append(s.Cases, c)
}
