// Package schedule makes the product run by itself: which order is due when,
// what a due order becomes, and who works on it.
//
// The timetable is pure: times go in, times come out, in Asia/Shanghai. A due
// time has a key of its own (schedule and time), so that it runs once however
// often it is asked for, whatever the clock does meanwhile.
package schedule
