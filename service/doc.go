// Package service is an installation at work: what serve and work hold
// together. It turns orders of schedules into sweeps and works on their
// targets, looks at what can be alarming, says how the installation is, and
// does what the pages ask of schedules. When work is due is the business of
// schedule, inspecting that of sweep, telling that of alarm.
package service
