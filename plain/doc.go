// Package plain makes text from outside fit to be shown: one line, nothing
// that moves the cursor, turns the direction of writing or cannot be seen.
package plain
