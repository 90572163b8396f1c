// Package workday knows the working days of the state: Monday to Friday,
// less the holidays and plus the make-up days 调休上班 the General Office of
// the State Council names for each year. The table is data with its source;
// a bureau may bring its own for later years or for local holidays.
package workday
