package paper

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io"
	"time"
)

//go:embed parts
var parts embed.FS

// DOCX writes a paper as an office document of 22 lines of 28 characters on
// A4. It holds no macro, no field but the page number, no link and nothing
// that is fetched from elsewhere. The same paper gives the same bytes. The
// fonts are those the standard names; a computer without them shows the next
// of the kind. A text of more than 100,000 characters is cut, and says so.
// It is written as it goes: an annex of 5,000 rows takes no more memory than
// one of five.
func DOCX(w io.Writer, p *Paper) error {
	z := &pack{zip: zip.NewWriter(w)}
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/fontTable.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml", "word/header1.xml", "docProps/app.xml"} {
		z.static(name)
	}
	z.write("docProps/core.xml", coreProps(p))
	d := newWML(z.create("word/document.xml"))
	d.document(p)
	if err := d.w.Flush(); err != nil {
		z.keep(err)
	}
	for i, png := range d.media {
		z.write(mediaName(i), png)
	}
	z.write("word/_rels/document.xml.rels", d.rels())
	if z.err == nil {
		z.err = z.zip.Close()
	}
	if z.err != nil {
		return fmt.Errorf("write docx: %w", z.err)
	}
	return nil
}

// pack writes the parts of a package and keeps its first error.
type pack struct {
	zip *zip.Writer
	err error
}

func (z *pack) keep(err error) {
	if z.err == nil {
		z.err = err
	}
}

// create begins a part. No part carries the time of its writing.
func (z *pack) create(name string) io.Writer {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		z.keep(err)
		return io.Discard
	}
	return w
}

func (z *pack) write(name string, data []byte) {
	if _, err := z.create(name).Write(data); err != nil {
		z.keep(err)
	}
}

// static copies a part that is the same in every paper.
func (z *pack) static(name string) {
	data, err := parts.ReadFile("parts/" + partFile(name))
	if err != nil {
		z.keep(err)
		return
	}
	z.write(name, data)
}

// partFile names the file a part is kept in: go:embed takes no name that
// begins with a dot or underscore, nor one with brackets.
func partFile(name string) string {
	switch name {
	case "[Content_Types].xml":
		return "types.xml"
	case "_rels/.rels":
		return "rels.xml"
	}
	return name[bytes.LastIndexByte([]byte(name), '/')+1:]
}

func mediaName(i int) string { return fmt.Sprintf("word/media/image%d.png", i+1) }
