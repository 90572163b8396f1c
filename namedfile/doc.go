// Package namedfile reads the files a setting or an argument names: secrets,
// certificates, the configuration, timetables, tables, rulebooks. Each is an
// ordinary file, and what is read whole is of bounded size; a folder, a device or a pipe is refused
// before a byte of it is read, and every refusal names the path and says what
// to do.
package namedfile
