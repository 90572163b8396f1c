package crawler

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Promise tells in one Chinese sentence how politely host was asked: what was
// promised, what was taken back and why, and what its robots.txt says.
func (s *Stack) Promise(host string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "对%s的访问%s，同时不超过%d个请求，%s，访问标识为“%s”", host, s.rate(), s.opts.Parallel, hours(s.opts.Window), s.opts.agent())
	s.polite.mu.Lock()
	h := s.polite.hosts[host]
	s.polite.mu.Unlock()
	if h != nil {
		b.WriteString("；")
		b.WriteString(h.said())
	}
	if read, ok := s.Robots(host); ok {
		b.WriteString("；")
		b.WriteString(strings.TrimSuffix(read.Note, "。"))
	} else {
		b.WriteString("；" + s.opts.Robots.said())
	}
	return b.String() + "。"
}

func (s *Stack) rate() string {
	if s.opts.Rate < 0 {
		return "不限每秒请求数"
	}
	return "每秒不超过" + decimal(s.opts.Rate) + "个请求"
}

func hours(w *TimeWindow) string {
	if s := w.String(); s != "全天" {
		return "时间限于" + s
	}
	return "时间不限"
}

func (r RobotsPolicy) said() string {
	if r.Override {
		return "依" + r.Authority + "的授权不采用robots.txt的限制"
	}
	return "遵守网站的robots.txt"
}

// said tells the back-offs of a host.
func (p *pace) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.backoffs+p.halvings == 0 {
		return "期间网站没有要求放慢"
	}
	text := fmt.Sprintf("应网站要求放慢%d次，因响应变慢主动放慢%d次", p.backoffs, p.halvings)
	if p.interval > p.base {
		text += "，现为每秒" + decimal(float64(time.Second)/float64(p.interval)) + "个请求"
	}
	return text
}

func decimal(f float64) string {
	return strconv.FormatFloat(float64(int(f*100+0.5))/100, 'f', -1, 64)
}
