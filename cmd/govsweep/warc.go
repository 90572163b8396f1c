package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/sweep"
)

// maxRecord is the largest record of a WARC file that is read; longer ones
// are passed over.
const maxRecord = 32 << 20

// readWARC reads the HTML responses of a WARC file (ISO 28500), plain or
// compressed record by record.
func readWARC(path string, add func(sweep.Saved)) error {
	f, err := namedfile.Open("WARC文件", path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	if magic, err := in.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return warcFault(path, 0, err)
		}
		in = bufio.NewReaderSize(z, 1<<16)
	}
	for n := 1; ; n++ {
		s, err := nextRecord(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return warcFault(path, n, err)
		}
		if s != nil {
			add(*s)
		}
	}
}

func warcFault(path string, record int, err error) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("WARC文件“%s”第%d条记录有误", path, record), Err: err}
}

// nextRecord reads one record; nil when it is no HTML response.
func nextRecord(in *bufio.Reader) (*sweep.Saved, error) {
	text, err := recordHead(in)
	if err != nil {
		return nil, err
	}
	version, fields, _ := bytes.Cut(text, []byte("\n"))
	if !bytes.HasPrefix(version, []byte("WARC/")) {
		return nil, fmt.Errorf("not a WARC record: %.40q", version)
	}
	head, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(fields))).ReadMIMEHeader()
	if err != nil {
		return nil, fmt.Errorf("record header: %w", unexpected(err))
	}
	length, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, fmt.Errorf("Content-Length %q", head.Get("Content-Length"))
	}
	if head.Get("WARC-Type") != "response" || length > maxRecord {
		_, err := io.CopyN(io.Discard, in, length)
		return nil, unexpected(err)
	}
	block := make([]byte, length)
	if _, err := io.ReadFull(in, block); err != nil {
		return nil, unexpected(err)
	}
	return savedResponse(head, block), nil
}

// savedResponse reads the HTTP message of a record; nil when it holds no page.
func savedResponse(head textproto.MIMEHeader, block []byte) *sweep.Saved {
	url, err := address.Canonical(strings.Trim(head.Get("WARC-Target-URI"), "<>"))
	if err != nil {
		return nil
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil || !strings.Contains(resp.Header.Get("Content-Type"), "html") {
		return nil
	}
	defer resp.Body.Close()
	var body io.Reader = resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(resp.Body); err != nil {
			return nil
		}
	}
	b, err := io.ReadAll(io.LimitReader(body, maxRecord+1))
	if err != nil || len(b) > maxRecord {
		return nil
	}
	at, err := time.Parse(time.RFC3339, head.Get("WARC-Date"))
	if err != nil {
		at = time.Time{} // the date of capture is not needed for a verdict
	}
	return &sweep.Saved{URL: url, ContentType: resp.Header.Get("Content-Type"), Status: resp.StatusCode, At: at, Body: b}
}

// maxHead is the longest header of a record that is read: what unpacks to a
// line without end may not fill the memory.
const maxHead = 64 << 10

// recordHead reads the version line and the fields of a record up to the
// empty line behind them, passing over empty lines before it. io.EOF is the
// end of a file that is whole.
func recordHead(in *bufio.Reader) ([]byte, error) {
	var head []byte
	for {
		piece, err := in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && (len(head) > 0 || len(bytes.TrimSpace(piece)) > 0) {
			return nil, fmt.Errorf("record header: %w", unexpected(err))
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
		empty := len(bytes.TrimSpace(piece)) == 0
		if empty && len(head) == 0 {
			continue
		}
		if head = append(head, piece...); len(head) > maxHead {
			return nil, fmt.Errorf("record header of more than %d bytes", maxHead)
		}
		if empty && err == nil {
			return head, nil
		}
	}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
