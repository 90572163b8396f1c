// Package book is the one list of every indicator the product knows.
package book

import (
	"slices"

	"github.com/govsweep/govsweep/rules/account"
	"github.com/govsweep/govsweep/rules/availability"
	"github.com/govsweep/govsweep/rules/design"
	"github.com/govsweep/govsweep/rules/disclosure"
	"github.com/govsweep/govsweep/rules/domains"
	"github.com/govsweep/govsweep/rules/freshness"
	"github.com/govsweep/govsweep/rules/headtags"
	"github.com/govsweep/govsweep/rules/ipv6"
	"github.com/govsweep/govsweep/rules/links"
	"github.com/govsweep/govsweep/rules/marks"
	"github.com/govsweep/govsweep/rules/metadata"
	"github.com/govsweep/govsweep/rules/register"
)

// Indicators lists all families, in the order of the handbook.
var Indicators = slices.Concat(
	availability.Indicators,
	freshness.Indicators,
	disclosure.Indicators,
	headtags.Indicators,
	metadata.Indicators,
	marks.Indicators,
	domains.Indicators,
	register.Indicators,
	design.Indicators,
	links.Indicators,
	ipv6.Indicators,
	account.Indicators,
)
