package web

import (
	"io"
	"net/http/httptest"
	"reflect"

	"github.com/govsweep/govsweep"
)

// Row is a row of the table of routes, for tests.
type Row struct {
	Method, Path string
	Allowed      []govsweep.UserRole // nil = everybody
	Scope        govsweep.TokenScope
}

// Rows gives the table of routes.
func Rows() (out []Row) {
	for _, r := range routes() {
		out = append(out, Row{r.method, r.path, r.allowed, r.scope})
	}
	return out
}

// Zero makes every template with the zero value of its page, without and with a user.
func Zero() map[string]error {
	t, err := readTemplates()
	out := map[string]error{"templates": err}
	pages := map[string]any{"login": &loginPage{}, "error": &errorPage{}, "overview": &overviewPage{}, "sweeps": &sweepsPage{}, "sweep": &sweepPage{},
		"schedule": &schedulePage{}, "sites": &sitesPage{}, "site": &sitePage{}, "accounts": &accountsPage{}, "account": &accountPage{}, "audit": &auditPage{}}
	for name := range t.of {
		if pages[name] == nil {
			out[name] = io.ErrUnexpectedEOF
			continue
		}
		out[name] = t.write(httptest.NewRecorder(), 200, name, pages[name])
		reflect.ValueOf(pages[name]).Elem().FieldByName("User").Set(reflect.ValueOf(&govsweep.User{Role: govsweep.BureauRole}))
		out[name+" with a user"] = t.write(httptest.NewRecorder(), 200, name, pages[name])
	}
	return out
}
