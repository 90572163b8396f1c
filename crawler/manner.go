package crawler

import (
	"context"
	"net/http"
	"time"
)

// A manner is how one request is sent where a Visit does not say: what the
// layers of a Stack tell the ones below through the context.
type manner struct {
	get      bool           // GET where the role would send HEAD
	whole    bool           // no Range header
	oldTLS   bool           // take whatever TLS the server has
	left     time.Duration  // of Options.Timeout for the rest of a chain of redirects; 0 = all
	cookies  http.CookieJar // of this chain of redirects; nil = none yet
	etag     string
	modified string
}

type mannerKey struct{}

func mannerOf(ctx context.Context) manner {
	m, _ := ctx.Value(mannerKey{}).(manner)
	return m
}

func withManner(ctx context.Context, m manner) context.Context {
	return context.WithValue(ctx, mannerKey{}, m)
}

// WithBody asks the fetches under ctx for the body of every answer, also
// where only its presence is usually asked for: a proof needs bytes.
func WithBody(ctx context.Context) context.Context {
	m := mannerOf(ctx)
	m.get = true
	return withManner(ctx, m)
}

// IfChanged asks the fetches under ctx to be conditional: a server that knows
// the validators of an earlier answer may say 304 and send no body.
func IfChanged(ctx context.Context, etag, lastModified string) context.Context {
	m := mannerOf(ctx)
	m.etag, m.modified = etag, lastModified
	return withManner(ctx, m)
}
