package facts

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// regionOf judges the region an element opens, by tag, id and class; the
// region around it when nothing speaks.
func (b *builder) regionOf(around Region, tag atom.Atom, attrs []Attr) Region {
	if around == FootRegion {
		return around
	}
	switch tag {
	case atom.Html, atom.Body, atom.Head:
		return around
	case atom.Footer:
		return FootRegion
	case atom.Nav, atom.Header:
		if around == BodyRegion {
			around = NavRegion
		}
	case atom.Aside:
		if around == BodyRegion {
			return SideRegion
		}
	}
	for i := range attrs {
		if k := attrs[i].Key; k == "class" || k == "id" || k == "role" {
			if r := b.regions.of(attrs[i].Value, namedRegion); r != BodyRegion && (around == BodyRegion || r == FootRegion || r == CrumbRegion) {
				around = r
			}
		}
	}
	return around
}

// regionWord judges the words of a class or id.
func regionWord(s string) Region {
	for len(s) > 0 {
		i := 0
		for i < len(s) && !isSpace(s[i]) {
			i++
		}
		if i > 2 {
			if r := regionToken(s[:i]); r != BodyRegion {
				return r
			}
		}
		for i < len(s) && isSpace(s[i]) {
			i++
		}
		s = s[i:]
	}
	return BodyRegion
}

func regionToken(w string) Region {
	switch w[0] {
	case 'f', 'b', 'c', 'p', 'd', 'w', 'n', 'h', 't', 'm', 'l', 's', 'r', 'y', 'g', 'x', 'i', '_', 'z', 'k', 'j', 'o', 'a', 'u', 'v', 'e', 'q':
	default:
		return BodyRegion
	}
	switch {
	case has(w, "footer"), hasPrefix(w, "foot"), has(w, "copyright"), has(w, "banquan"), hasPrefix(w, "dibu"), hasPrefix(w, "yejiao"), w == "bottom", hasPrefix(w, "bottom_nav"), w == "wz_foot", hasPrefix(w, "bottombox"):
		return FootRegion
	case has(w, "crumb"), has(w, "curpos"), has(w, "position") && !has(w, "position_"), has(w, "weizhi"), has(w, "dqwz"), w == "location", hasPrefix(w, "location_"),
		w == "path", w == "dqwz", hasPrefix(w, "bread"), w == "curmenu", w == "wz", w == "local", w == "mbx", hasPrefix(w, "mianbao"):
		return CrumbRegion
	case w == "nav", hasPrefix(w, "nav-"), hasPrefix(w, "nav_"), has(w, "navbar"), has(w, "navigat"), hasPrefix(w, "mainnav"), hasPrefix(w, "topnav"), hasPrefix(w, "subnav"),
		w == "menu", hasPrefix(w, "mainmenu"), has(w, "navmenu"), w == "header", hasPrefix(w, "header-"), hasPrefix(w, "header_"), hasPrefix(w, "topbar"), w == "banner", w == "daohang", w == "dh",
		w == "sitenav", w == "navigation", hasPrefix(w, "leftmenu"), hasPrefix(w, "left_menu"), hasPrefix(w, "left-menu"), hasPrefix(w, "leftnav"), hasPrefix(w, "left_nav"), hasPrefix(w, "left-nav"), hasPrefix(w, "sidenav"), hasPrefix(w, "side-nav"), hasPrefix(w, "side_nav"):
		return NavRegion
	case hasPrefix(w, "sidebar"), has(w, "friendlink"), has(w, "friend_link"), has(w, "yqlj"), has(w, "xgxx"), has(w, "xglj"), hasPrefix(w, "related"), has(w, "recommend"), has(w, "hotnews"), hasPrefix(w, "hot_"), has(w, "tuijian"), has(w, "xgwd"), has(w, "xgbd"):
		return SideRegion
	}
	return BodyRegion
}

func has(s, sub string) bool       { return strings.Contains(s, sub) }
func hasPrefix(s, sub string) bool { return strings.HasPrefix(s, sub) }

// hidingOf judges whether an element hides what is in it.
func (b *builder) hidingOf(tag atom.Atom, attrs []Attr) Hiding {
	var h Hiding
	switch tag {
	case atom.Template, atom.Textarea:
		h = ByTemplate
	case atom.Noscript:
		h = ByNoscript
	}
	for i := range attrs {
		switch attrs[i].Key {
		case "hidden":
			if attrs[i].Value != "until-found" {
				h |= ByStyle
			}
		case "style":
			if len(attrs[i].Value) >= 6 && b.hides.of(attrs[i].Value, styleHides) {
				h |= ByStyle
			}
		}
	}
	return h
}

// HidingStyle gives the declaration of an inline style that hides an
// element; "" when none does.
func HidingStyle(style string) string {
	if len(style) < 6 {
		return ""
	}
	for rest := lower(style); rest != ""; {
		decl := rest
		if i := strings.IndexByte(rest, ';'); i >= 0 {
			decl, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		key, value, ok := strings.Cut(decl, ":")
		if ok && hides(strings.TrimSpace(key), strings.TrimSpace(value)) {
			return strings.TrimSpace(decl)
		}
	}
	return ""
}

func hides(key, value string) bool {
	switch key {
	case "display":
		return hasPrefix(value, "none")
	case "visibility":
		return hasPrefix(value, "hidden") || hasPrefix(value, "collapse")
	case "text-indent", "left", "top", "margin-left", "margin-top":
		return len(value) > 4 && value[0] == '-' && hasPrefix(strings.TrimLeft(value[1:], "0123456789"), "px") && len(value) >= len("-1000px")
	case "font-size":
		return value == "0" || value == "0px" || value == "0pt"
	}
	return false
}
