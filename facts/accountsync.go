package facts

import (
	"time"

	"github.com/govsweep/govsweep"
)

// AccountSync is how an account and the site of its unit kept step
// 数据同源、信息同步 over the months before the check point, counted.
type AccountSync struct {
	// Why says why nothing was compared, one Chinese sentence; "" when it was.
	Why   string                 `json:"why,omitempty"`
	Site  govsweep.Target        `json:"site,omitzero"`
	Sweep int64                  `json:"sweep,omitempty"` // of the site
	AsOf  time.Time              `json:"as_of,omitzero"`  // of that sweep
	From  string                 `json:"from,omitempty"`
	To    string                 `json:"to,omitempty"`
	Total govsweep.OriginCount   `json:"total"`
	Month []govsweep.OriginCount `json:"months,omitempty"`
	// Examples of what is certainly on one side alone, the newest first.
	ArticlesOnly []govsweep.Published `json:"articles_only,omitempty"`
	PostsOnly    []govsweep.Published `json:"posts_only,omitempty"`
	// Open are the reasons why items are open, with their number.
	Open map[string]int `json:"open,omitempty"`
}

// SyncExamples is how many items of each side a dossier names.
const SyncExamples = 10
