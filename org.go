package govsweep

// Org is one unit of the register: 主管、主办 or 承办单位.
type Org struct {
	Code   string `json:"code"` // 统一社会信用代码 or the bureau's own number; "" allowed
	Name   string `json:"name"`
	Level  string `json:"level,omitempty"`
	Region string `json:"region,omitempty"`
	Parent string `json:"parent,omitempty"` // name of the superior unit
	Phone  string `json:"phone,omitempty"`
	Email  string `json:"email,omitempty"`
}
