package fakesite

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
)

// A Trap is a site of a few real pages and endless others that are none.
type Trap struct {
	Name    string
	Real    []string // paths of the pages that must be read
	Handler http.Handler
}

// Real pages of every trap: the home page, three columns of ten articles.
const (
	trapColumns  = 3
	trapArticles = 10
)

// Traps gives twelve sites with a trap each. All are the same small site;
// every page also carries the links of its trap.
func Traps() []Trap {
	var all []Trap
	for name, links := range trapLinks {
		t := Trap{Name: name, Real: realPages()}
		t.Handler = trapHandler(t.Real, links)
		all = append(all, t)
	}
	return all
}

func realPages() []string {
	paths := []string{"/"}
	for c := range trapColumns {
		paths = append(paths, fmt.Sprintf("/lm%d/", c))
		for a := range trapArticles {
			paths = append(paths, fmt.Sprintf("/lm%d/202108/t%08d.html", c, 20210801+a))
		}
	}
	return paths
}

// trapLinks gives the links a trap adds to a page: to addresses that answer
// with the same links again.
var trapLinks = map[string]func(r *http.Request) []string{
	"calendar by query": func(r *http.Request) []string {
		m, _ := strconv.Atoi(r.URL.Query().Get("m"))
		return []string{fmt.Sprintf("/rl?year=%d&m=%d", 2021+m/12, m+1), fmt.Sprintf("/rl?year=%d&m=%d", 2021+m, m+12)}
	},
	"calendar by path": func(r *http.Request) []string {
		var year, month int
		fmt.Sscanf(r.URL.Path, "/calendar/%d/%d/", &year, &month)
		year = max(year, 2024)
		return []string{fmt.Sprintf("/calendar/%d/%02d/", year+month/12, month%12+1), fmt.Sprintf("/calendar/%d/01/", year+1)}
	},
	"facets": func(r *http.Request) (links []string) {
		for _, order := range []string{"asc", "desc"} {
			for _, sort := range []string{"date", "title", "hits"} {
				for _, view := range []string{"list", "grid", "table"} {
					for size := range 20 {
						links = append(links, fmt.Sprintf("/lm0/?sort=%s&order=%s&view=%s&perpage=%d", sort, order, view, size+1))
					}
				}
			}
		}
		return links
	},
	"session in query": func(r *http.Request) []string {
		return []string{fmt.Sprintf("/lm1/?PHPSESSID=%016x%016x", rand.Uint64(), rand.Uint64())}
	},
	"session in path": func(r *http.Request) []string {
		return []string{fmt.Sprintf("/lm1/;jsessionid=%016X%016X.n1", rand.Uint64(), rand.Uint64())}
	},
	"relative loop":      func(r *http.Request) []string { return []string{"lm0/lm1/"} },
	"one directory loop": func(r *http.Request) []string { return []string{"more/index.html"} },
	"tracking": func(r *http.Request) []string {
		return []string{fmt.Sprintf("/lm2/?utm_source=a%d&spm=%d.%d", rand.IntN(1e6), rand.IntN(1e6), rand.IntN(1e6))}
	},
	"endless paging": func(r *http.Request) []string {
		n, _ := strconv.Atoi(r.URL.Query().Get("page"))
		return []string{fmt.Sprintf("/lm0/?page=%d", n+1)}
	},
	"random numbers": func(r *http.Request) []string {
		return []string{fmt.Sprintf("/tj?hit=%d", rand.Uint32()), fmt.Sprintf("/tj?hit=%d", rand.Uint32())}
	},
	"growing query": func(r *http.Request) []string {
		return []string{r.URL.Path + "?" + strings.TrimPrefix(r.URL.RawQuery+"&tag="+strconv.Itoa(rand.IntN(50)), "&")}
	},
	"endless name": func(r *http.Request) []string {
		return []string{"/lm0/" + strings.Repeat("x", min(len(r.URL.Path), 3000)+1) + ".html"}
	},
}

func trapHandler(real []string, links func(*http.Request) []string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><head><title>某某市人民政府</title></head><body><h1>%s</h1>\n", r.URL.Path)
		if r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/lm") {
			for _, p := range real {
				fmt.Fprintf(w, "<a href=\"%s\">关于做好有关工作的通知</a>\n", p)
			}
		}
		for _, l := range links(r) {
			fmt.Fprintf(w, "<a href=\"%s\">更多</a>\n", strings.ReplaceAll(l, "&", "&amp;"))
		}
		fmt.Fprint(w, "</body></html>")
	})
}
