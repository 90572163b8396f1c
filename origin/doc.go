// Package origin finds which article of a site and which post of an account
// are one piece of information 数据同源、信息同步, and says what is on one side
// alone. It is pure: the same items give the same pairs, in whatever order
// they come, and what was not read is never said to be missing.
package origin
