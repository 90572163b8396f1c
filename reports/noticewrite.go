package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode"

	"github.com/govsweep/govsweep"
)

// WriteNotice writes a notice into dir as DOCX, HTML, PDF, XLSX and JSON and
// gives the paths in that order. Where no browser can print the PDF, skipped
// says so in one sentence and the other forms come all the same. A file is
// complete or not there at all. The same notice and form give the same bytes;
// those of the PDF depend on browser and fonts as well.
func WriteNotice(ctx context.Context, dir string, n *govsweep.Notice, f *Form) (files, skipped []string, err error) {
	name := NoticeFileName(n)
	return writePaper(ctx, dir, name, NoticePaper(n, f),
		part{name + ".xlsx", func(w io.Writer) error { return NoticeSheet(w, n) }},
		part{name + ".json", func(w io.Writer) error { return JSON(w, n, true) }})
}

// NoticeFileName is what the files of a notice are called, without their
// ending: number and site, as 网改〔2026〕3号-云川市人民政府门户网站. It is safe on
// every operating system, at most 200 bytes long, and two notices never share
// one. A draft is called by its ID.
func NoticeFileName(n *govsweep.Notice) string {
	number := n.Number
	if number == "" {
		number = "草稿" + n.ID
	}
	return safeName(number+"-"+n.Target.Name, string(n.Target.ID)+"\x00"+n.Target.URL+"\x00"+n.ID)
}

// safeName makes a file name of words. What a file system may mind becomes
// "_", and where anything had to be changed or cut a digest of the words and
// of what tells two things of one name apart stands behind.
func safeName(words, apart string) string {
	safe := strings.Trim(strings.Map(safeHan, words), "-_")
	if safe == words && safe != "" && len(safe) <= 180 {
		return safe
	}
	sum := sha256.Sum256([]byte(words + "\x00" + apart))
	for len(safe) > 160 {
		r := []rune(safe)
		safe = string(r[:len(r)-1])
	}
	return strings.TrimLeft(safe+"-"+hex.EncodeToString(sum[:4]), "-")
}

// safeHan keeps what no file system minds: Chinese characters of the basic
// plane, letters, digits, 六角括号.
func safeHan(r rune) rune {
	switch {
	case r < 0x10000 && unicode.Is(unicode.Han, r), r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("〔〕-", r):
		return r
	}
	return '_'
}
