package sweep

import "github.com/govsweep/govsweep"

// Limits bound one inspection of one site. The zero value of a field means
// its default.
type Limits struct {
	Pages       int // pages of the site; 0 = 1,000, negative = no limit
	Attachments int // 0 = 300, negative = none
	Images      int // 0 = 300, negative = none
	Probes      int // addresses of other hosts; 0 = 500, negative = none
	Parallel    int // workers; 0 = 2. The fetcher holds each host to its own limit
}

func (l Limits) filled() Limits {
	l.Pages = orInt(l.Pages, 1000)
	l.Attachments = orInt(l.Attachments, 300)
	l.Images = orInt(l.Images, 300)
	l.Probes = orInt(l.Probes, 500)
	l.Parallel = orInt(l.Parallel, 2)
	return l
}

func orInt(v, fallback int) int {
	if v == 0 {
		return fallback
	}
	return v
}

// phase is one budget of a crawl: what it takes, how much of it, and what is
// said of the rest.
type phase struct {
	role    govsweep.Role // the last role it takes
	limit   int           // negative: all
	skipped string
}

// phases lists the budgets in the order in which they are spent. Pages share
// one budget with doubtful pages, which are taken a few at a time.
func (l Limits) phases() []phase {
	return []phase{
		{govsweep.ArticleRole, l.Pages, "超出本次检查的页面数上限"},
		{govsweep.DoubtfulRole, l.Pages, "超出本次检查的页面数上限"},
		{govsweep.AttachmentRole, max(l.Attachments, 0), "超出本次检查的附件数上限"},
		{govsweep.ImageRole, max(l.Images, 0), "超出本次检查的图片数上限"},
		{govsweep.ProbeRole, max(l.Probes, 0), "超出本次检查的外部链接数上限"},
		{govsweep.SecondLookRole, -1, ""},
	}
}
