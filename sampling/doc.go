// Package sampling draws a part of a register that anyone can draw again, and
// says how far a share found in a part may be from the share of the whole.
package sampling
