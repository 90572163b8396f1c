package evidence

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/govsweep/govsweep"
)

const revisitProfile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

// recordHead gives the header of the record of c (ISO 28500, WARC/1.1). All
// of it follows from the manifest: who reads a bundle writes it again and
// compares. first is the capture whose bytes a revisit repeats.
func (c *BundleCapture) recordHead(first *BundleCapture) []byte {
	var b bytes.Buffer
	field := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	b.WriteString("WARC/1.1\r\n")
	field("WARC-Type", c.Record)
	field("WARC-Record-ID", c.recordID())
	field("WARC-Date", warcDate(c.when()))
	field("WARC-Target-URI", c.target())
	if c.Record == "revisit" {
		field("WARC-Profile", revisitProfile)
		field("WARC-Refers-To", first.recordID())
		field("WARC-Refers-To-Target-URI", first.target())
		field("WARC-Refers-To-Date", warcDate(first.when()))
	}
	field("WARC-Payload-Digest", c.Digest)
	field("WARC-Block-Digest", c.BlockDigest)
	field("Content-Type", c.blockType())
	field("Content-Length", strconv.FormatInt(c.blockLength(), 10))
	b.WriteString("\r\n")
	return b.Bytes()
}

func (c *BundleCapture) blockType() string {
	if c.HeadLength > 0 {
		return "application/http;msgtype=response"
	}
	return c.MediaType
}

// blockLength is the length of what follows the header of the record.
func (c *BundleCapture) blockLength() int64 {
	if c.Record == "revisit" {
		return c.HeadLength
	}
	return c.HeadLength + c.Length
}

func (c *BundleCapture) target() string {
	if c.URL == "" {
		return "urn:sha256:" + strings.TrimPrefix(c.Digest, "sha256:")
	}
	return c.URL
}

func (c *BundleCapture) recordID() string { return recordID("capture", c.Digest, c.URL, c.At) }

// recordID gives the same name for the same words, as a UUID of version 8.
func recordID(words ...string) string {
	d := sha256.Sum256([]byte("govsweep\x00" + strings.Join(words, "\x00")))
	d[6], d[8] = d[6]&0x0f|0x80, d[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", d[:4], d[4:6], d[6:8], d[8:10], d[10:16])
}

// warcDate is a time as WARC/1.1 writes it.
func warcDate(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// infoRecord gives the whole record warcinfo that opens the archive; its time
// is that of the oldest capture, there or missing.
func infoRecord(title string, oldest time.Time) []byte {
	title = strings.Join(strings.Fields(plain(title)), " ")
	block := "software: govsweep\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
		"description: " + title + "\r\nisPartOf: " + BundleFormat + "\r\n"
	return []byte("WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: " + recordID("info", title, warcDate(oldest)) +
		"\r\nWARC-Date: " + warcDate(oldest) + "\r\nWARC-Filename: " + archiveName +
		"\r\nWARC-Block-Digest: " + govsweep.DigestOf([]byte(block)).String() +
		"\r\nContent-Type: application/warc-fields\r\nContent-Length: " + strconv.Itoa(len(block)) + "\r\n\r\n" + block + recordEnd)
}

const recordEnd = "\r\n\r\n"

// httpHead gives the kept header of an answer as it stands before its body in
// a record; nil when none was kept. What does not hold for the body as it is
// kept (chunks, a packing already undone, another length) is renamed.
func httpHead(header, body []byte) []byte {
	if !bytes.HasPrefix(header, []byte("HTTP/")) {
		return nil
	}
	var out bytes.Buffer
	for i, line := range strings.Split(strings.TrimRight(string(header), "\r\n"), "\n") {
		line = strings.TrimRight(line, "\r")
		name, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); {
		case line == "":
			continue
		case i == 0:
		case strings.EqualFold(name, "Transfer-Encoding"),
			strings.EqualFold(name, "Content-Encoding") && !bytes.HasPrefix(body, []byte{0x1f, 0x8b}),
			strings.EqualFold(name, "Content-Length") && value != strconv.Itoa(len(body)):
			line = "X-Archive-Orig-" + line
		}
		out.WriteString(line + "\r\n")
	}
	if out.Len()+2 > maxHTTPHead {
		return nil
	}
	out.WriteString("\r\n")
	return out.Bytes()
}
