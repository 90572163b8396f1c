package access

import (
	"fmt"

	"github.com/govsweep/govsweep"
)

// A Chain checks the audit log line by line, from the first. The zero Chain is
// ready.
type Chain struct {
	Anchors []govsweep.AuditHead // heads known from elsewhere: each must be met
	Broken  string               // one sentence on the first fault; "" while there is none
	head    govsweep.AuditHead
}

// Add takes the next line.
func (c *Chain) Add(l *govsweep.AuditLine) {
	switch {
	case c.Broken != "":
		return
	case l.Seq != c.head.Lines+1:
		c.Broken = fmt.Sprintf("第%d行之后应为第%d行，实际为第%d行：其间的行被删除，或有行被插入。", c.head.Lines, c.head.Lines+1, l.Seq)
	case l.Prev != c.head.Digest:
		c.Broken = fmt.Sprintf("第%d行所记的上一行摘要与第%d行不符：其中一行被改动。", l.Seq, l.Seq-1)
	case l.Sum() != l.Digest:
		c.Broken = fmt.Sprintf("第%d行的内容与其摘要不符：该行被改动。", l.Seq)
	}
	c.head = govsweep.AuditHead{Lines: l.Seq, Digest: l.Digest}
	for _, a := range c.Anchors {
		if c.Broken == "" && a.Lines == l.Seq && a.Digest != l.Digest {
			c.Broken = fmt.Sprintf("第%d行的摘要与另行保存的锚点不符：该行或之前的行被改写。", l.Seq)
		}
	}
}

// Head is how far the chain was followed.
func (c *Chain) Head() govsweep.AuditHead { return c.head }

// End says the first fault once all lines were taken. before and after are the
// heads the log gave of itself before and after it was read: lines may have
// been added meanwhile.
func (c *Chain) End(before, after govsweep.AuditHead) string {
	switch {
	case c.Broken != "":
	case c.head.Lines < before.Lines:
		c.Broken = fmt.Sprintf("审计日志应至少有%d行，只读到第%d行：其后的行被删除。", before.Lines, c.head.Lines)
	case c.head.Lines > after.Lines:
		c.Broken = fmt.Sprintf("审计日志应有%d行，却读到第%d行：末尾的行不是本程序写入的。", after.Lines, c.head.Lines)
	case c.head.Lines == before.Lines && c.head.Digest != before.Digest, c.head.Lines == after.Lines && c.head.Digest != after.Digest:
		c.Broken = fmt.Sprintf("末行（第%d行）的摘要与日志的头部记录不符：末行或头部被改动。", c.head.Lines)
	}
	for _, a := range c.Anchors {
		if c.Broken == "" && a.Lines > c.head.Lines {
			c.Broken = fmt.Sprintf("另行保存的锚点在第%d行，日志只到第%d行：其后的行被删除。", a.Lines, c.head.Lines)
		}
	}
	return c.Broken
}
