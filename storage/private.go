package storage

import "os"

// makePrivate makes an empty file that only its owner reads, where there is
// none: SQLite would make it as the umask says, and gives what it lays beside
// it the mode of the file. What fails here SQLite tells, in its own words.
func makePrivate(path string) {
	if f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
		_ = f.Close() // nothing was written
	}
}

// tighten takes the files of a database from everybody but their owner, where
// all users of the machine may read them: an earlier program left them so. What
// a group alone was given stays. Who is not the owner changes nothing.
func tighten(path string) {
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if info, err := os.Stat(file); err == nil && info.Mode().Perm()&0o007 != 0 {
			_ = os.Chmod(file, 0o600) // Exposed tells what stays open
		}
	}
}

// Exposed says that users of this machine other than the owner and the group
// may read or write the file of a database.
func Exposed(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Perm()&0o007 != 0
}
