package govsweep

import (
	"errors"
	"io/fs"
	"strings"
)

// ErrorKind says whose fault an error is; it picks the exit code and, later,
// the HTTP status.
type ErrorKind string

// The kinds of error a caller can tell apart.
const (
	// Wrong is wrong use or configuration: a flag, a file, a register row.
	Wrong ErrorKind = "wrong"
	// NotFound is a thing that was named and does not exist.
	NotFound ErrorKind = "not-found"
	// Conflict is a change that lost against another change.
	Conflict ErrorKind = "conflict"
	// Uninspectable is a target that could not be inspected well enough for a verdict.
	Uninspectable ErrorKind = "uninspectable"
	// Internal is a failure of ours: storage, disk, a broken program.
	Internal ErrorKind = "internal"
	// Unavailable is a database that cannot be reached at the moment: what
	// was asked may be asked again as it is.
	Unavailable ErrorKind = "unavailable"
)

// ErrLeaseLost is the cause of a Conflict: the worker that writes has lost
// the lease of its target meanwhile. Nothing was written, another worker goes
// on with the target, and there is nothing to repair.
var ErrLeaseLost = errors.New("lease lost")

// ErrDisk is the cause of an error of the disk, of this machine or under the
// database: it is full, cannot be written, or does not answer. What was being
// worked on is not at fault: the work pauses and goes on when the disk does.
var ErrDisk = errors.New("disk fault")

// Error is an error for two readers: Say is the whole sentence an official
// reads, Err the cause that goes to the log.
type Error struct {
	Kind ErrorKind
	Say  string
	Err  error
}

// Error gives the sentence and, when there is one, the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Say
	}
	return e.Say + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of the outermost *Error in err's chain; Internal when
// there is none and "" for a nil error.
func KindOf(err error) ErrorKind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// SayOf gives the sentence people read of an error. Causes and steps of the
// program go to the log, but for the two everybody can mend.
func SayOf(err error) string {
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok:
		return "程序内部错误：" + err.Error()
	case !strings.Contains(e.Say, "无法"):
	case errors.Is(e.Err, fs.ErrNotExist):
		return strings.TrimSuffix(e.Say, "。") + "：文件或目录不存在。"
	case errors.Is(e.Err, fs.ErrPermission):
		return strings.TrimSuffix(e.Say, "。") + "：没有权限。"
	}
	return e.Say
}
