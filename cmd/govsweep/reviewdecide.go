package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

// reject asks for one of the common reasons by its number, or for words.
func (r *reviewer) reject(c *reviewCase) error {
	for i, why := range rejectReasons {
		fmt.Fprintf(r.out, "　%d %s\n", i+1, why)
	}
	fmt.Fprint(r.out, "　0 另写理由\n理由：")
	k, err := r.keys.key()
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%c\n", k)
	reason := ""
	if n := int(k - '1'); n >= 0 && n < len(rejectReasons) {
		reason = rejectReasons[n]
	} else if reason, err = r.words("请写明排除的理由："); err != nil {
		return err
	}
	return r.keep(c, govsweep.Reject, reason, "")
}

// exempt asks for the reason and the last day.
func (r *reviewer) exempt(c *reviewCase) error {
	reason, err := r.words("请写明豁免的理由：")
	if err != nil {
		return err
	}
	yearEnd := time.Now().In(govsweep.Shanghai).Format("2006") + "-12-31"
	fmt.Fprintf(r.out, "豁免的最后一日（直接回车为%s）：", yearEnd)
	until, err := r.keys.line()
	if err != nil {
		return err
	}
	return r.keep(c, govsweep.Exempt, reason, firstOf(until, yearEnd))
}

// words asks until something is written.
func (r *reviewer) words(prompt string) (string, error) {
	for {
		fmt.Fprint(r.out, prompt)
		s, err := r.keys.line()
		if err != nil || s != "" {
			return s, err
		}
	}
}

// keep stores one decision about a case. What a person may mend is said and
// the review goes on.
func (r *reviewer) keep(c *reviewCase, event govsweep.Event, reason, until string) error {
	ids := make([]string, len(c.findings))
	for i := range c.findings {
		ids[i] = c.findings[i].ID
	}
	moves, err := r.decide(ids, event, reason, until)
	switch govsweep.KindOf(err) {
	case "":
		r.done = append(r.done, reviewDone{moves})
		if len(moves) > 0 && moves[0].Event == govsweep.Endorse {
			fmt.Fprintln(r.out, "　已初核。单项否决问题须由第二名检查人员复核后才算确认。")
		}
		return nil
	case govsweep.Wrong, govsweep.Conflict, govsweep.NotFound:
		fmt.Fprintln(r.out, "　"+said(err)+"　该问题未作处理。")
		r.done = append(r.done, reviewDone{})
		return nil
	}
	return err
}

// takeBack undoes the decision before; true when it is to be made again.
func (r *reviewer) takeBack() (bool, error) {
	if len(r.done) == 0 {
		fmt.Fprintln(r.out, "　本次还没有可以撤回的决定。")
		return false, nil
	}
	last := r.done[len(r.done)-1]
	r.done = r.done[:len(r.done)-1]
	if len(last.moves) > 0 {
		ids := make([]string, len(last.moves))
		for i := range last.moves {
			ids[i] = last.moves[i].Finding
		}
		if err := r.undo(ids); err != nil {
			if k := govsweep.KindOf(err); k != govsweep.Wrong && k != govsweep.Conflict {
				return false, err
			}
			fmt.Fprintln(r.out, "　"+said(err))
			return false, nil
		}
		fmt.Fprintln(r.out, "　已撤回：", strings.Join(ids, "、"))
	}
	return true, nil
}
