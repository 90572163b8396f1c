package origin

// Params are the lines of the comparison. No paper prints any: these are
// values of the product, held by the labelled set of match_test.go.
type Params struct {
	// Window is how many days article and post may lie apart and still be one
	// item. 14: the span after which an account counts as not updated; a notice
	// of every month or year finds no partner among its own kind.
	Window int
	// NearDays is the same where one title only holds the other and no text
	// says more. 3: with more time another event of the same name is likelier.
	NearDays int
	// TextNear is the greatest distance of two texts that are one. 8: two changed
	// sentences of a page cost 5 to 8; made-up texts without relation lie 17 and more apart.
	TextNear int
	// TextFar is from which distance on two texts of about one length are two,
	// whatever their titles say. 22: texts without relation lie 26 and more apart.
	TextFar int
	// Held is how many characters, digits left out, the shorter of two titles has at least where
	// one holds the other. 10: shorter ones are subjects, not headlines.
	Held int
	// Share is how much of the longer title the shorter one must make up, in
	// percent, unless it begins the longer one.
	Share int
	// Names are those of the site, the account and its unit: they stand before
	// and behind titles.
	Names []string
}

// Default gives the values of the product.
func Default() Params {
	return Params{Window: 14, NearDays: 3, TextNear: 8, TextFar: 22, Held: 10, Share: 55}
}
