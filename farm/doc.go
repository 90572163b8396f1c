// Package farm is a made-up intensive platform 集约化平台 on loopback: sites
// of invented places over the CMS families the product reads, with planted
// faults, look-alikes that are no fault, and the truth about both. Everything
// follows from a seed; pages are made when they are asked for.
package farm
