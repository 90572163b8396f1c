package reports

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/govsweep/govsweep"
)

//go:embed templates
var files embed.FS

// pages are the documents; parsing them can only fail in a broken build.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"url": webURL, "clean": clean, "rest": func(all, shown int) int { return all - shown },
	"limitLabel": limitLabel,
}).ParseFS(files, "templates/*.html"))

// head is what every document starts with.
type head struct {
	Title  string
	Style  template.CSS
	Policy string
}

// newHead binds the one style sheet by its digest: the policy allows it and
// nothing else, no script, no picture, no outside address.
func newHead(title string) (head, error) {
	css, err := files.ReadFile("templates/style.css")
	if err != nil {
		return head{}, fmt.Errorf("read style sheet: %w", err)
	}
	sum := sha256.Sum256(css)
	return head{
		Title: title, Style: template.CSS(css),
		Policy: "default-src 'none'; script-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
	}, nil
}

// Site writes the report of one inspection: one HTML file without script and
// without any outside resource, made to be printed on A4 and signed.
func Site(w io.Writer, in *govsweep.Inspection) error {
	if in.Site.Target().Kind == govsweep.AccountTarget {
		return accountReport(w, in)
	}
	h, err := newHead("政府网站检查报告 " + siteName(in))
	if err != nil {
		return err
	}
	if err := pages.ExecuteTemplate(w, "site.html", newSitePage(h, in)); err != nil {
		return fmt.Errorf("render site report: %w", err)
	}
	return nil
}

func siteName(in *govsweep.Inspection) string {
	for _, s := range []string{in.Site.Name, in.Verdict.Target.Name, in.Site.URL} {
		if s != "" {
			return clean(s)
		}
	}
	return "未命名网站"
}
