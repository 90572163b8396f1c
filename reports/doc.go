// Package reports turns one inspection into what people and programs read:
// a document in HTML, a workbook, lines of JSON, tables for the terminal,
// SARIF and JUnit for build servers.
//
// The room judges nothing and invents no wording: it prints what the
// inspection says. Everything that came from a website is hostile; every
// format makes it inert. The same inspection gives the same bytes.
package reports
