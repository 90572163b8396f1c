// Package web serves the pages for operating and the JSON API. Everything but
// the login needs a user; what each role may do stands in one table (routes.go).
// Pages are made on the server, work without scripts, and the policy of their
// content allows none.
package web
