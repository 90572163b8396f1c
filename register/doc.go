// Package register reads the registers bureaus keep in CSV and XLSX files:
// sites, columns and units; and the ledger 整改台账 that units filled in.
//
// Headers are known by synonym and may stand below a title. Every row that
// cannot be taken is refused with its cell and the reason; the caller
// decides whether the rest is imported. Files are hostile: sizes, ratios and
// counts are bounded, formulas are read as their values.
package register
