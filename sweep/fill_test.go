package sweep_test

import (
	"os"
	"path/filepath"
	"testing"
)

// fill writes a disk full but for some bytes; free gives the space back.
func fill(t testing.TB, disk string, but int) (free func()) {
	t.Helper()
	name := filepath.Join(disk, "filler")
	f, err := os.Create(name)
	must(t, err)
	block := make([]byte, 64<<10)
	size := int64(0)
	for {
		n, err := f.Write(block)
		size += int64(n)
		if err != nil {
			break
		}
	}
	must(t, f.Truncate(max(size-int64(but), 0)))
	must(t, f.Close())
	return func() { must(t, os.Remove(name)) }
}
