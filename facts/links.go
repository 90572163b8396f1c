package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// What of a page's links is kept at most.
const (
	maxPageLinks = 5_000
	maxLinkSpots = 200
	maxLinkText  = 60
)

// enterLinks fills in where the page points: each address once, in page
// order, and the links that are wrong by themselves.
func (d *Document) enterLinks(f *govsweep.PageFacts) {
	l := linkList{d: d, at: make(map[string]int, len(d.Links)), links: make([]govsweep.Link, 0, min(len(d.Links), maxPageLinks))}
	for i := range d.Links {
		if a := &d.Links[i]; a.HasHref && a.Hiding&ByTemplate == 0 {
			l.anchor(a)
		}
	}
	l.images(f.Kind)
	if len(l.links) > 0 {
		f.Links = l.links
	}
	f.EmptyLinks, f.HiddenLinks = d.emptyLinks(), d.hiddenLinks()
}

type linkList struct {
	d     *Document
	links []govsweep.Link
	at    map[string]int
}

func (l *linkList) anchor(a *Anchor) {
	if a.Href == "" || a.Href[0] == '#' || isScriptRef(a.Href) || strings.Contains(a.Href, "{{") {
		return
	}
	if u, ok := l.d.Resolve(a.Href); ok {
		l.add(u, l.d.linkClass(a, u), l.d.linkText(a))
	}
}

// add enters a link. Of several to one address a menu tells the class and
// the first with words the text.
func (l *linkList) add(u string, class govsweep.LinkClass, text string) {
	if i, seen := l.at[u]; seen {
		k := &l.links[i]
		if k.Text == "" {
			k.Text = text
		}
		if class == govsweep.NavLink && k.Class == govsweep.InternalLink {
			k.Class = class
			if text != "" {
				k.Text = text
			}
		}
		return
	}
	if len(l.links) < maxPageLinks {
		l.at[u] = len(l.links)
		l.links = append(l.links, govsweep.Link{URL: u, Class: class, Text: text})
	}
}

// images enters the pictures of an article's body and of the home page.
func (l *linkList) images(kind govsweep.PageKind) {
	if kind != govsweep.ArticlePage && kind != govsweep.HomePage {
		return
	}
	for _, img := range l.d.Images {
		src := strings.TrimSpace(img.Attr("src"))
		if src == "" || strings.HasPrefix(src, "data:") || img.Hiding&ByTemplate != 0 || strings.Contains(src, "{{") ||
			kind == govsweep.ArticlePage && img.Region != BodyRegion {
			continue
		}
		if u, ok := l.d.Resolve(src); ok {
			l.add(u, govsweep.ImageLink, clipRunes(squeeze(img.Attr("alt")), maxLinkText))
		}
	}
}

// isScriptRef says whether a reference is run and not opened.
func isScriptRef(href string) bool {
	return len(href) >= 11 && strings.EqualFold(href[:11], "javascript:")
}

// linkText gives the visible words of a link, else its title or the words of
// its picture.
func (d *Document) linkText(a *Anchor) string {
	if a.Text != "" {
		return clipRunes(a.Text, maxLinkText)
	}
	if a.Title != "" {
		return clipRunes(squeeze(a.Title), maxLinkText)
	}
	if img := a.Node.First; img != nil && img.Name == "img" {
		return clipRunes(squeeze(img.Attr("alt")), maxLinkText)
	}
	return ""
}

func (d *Document) linkClass(a *Anchor, u string) govsweep.LinkClass {
	ext := extension(u)
	switch {
	case isDownload(u, ext):
		return govsweep.AttachmentLink
	case isPicture(ext):
		return govsweep.ImageLink
	case !d.sameSite(u):
		return govsweep.ExternalLink
	case isPagerText(a.Text):
		return govsweep.PagerLink
	case a.Region == NavRegion || a.Region == CrumbRegion:
		return govsweep.NavLink
	}
	return govsweep.InternalLink
}

// isPagerText says whether the words of a link turn the page of a list.
func isPagerText(text string) bool {
	if text == "" || len(text) > 24 || text[0] >= 0xE4 && !strings.Contains(text, "页") {
		return false
	}
	switch strings.Trim(text, " []<>«»‹›|") {
	case "上一页", "下一页", "尾页", "末页", "上页", "下页", "最后一页", "前一页", "后一页", "Next", "next", "prev", "Prev":
		return true
	case "":
		return true // > or »
	}
	if len(text) > 4 {
		return false
	}
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// sameSite says whether an address belongs to the site: to one of its hosts,
// within the sub-path the register gives, or to the host of the page.
func (d *Document) sameSite(u string) bool {
	host := address.Host(u)
	if len(d.Site.Hosts) == 0 {
		return host == address.Host(d.URL)
	}
	for _, own := range d.Site.Hosts {
		name, sub, nested := strings.Cut(own, "/")
		if name == host && (!nested || sub == "" || underPath(address.Path(u), "/"+strings.Trim(sub, "/"))) {
			return true
		}
	}
	return false
}

func underPath(path, sub string) bool {
	rest, ok := strings.CutPrefix(path, sub)
	return ok && (rest == "" || rest[0] == '/')
}

// fileTypes are the extensions of files that are no pages.
const fileTypes = " pdf doc docx xls xlsx et wps ppt pptx dps zip rar 7z gz tar txt csv ofd ceb mp3 mp4 wmv avi flv mov rm rmvb wma apk exe rtf xlsm docm "

const pictureTypes = " jpg jpeg png gif bmp webp svg tif tiff ico "

// handouts are parts of addresses that hand out files whatever their name.
var handouts = [...]string{"/downfile", "/download", "downloadattach", "filedown", "/attachdown", "/upload_file", "downloadfile", "/attach/", "file_id="}

// isDownload says whether an address is one of a file to download.
func isDownload(u, ext string) bool {
	if ext != "" && strings.Contains(fileTypes, " "+ext+" ") {
		return true
	}
	switch ext {
	case "", "jsp", "do", "aspx", "ashx", "action", "php":
	default:
		return false
	}
	if ext == "" && strings.IndexByte(u, '?') < 0 {
		return false
	}
	low := lower(u)
	for _, part := range handouts {
		if strings.Contains(low, part) {
			return true
		}
	}
	return false
}

func isPicture(ext string) bool {
	return ext != "" && strings.Contains(pictureTypes, " "+ext+" ")
}

// extension gives the extension of the last segment of a path, in lower
// case, "" when there is none.
func extension(u string) string {
	for _, end := range [...]byte{'?', '#'} {
		if i := strings.IndexByte(u, end); i >= 0 {
			u = u[:i]
		}
	}
	file := u[strings.LastIndexByte(u, '/')+1:]
	i := strings.LastIndexByte(file, '.')
	if i < 0 || len(file)-i > 6 || strings.Contains(u, "://") && strings.Count(u, "/") == 2 {
		return ""
	}
	return lower(file[i+1:])
}
