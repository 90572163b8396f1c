package main

import (
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
)

type noticeReceiveCmd struct {
	noticeID
	act
}

// Run records who signed for a paper.
func (c *noticeReceiveCmd) Run(a *app) error {
	return c.step(a, c.ID, rectify.StepReceive, func(t *rectify.Turn) error { return nil })
}

// step takes a step a person asked for and prints where the notice stands.
func (w act) step(a *app, id, event string, fill func(t *rectify.Turn) error) error {
	n, err := w.turn(a, id, event, fill)
	if err != nil {
		return err
	}
	return a.say(n, stands(n))
}

func (w act) turn(a *app, id, event string, fill func(t *rectify.Turn) error) (*govsweep.Notice, error) {
	at, err := w.at()
	if err != nil {
		return nil, err
	}
	o, err := a.office()
	if err != nil {
		return nil, err
	}
	defer o.db.Close()
	t := rectify.Turn{At: at, By: w.By}
	if err := fill(&t); err != nil {
		return nil, err
	}
	return o.desk.Step(a.ctx, id, event, t)
}

// stands says where a notice stands, in one sentence.
func stands(n *govsweep.Notice) string {
	s := fmt.Sprintf("%s（%s）：%s", reports.Clean(firstOf(n.Number, n.ID)), n.ID, rectify.StateWord(n.State))
	if open := rectify.Open(n); len(open) > 0 && n.State != govsweep.NoticeDraft && n.State != govsweep.NoticeWithdrawn {
		s += fmt.Sprintf("，未了结的有第%s项", govsweep.Ranges(open))
	}
	return s + "。"
}

// sameCause says how far items named by number reach.
type sameCause struct {
	Only bool `help:"只及于所列各项。默认连同属于同一问题（同一原因）的其他项。"`
}

type noticeAnswerCmd struct {
	noticeID
	sameCause
	Item        []int  `help:"针对第几项问题，可重复。默认为全部未了结的。" placeholder:"项"`
	Measures    string `required:"" help:"整改措施。" placeholder:"文字"`
	Done        string `help:"完成时间，如 2026-11-20。" placeholder:"日期"`
	Responsible string `help:"责任人。" placeholder:"姓名"`
	Proof       string `help:"佐证：说明或网址。" placeholder:"文字"`
	NoRetest    bool   `help:"不随即复查（留待 govsweep notice due）。"`
	act
	lookFlags
}

// Help shows an answer.
func (c *noticeAnswerCmd) Help() string {
	return `文书把同一原因的几项合并为一个问题，对其中一项的回复默认及于同一问题的其他各项：尚未回复的，以及原先内容相同的回复；另有不同回复的不改动，已了结的不再登记。只针对所列各项的，加 --only。

登记后随即只复查所涉的页面：问题不再存在且取得新的证据的，该项了结；全部了结的，通知书自动销号。

示例：
  govsweep notice answer N3 --by 李四 --measures "已补发8条信息" --done 2026-11-20 --responsible 王五
  govsweep notice answer N3 --item 2 --item 5 --by 李四 --measures "栏目已合并"`
}

// Run records an answer and looks again.
func (c *noticeAnswerCmd) Run(a *app) error {
	n, err := c.turn(a, c.ID, rectify.StepAnswer, func(t *rectify.Turn) error {
		if c.Done != "" {
			if _, err := time.Parse("2006-01-02", c.Done); err != nil {
				return &govsweep.Error{Kind: govsweep.Wrong, Say: "完成时间“" + c.Done + "”不正确，应如 2026-11-20"}
			}
		}
		t.Items, t.Same = c.Item, !c.Only
		t.Answer = &govsweep.Answer{At: t.At, By: c.By, Measures: c.Measures, Done: c.Done, Responsible: c.Responsible, Proof: c.Proof}
		return nil
	})
	if err != nil {
		return err
	}
	if c.NoRetest {
		return a.say(n, stands(n))
	}
	fmt.Fprintln(a.stderr, stands(n), "随即复查。")
	return a.retestNotice(n.ID, n.Steps[len(n.Steps)-1].Items, "", c.crawl())
}

type noticeDisputeCmd struct {
	noticeID
	sameCause
	Item   []int  `required:"" help:"针对第几项问题，可重复。" placeholder:"项"`
	Reason string `required:"" help:"异议的理由。" placeholder:"文字"`
	act
}

// Run records an objection of the unit.
func (c *noticeDisputeCmd) Run(a *app) error {
	return c.step(a, c.ID, rectify.StepDispute, func(t *rectify.Turn) error {
		t.Items, t.Reason, t.Same = c.Item, c.Reason, !c.Only
		return nil
	})
}

type noticeDecideCmd struct {
	noticeID
	sameCause
	Uphold   []int  `help:"异议不成立的项，可重复：仍须整改。" placeholder:"项"`
	Overturn []int  `help:"异议成立的项，可重复：问题排除。" placeholder:"项"`
	Reason   string `required:"" help:"裁定的理由。" placeholder:"文字"`
	act
}

// Run decides about objections.
func (c *noticeDecideCmd) Run(a *app) error {
	return c.step(a, c.ID, rectify.StepDecide, func(t *rectify.Turn) error {
		if len(c.Uphold)+len(c.Overturn) == 0 {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: "请用 --uphold（异议不成立）或 --overturn（异议成立）写明是第几项"}
		}
		t.Upheld, t.Overturned, t.Reason, t.Same = c.Uphold, c.Overturn, c.Reason, !c.Only
		return nil
	})
}

// Help shows how it is used.
func (noticeDisputeCmd) Help() string {
	return `示例：
  govsweep notice dispute N3 --item 2 --by 李四 --reason "该栏目已于10月合并"`
}
