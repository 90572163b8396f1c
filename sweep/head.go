package sweep

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/govsweep/govsweep"
)

// maxHeadKept bounds the header kept with a capture; fields beyond it are left out.
const maxHeadKept = 8 << 10

// headOf writes status line and header of a page, names and values as
// received, in order of name; nil when there was no answer.
func headOf(p *govsweep.Page) []byte {
	if p.Status < 100 || len(p.Header) == 0 {
		return nil
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %03d %s\r\n", p.Status, http.StatusText(p.Status))
	for _, name := range slices.Sorted(maps.Keys(p.Header)) {
		for _, value := range p.Header[name] {
			if b.Len()+len(name)+len(value)+4 <= maxHeadKept {
				b.WriteString(name + ": " + value + "\r\n")
			}
		}
	}
	return b.Bytes()
}
