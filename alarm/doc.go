// Package alarm tells people when the product does not do its work: a due
// sweep did not run, the timetable stands still, the database, the line, the
// disk, the browser or the mail server is gone.
//
// What a look showed (Observation) moves the alarms of a book (Note), and each
// move writes messages into the outbox of the same book, in one step. A fault
// is one message, reminders at growing distance, and one message when it is
// over. Messages leave the outbox when a channel has taken them.
package alarm
