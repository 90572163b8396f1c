// Package access knows who may log in and how: passwords, tokens, how long
// somebody has to wait after failed logins, and whether the audit log is whole;
// and it says in words what the log keeps as data. It keeps nothing; storage does.
package access
