package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// keys reads single keys and lines from a person or a script. On a terminal
// a key counts as soon as it is pressed; elsewhere white space between keys
// is passed over.
type keys struct {
	in   *bufio.Reader
	term int // file descriptor of the terminal; -1 = none
}

func newKeys(in io.Reader) *keys {
	k := &keys{in: bufio.NewReader(in), term: -1}
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		k.term = int(f.Fd())
	}
	return k
}

// interrupt is Ctrl-C as a terminal in raw mode sends it.
const interrupt = '\x03'

// key gives the next key in lower case; io.EOF when there is none left.
func (k *keys) key() (rune, error) {
	restore, err := k.raw()
	if err != nil {
		return 0, err
	}
	defer restore()
	for {
		r, _, err := k.in.ReadRune()
		if err != nil {
			return 0, err
		}
		if k.term >= 0 || !strings.ContainsRune(" \t\r\n", r) {
			return []rune(strings.ToLower(string(r)))[0], nil
		}
	}
}

// raw lets single keys through, and gives what undoes it.
func (k *keys) raw() (func(), error) {
	if k.term < 0 {
		return func() {}, nil
	}
	before, err := term.MakeRaw(k.term)
	if err != nil {
		return nil, err
	}
	return func() { term.Restore(k.term, before) }, nil
}

// line gives the rest of a line without white space around it.
func (k *keys) line() (string, error) {
	s, err := k.in.ReadString('\n')
	if errors.Is(err, io.EOF) && s != "" {
		err = nil
	}
	return strings.TrimSpace(s), err
}
