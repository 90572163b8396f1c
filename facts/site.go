package facts

// Site is what the extractor may know of the site a page belongs to.
type Site struct {
	Home    string   // canonical home page
	Hosts   []string // registered hosts, lower case; a host may carry a sub-path
	Soft404 *Signature
	HomeSig *Signature
}

// Signature is what two answers of one template and one text have in common.
type Signature struct {
	Structure uint64
	TextHash  uint64
	TextRunes int
	Title     string
}
