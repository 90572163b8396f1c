package sweep

import (
	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
)

// roles decides why an address is visited, by what the page says of it and
// by its shape: addresses of other hosts are only probed.
type roles struct{ scope crawler.Scope }

// visit makes the visit a lead of page from leads to; false when it is not
// followed.
func (r *roles) visit(from *govsweep.Visit, column string, l lead) (govsweep.Visit, bool) {
	v := govsweep.Visit{Key: l.key, URL: l.url, Form: l.form, Depth: from.Depth + 1, Via: from.URL}
	v.Role, v.Column = r.role(from, column, l)
	if v.Role == "" {
		return v, false
	}
	if v.Role.Rank() > govsweep.ArticleRole.Rank() || l.as == asCall {
		return v, true
	}
	if _, trap := crawler.Trap(v.URL); trap {
		return v, false
	}
	listed := v.Role == govsweep.ListRole && from.Role != govsweep.DoubtfulRole // the days of a calendar look like a pager
	if !listed && l.as != asSelf && doubtful(v.URL, l.as == asNav) {
		v.Role = govsweep.DoubtfulRole
	}
	return v, true
}

func (r *roles) role(from *govsweep.Visit, column string, l lead) (govsweep.Role, string) {
	if l.as == asImage {
		return govsweep.ImageRole, ""
	}
	if l.as == asCall {
		return govsweep.ListCallRole, column
	}
	if !r.scope.Same(l.url) {
		if l.as == asMore || l.as == asSelf {
			return "", ""
		}
		return govsweep.ProbeRole, ""
	}
	switch l.as {
	case asSelf:
		return from.Role, from.Column
	case asMore, asPager:
		if column == "" {
			return govsweep.ArticleRole, ""
		}
		return govsweep.ListRole, column
	}
	return r.page(l, column)
}

// page tells columns, articles and files of the site itself apart.
func (r *roles) page(l lead, column string) (govsweep.Role, string) {
	switch {
	case l.as == asAttachment || attachmentShape(l.url):
		return govsweep.AttachmentRole, column
	case articleShape(l.url):
		return govsweep.ArticleRole, ""
	case l.as == asNav || directoryShape(l.url):
		return govsweep.ColumnRole, l.url
	}
	return govsweep.ArticleRole, ""
}
