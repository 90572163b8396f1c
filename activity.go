package govsweep

// ColumnActivity is what one inspection saw of one 栏目.
type ColumnActivity struct {
	Column
	State       ListState `json:"state,omitempty"`  // "" when the column has no list (a single-article column)
	Unread      string    `json:"unread,omitempty"` // why it could not be read, Chinese; "" when it could
	Items       int       `json:"items"`            // rows seen over all list pages read
	Undated     int       `json:"undated"`          // of them without any date, also none on the article
	Future      int       `json:"future"`           // of them dated after the check point: no update
	Newest      string    `json:"newest,omitempty"` // newest date not after the check point, own rows or a sub-column's
	NewestTitle string    `json:"newest_title,omitempty"`
	NewestURL   string    `json:"newest_url,omitempty"`
	NewestFrom  string    `json:"newest_from,omitempty"`  // list, article, url, sub-column
	Freshest    string    `json:"freshest,omitempty"`     // address of the sub-column the newest item stands in
	Weeks       [52]int   `json:"weeks"`                  // items a week, [0] = the week that ends at the check point
	Looks       int       `json:"looks"`                  // fetches of the first list page that agree with State
	PageURL     string    `json:"page_url,omitempty"`     // the page State rests on
	Digest      string    `json:"digest,omitempty"`       // its capture
	Parent      string    `json:"parent,omitempty"`       // address of the column above
	Children    []string  `json:"children,omitempty"`     // addresses of sub-columns
	OutsideOnly bool      `json:"outside_only,omitempty"` // only links to other hosts, or a log-in: no list of its own
	Notice      string    `json:"notice,omitempty"`       // a closing or moving notice the page prints
	Titles      []string  `json:"titles,omitempty"`       // titles of the newest items, at most 40
	Dates       []string  `json:"dates,omitempty"`        // their dates, same order, "" for none
	Phones      []string  `json:"phones,omitempty"`
	// Excused is the sentence that says why a person's decision takes the
	// column out of every count of columns; "" when none does.
	Excused string `json:"excused,omitempty"`
}

// ColumnState is the verdict over one column.
type ColumnState string

// The states a report prints for a column. Unknown ones are shown as —.
const (
	ColumnFresh  ColumnState = "fresh"    // 正常
	ColumnStale  ColumnState = "stale"    // 超期
	ColumnBlank  ColumnState = "blank"    // 空白
	ColumnUnread ColumnState = "unread"   // —
	ColumnNoRule ColumnState = "no-cycle" // no cycle is printed for its class
	ColumnExempt ColumnState = "exempt"   // 已豁免
)

// ColumnVerdict is the verdict per column: its state, its age against the
// legal cycle, and the clause.
type ColumnVerdict struct {
	ColumnActivity
	Verdict ColumnState `json:"verdict"`
	AgeDays int         `json:"age_days"`        // from the newest item to the check point; -1 unknown
	Limit   string      `json:"limit,omitempty"` // 14天, 6个月; "" when none applies
	Clause  string      `json:"clause,omitempty"`
	Why     string      `json:"why"` // one sentence
}
