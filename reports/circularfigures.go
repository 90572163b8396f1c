package reports

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
)

// Figures are blocks of a circular that a sweep of sites does not measure.
// A nil block was not inspected in this period and is said to be so; nothing
// is ever printed as 0 that nobody counted. A number that is nil is unknown.
type Figures struct {
	Accounts        *AccountFigures        `yaml:"accounts"`
	IPv6            *IPv6Figures           `yaml:"ipv6"`
	Interpretations *InterpretationFigures `yaml:"interpretations"`
	Messages        *MessageFigures        `yaml:"messages"`
}

// AccountFigures are the 政务新媒体 of the area by platform.
type AccountFigures struct {
	Source      string            `yaml:"source"` // who supplied them, printed as 据…提供; "" = inspected by ourselves
	Platforms   []AccountPlatform `yaml:"platforms"`
	Unqualified []AccountFault    `yaml:"unqualified"` // 不合格 accounts, each with its fact
	Faults      []AccountFault    `yaml:"faults"`      // faults named beside them
	Sweep       int64             `yaml:"-"`           // that judged them; 0 for none
	AsOf        time.Time         `yaml:"-"`           // check point of Sweep
	Why         string            `yaml:"-"`           // why a sweep that is there is left out, a Chinese sentence
}

// AccountPlatform are the accounts on one platform.
type AccountPlatform struct {
	Name        string `yaml:"name"` // 微信公众号
	Registered  *int   `yaml:"registered"`
	Checked     *int   `yaml:"checked"`
	Qualified   *int   `yaml:"qualified"`
	Unqualified *int   `yaml:"unqualified"`
	Undecided   *int   `yaml:"undecided"`
	Posts       *int   `yaml:"posts"` // items published in the period
	Seen        int    `yaml:"-"`     // where Posts is not known: what sources showed of them
}

// AccountFault is one fault of one account.
type AccountFault struct {
	Account  string `yaml:"account"`
	Platform string `yaml:"platform"`
	Host     string `yaml:"host"`
	Fault    string `yaml:"fault"` // 监测时间点前2周内无更新
}

// IPv6Figures are the results of IPv6 probes.
type IPv6Figures struct {
	Source string    `yaml:"source"`
	Rows   []IPv6Row `yaml:"rows"`
}

// IPv6Row is one area, unit or site.
type IPv6Row struct {
	Name   string   `yaml:"name"`
	Sites  *int     `yaml:"sites"`  // sites probed
	Home   *int     `yaml:"home"`   // of them with a home page that answers over IPv6
	Second *float64 `yaml:"second"` // per cent of second-level links that answer
	Third  *float64 `yaml:"third"`
}

// InterpretationFigures count 政策解读.
type InterpretationFigures struct {
	Source string              `yaml:"source"`
	Rows   []InterpretationRow `yaml:"rows"`
}

// InterpretationRow is one unit or area.
type InterpretationRow struct {
	Name    string `yaml:"name"`
	Items   *int   `yaml:"items"`
	NonText *int   `yaml:"non_text"` // 图解、音视频、动漫 among them
}

// MessageFigures count messages of “我为政府网站找错”.
type MessageFigures struct {
	Source string       `yaml:"source"`
	Span   string       `yaml:"span"` // 4月1日至6月25日; "" = the period
	Rows   []MessageRow `yaml:"rows"`
}

// MessageRow is one unit or area.
type MessageRow struct {
	Name     string `yaml:"name"`
	Received *int   `yaml:"received"`
	InTime   *int   `yaml:"in_time"` // finished within the period allowed
}

// LoadFigures reads a bureau's YAML file of figures from elsewhere. Each
// block must name its source; an unknown key or a number below zero is
// refused with its place.
func LoadFigures(r io.Reader) (*Figures, error) {
	var f Figures
	if err := strictYAML(r, "数据文件", &f); err != nil {
		return nil, err
	}
	if err := f.check(true); err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "数据文件" + err.Error(), Err: err}
	}
	return &f, nil
}

func (f *Figures) check(sourced bool) error {
	var faults []error
	source := func(block, s string) {
		if sourced && clean(s) == "" {
			faults = append(faults, fmt.Errorf("“%s”未写明数据来源（source）", block))
		}
	}
	if a := f.Accounts; a != nil {
		source("accounts", a.Source)
		for _, p := range a.Platforms {
			faults = append(faults, figureParts("accounts", p.Name, p.Checked, p.Qualified, p.Unqualified, p.Undecided), figureWhole("accounts", p.Name, p.Registered, p.Posts))
		}
	}
	if b := f.IPv6; b != nil {
		source("ipv6", b.Source)
		for _, r := range b.Rows {
			faults = append(faults, figureParts("ipv6", r.Name, r.Sites, r.Home), figurePercent("ipv6", r.Name, r.Second), figurePercent("ipv6", r.Name, r.Third))
		}
	}
	if b := f.Interpretations; b != nil {
		source("interpretations", b.Source)
		for _, r := range b.Rows {
			faults = append(faults, figureParts("interpretations", r.Name, r.Items, r.NonText))
		}
	}
	if b := f.Messages; b != nil {
		source("messages", b.Source)
		for _, r := range b.Rows {
			faults = append(faults, figureParts("messages", r.Name, r.Received, r.InTime))
		}
	}
	return errors.Join(faults...)
}

// figureParts refuses numbers below zero and parts that are more than their whole.
func figureParts(block, name string, all *int, some ...*int) error {
	if err := figureWhole(block, name, append(some, all)...); err != nil {
		return err
	}
	sum := 0
	for _, n := range some {
		if n != nil {
			sum += *n
		}
	}
	if all != nil && sum > *all {
		return fmt.Errorf("“%s”中“%s”的分项合计%d大于总数%d", block, clean(name), sum, *all)
	}
	return nil
}

func figureWhole(block, name string, numbers ...*int) error {
	for _, n := range numbers {
		if n != nil && (*n < 0 || *n > 1_000_000_000) {
			return fmt.Errorf("“%s”中“%s”的数值%d不正确", block, clean(name), *n)
		}
	}
	return nil
}

func figurePercent(block, name string, v *float64) error {
	if v != nil && !(*v >= 0 && *v <= 100) {
		return fmt.Errorf("“%s”中“%s”的百分比应在0至100之间", block, clean(name))
	}
	return nil
}
