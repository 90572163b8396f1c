package govsweep

import "time"

// ExemptionScope says how far a standing exemption reaches.
type ExemptionScope string

// The scopes.
const (
	ColumnScope ExemptionScope = "column" // one column of one site
	SiteScope   ExemptionScope = "site"   // one site
	UnitScope   ExemptionScope = "unit"   // every site of one 主办单位
)

// An Exemption is a standing decision 豁免 of a person: findings of one
// indicator within the scope are true but excused until a day, for instance
// because no personnel changed this year. Findings that come later are
// exempted by it as they come.
type Exemption struct {
	ID        string         `json:"id"` // "E" and a number
	Scope     ExemptionScope `json:"scope"`
	Target    TargetID       `json:"target,omitempty"` // of column and site
	Column    string         `json:"column,omitempty"` // canonical address, of column
	Unit      string         `json:"unit,omitempty"`   // 主办单位, of unit
	Indicator IndicatorCode  `json:"indicator"`
	Reason    string         `json:"reason"`
	By        string         `json:"by"`
	At        time.Time      `json:"at"`
	Until     string         `json:"until"` // YYYY-MM-DD, last day; an exemption always ends
	RevokedBy string         `json:"revoked_by,omitempty"`
	RevokedAt time.Time      `json:"revoked_at,omitzero"`
}
