// Package rules turns a dossier into findings and findings into a verdict.
//
// An Indicator knows what to look for; a Rulebook knows what it costs, since
// when, and which clause says so. Inspect runs the one against the other and
// answers every entry of the rulebook with exactly one outcome; Judge adds the
// outcomes up. Everything here is pure: the same dossier and the same rulebook
// give the same verdict, always.
package rules
