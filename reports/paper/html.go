package paper

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page
var pageFiles embed.FS

// page is the form of the page; parsing it can only fail in a broken build.
var page = template.Must(template.New("").Funcs(template.FuncMap{
	"lines": lines, "line": clean, "colon": colon, "stop": stop, "unbracket": unbracket,
}).ParseFS(pageFiles, "page/*.html"))

// HTML writes a paper as one file without script and without any outside
// resource. It reads on a screen from 320 points up and prints on A4 with
// the margins of the standard and, in a browser that knows page boxes, page
// numbers; 版记 follows the text, because style sheets cannot reach the foot
// of the last page (PDF does). The same paper gives the same bytes.
func HTML(w io.Writer, p *Paper) error {
	v, err := newView(p)
	if err != nil {
		return err
	}
	if err := page.ExecuteTemplate(w, "paper.html", v); err != nil {
		return fmt.Errorf("render paper: %w", err)
	}
	return nil
}

// styleSheet is the sheet of one paper: the width of its head stands in it,
// because the policy lets no element carry a style of its own.
func styleSheet(p *Paper) (css, policy string, err error) {
	base, err := pageFiles.ReadFile("page/style.css")
	if err != nil {
		return "", "", fmt.Errorf("read style sheet: %w", err)
	}
	css = strings.TrimSpace(string(base)) + fmt.Sprintf("\n.head { --em: %.2f; }\n", float64(max(widest(p.Head), 2))/2)
	sum := sha256.Sum256([]byte(css))
	return css, "default-src 'none'; script-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'", nil
}
