//go:build !linux

package probe

import "errors"

// setSegment is not to be had here: a visit that needs it fails, and nothing
// is concluded from it.
func setSegment(uintptr, int) error { return errors.ErrUnsupported }
