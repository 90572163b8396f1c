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

// sheet is the form of the page; parsing it can only fail in a broken build.
var sheet = template.Must(template.New("").Funcs(template.FuncMap{
	"lines": lines, "balanced": balanced, "sign": func(s string) string { return breakEvenly(s, signRoom) }, "line": clean, "colon": colon, "stop": stop, "unbracket": unbracket,
}).ParseFS(pageFiles, "page/*.html"))

// HTML writes a paper as one file without script and without any outside
// resource. It reads on a screen from 320 points up and prints on A4 with
// the margins of the standard and, in a browser that knows page boxes, page
// numbers; 版记 follows the text, because style sheets cannot reach the foot
// of the last page (PDF does). The same paper gives the same bytes.
func HTML(w io.Writer, p *Paper) error {
	return render(w, p, printing{})
}

// printing is what the page needs beside the paper to be printed as PDF.
type printing struct {
	Marks bool    // link the edges of 版记, so that the print tells where it stands
	Push  float64 // points by which 版记 is moved down to the foot of its page
}

func render(w io.Writer, p *Paper, how printing) error {
	v, err := newView(p, how)
	if err != nil {
		return err
	}
	if err := sheet.ExecuteTemplate(w, "paper.html", v); err != nil {
		return fmt.Errorf("render paper: %w", err)
	}
	return nil
}

// styleSheet is the sheet of one paper: the width of its head stands in it,
// because the policy lets no element carry a style of its own.
func styleSheet(p *Paper, how printing) (css, policy string, err error) {
	base, err := pageFiles.ReadFile("page/style.css")
	if err != nil {
		return "", "", fmt.Errorf("read style sheet: %w", err)
	}
	css = strings.TrimSpace(string(base)) + fmt.Sprintf("\n.head { --em: %.2f; }\n", float64(max(widest(p.Head), 2))/2)
	if p.Draft {
		css += `@page { @top-center { content: "草稿　未经签发，不具效力"; color: #767676; font: 14pt SimHei, "黑体", "Noto Sans CJK SC", sans-serif; vertical-align: bottom; padding-bottom: 8mm; } }` + "\n"
	}
	if how.Push > 0 {
		css += fmt.Sprintf("@media print { footer { padding-top: %.2fpt; } }\n", how.Push)
	}
	sum := sha256.Sum256([]byte(css))
	return css, "default-src 'none'; script-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'", nil
}
