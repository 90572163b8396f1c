package web

import (
	"net/http"
	"slices"

	"github.com/govsweep/govsweep"
)

// who says for whom a route is.
type who []govsweep.UserRole

var (
	everybody who // also without a user
	anyUser   = who{govsweep.BureauRole, govsweep.InspectorRole, govsweep.OwnerRole, govsweep.AuditorRole}
	staff     = who{govsweep.BureauRole, govsweep.InspectorRole, govsweep.AuditorRole}
	operators = who{govsweep.BureauRole, govsweep.InspectorRole}
	auditors  = who{govsweep.BureauRole, govsweep.AuditorRole}
)

func (w who) has(r govsweep.UserRole) bool { return slices.Contains(w, r) }

// A handler answers or gives the error that page turns into an answer.
type handler func(s *Server, w http.ResponseWriter, r *http.Request) error

// A route is one row of the table of what exists and who may ask for it.
type route struct {
	method, path string
	allowed      who
	scope        govsweep.TokenScope // a token needs it; "" = pages, where no token counts
	say          string              // of the API, for its description
	query        []string            // what it reads behind the question mark, of the API, for its description
	handle       handler
}

// routes is the table. Nothing else is served.
func routes() []route {
	const read, run = govsweep.ReadScope, govsweep.RunScope
	paged := []string{"after", "limit"}
	return []route{
		{"GET", "/login", everybody, "", "", nil, (*Server).loginPage},
		{"POST", "/login", everybody, "", "", nil, (*Server).login},
		{"POST", "/logout", anyUser, "", "", nil, (*Server).logout},
		{"GET", "/{$}", anyUser, "", "", nil, (*Server).overview},
		{"GET", "/sweeps", staff, "", "", nil, (*Server).sweeps},
		{"GET", "/sweeps/{id}", staff, "", "", nil, (*Server).sweep},
		{"GET", "/schedules/{name}", staff, "", "", nil, (*Server).schedule},
		{"POST", "/schedules/{name}/{what}", operators, "", "", nil, (*Server).command},
		{"GET", "/sites", anyUser, "", "", nil, (*Server).sites},
		{"GET", "/sites/{id}", anyUser, "", "", nil, (*Server).site},
		{"GET", "/accounts", anyUser, "", "", nil, (*Server).accounts},
		{"GET", "/accounts/{id}", anyUser, "", "", nil, (*Server).account},
		{"GET", "/audit", auditors, "", "", nil, (*Server).audit},

		{"GET", "/api/v1/openapi.json", anyUser, read, "本说明", nil, (*Server).apiDescription},
		{"GET", "/api/v1/health", anyUser, read, "运行状况", nil, (*Server).apiHealth},
		{"GET", "/api/v1/alarms", staff, read, "尚未解除的报警", nil, (*Server).apiAlarms},
		{"GET", "/api/v1/schedules", staff, read, "全部计划", nil, (*Server).apiSchedules},
		{"GET", "/api/v1/schedules/{name}", staff, read, "一个计划及其执行记录", nil, (*Server).apiSchedule},
		{"POST", "/api/v1/schedules/{name}/{what}", operators, run, "操作计划：pause、resume、run、cancel", nil, (*Server).apiCommand},
		{"GET", "/api/v1/sweeps", staff, read, "全部检查，新的在前", paged, (*Server).apiSweeps},
		{"GET", "/api/v1/sweeps/{id}", staff, read, "一次检查及其进度", nil, (*Server).apiSweep},
		{"GET", "/api/v1/sweeps/{id}/verdicts", anyUser, read, "一次检查的判定；主办单位只得到本单位的", paged, (*Server).apiVerdicts},
		{"GET", "/api/v1/sweeps/{id}/findings", staff, read, "一次检查的问题", []string{"target", "after", "limit"}, (*Server).apiFindings},
		{"GET", "/api/v1/targets", anyUser, read, "在册网站；主办单位只得到本单位的", paged, (*Server).apiTargets},
		{"GET", "/api/v1/targets/{id}", anyUser, read, "一个在册网站", nil, (*Server).apiTarget},
		{"GET", "/api/v1/targets/{id}/findings", anyUser, read, "一个网站最近一次检查的问题", paged, (*Server).apiTargetFindings},
		{"GET", "/api/v1/accounts", anyUser, read, "在册政务新媒体账号；主办单位只得到本单位的", paged, (*Server).apiAccounts},
		{"GET", "/api/v1/accounts/{id}", anyUser, read, "一个在册账号", nil, (*Server).apiAccount},
		{"GET", "/api/v1/accounts/{id}/findings", anyUser, read, "一个账号最近一次检查的问题", paged, (*Server).apiAccountFindings},
		{"GET", "/api/v1/findings/{id}", anyUser, read, "一个问题", nil, (*Server).apiFinding},
		{"GET", "/api/v1/audit", auditors, read, "审计日志，新的在前", paged, (*Server).apiAudit},
	}
}
