// Package facts reads what pages say and folds it into the dossier of a site.
//
// It is pure: the same bytes give the same facts, always. It uses no network,
// no clock and no database, and has no opinion about what it sees.
package facts
