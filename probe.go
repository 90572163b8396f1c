package govsweep

import "time"

// ProbeSeries names what a visit of a series was made for.
type ProbeSeries string

// The series.
const (
	Availability ProbeSeries = "availability" // 站点无法访问: the home page, as the public opens it
	IPv6Series   ProbeSeries = "ipv6"         // the home page over IPv6 alone
)

// ProbeResult says what one visit of a series counts as. What is announced
// maintenance is not said here: it is looked up when a series is judged.
type ProbeResult string

// The results.
const (
	ProbeOpened     ProbeResult = "opened"     // the home page was complete within 15 seconds
	ProbeFailed     ProbeResult = "failed"     // it was not, and the fault is not ours
	ProbeDoubtful   ProbeResult = "doubtful"   // something came that may not be the home page: a person has to look
	ProbeUnmeasured ProbeResult = "unmeasured" // our own line, policy or a shield stood between: counts nowhere
)

// ProbeVisit 间隔性访问 is one timed visit of a home page over one address
// family. Durations are measured on the steady clock, summed over redirects.
type ProbeVisit struct {
	Target    TargetID      `json:"target"`
	Series    ProbeSeries   `json:"series"`
	Vantage   string        `json:"vantage,omitempty"` // the place that was probed from; "" is the only one
	At        time.Time     `json:"at"`
	Slot      int           `json:"slot"` // which of the day's planned visits, from 0; -1 outside a plan
	URL       string        `json:"url"`
	FinalURL  string        `json:"final_url,omitempty"` // behind redirects, where it differs
	Family    int           `json:"family,omitempty"`    // 4 or 6; 0 when no address was dialled
	Address   string        `json:"address,omitempty"`   // that answered; "" when none did or none may be named
	DNS       time.Duration `json:"dns_ns"`
	Connect   time.Duration `json:"connect_ns"`
	TLS       time.Duration `json:"tls_ns"`
	FirstByte time.Duration `json:"first_byte_ns"` // from the beginning of the visit
	Total     time.Duration `json:"total_ns"`      // until the body was complete or the failure certain
	Bytes     int64         `json:"bytes"`         // of the body, as received
	Status    int           `json:"status,omitempty"`
	Failure   Failure       `json:"failure,omitempty"`
	Response  Response      `json:"response,omitempty"` // what the body turned out to be
	Cause     string        `json:"cause,omitempty"`    // Chinese sentence; "" for a visit that opened
	Result    ProbeResult   `json:"result"`
	Checked   bool          `json:"checked,omitempty"` // a failure that is not our line's: the site answered, or a control opened before and after
	Cert      *Certificate  `json:"cert,omitempty"`    // of an HTTPS home page
	NoTurn    error         `json:"-"`                 // why a cancelled visit got no turn, for the log; not kept
}

// CertFault names what is wrong with a certificate; "" when nothing is.
type CertFault string

// The faults of a certificate, the gravest first.
const (
	CertExpired   CertFault = "expired"
	CertNotYet    CertFault = "not-yet"
	CertName      CertFault = "name"      // issued for another name
	CertSelf      CertFault = "self"      // signed by itself
	CertChain     CertFault = "chain"     // an intermediate is not sent
	CertAuthority CertFault = "authority" // the root is not one that systems trust
	CertExpiring  CertFault = "expiring"  // it ends within ExpiringDays: a hint, the certificate is still good
)

// ExpiringDays is how many days before its end a certificate is listed.
const ExpiringDays = 30

// Certificate is what an HTTPS server showed of itself.
type Certificate struct {
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	Names     []string  `json:"names,omitempty"` // at most 20
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
	Sent      int       `json:"sent"`            // certificates the server sent
	Fault     CertFault `json:"fault,omitempty"` // the gravest
	// Faults are all that were found, the gravest first; nil also where only
	// the gravest was kept.
	Faults []CertFault `json:"faults,omitempty"`
}

// Every gives all faults that are known, the gravest first.
func (c *Certificate) Every() []CertFault {
	if len(c.Faults) == 0 && c.Fault != "" {
		return []CertFault{c.Fault}
	}
	return c.Faults
}

// Maintenance 公告维护时段 is a time for which a site announced that it may
// not open. It excuses only what it announced beforehand.
type Maintenance struct {
	Target    TargetID  `json:"target"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"` // not included
	Announced time.Time `json:"announced"`
	Source    string    `json:"source"` // address or number of the announcement
}

// Excuses says whether the window covers a visit at t: announced before it
// began, and t within it.
func (m *Maintenance) Excuses(t time.Time) bool {
	return !m.Announced.After(m.From) && !t.Before(m.From) && t.Before(m.To)
}
