package govsweep

import "time"

// A Plan is a 工作要点 read into a ledger of tasks.
type Plan struct {
	ID       string    `json:"id"` // "P" and a number
	Title    string    `json:"title"`
	Number   string    `json:"number,omitempty"` // 文号 as printed
	Issuer   string    `json:"issuer,omitempty"`
	Issued   string    `json:"issued,omitempty"` // YYYY-MM-DD; "" when the paper prints none
	Year     int       `json:"year,omitempty"`   // the year the plan is for
	Source   string    `json:"source"`           // name of the file read
	Digest   string    `json:"digest"`           // of that file
	Imported time.Time `json:"imported"`
	Version  int       `json:"version"` // counts re-imports, from 1
	Tasks    []Task    `json:"tasks"`
	Notes    []string  `json:"notes,omitempty"` // what could not be read, one sentence each, with the place
}

// A Task is one thing a plan asks for: the sentences in front of one pair of
// 责任单位 and 完成时限, or one sentence group of an item where the paper
// prints no pairs.
type Task struct {
	ID         string   `json:"id"`      // stable within the plan: "2.1-3" = chapter 2, item 1, third task
	Chapter    string   `json:"chapter"` // 一、… as printed, "" when the paper has none
	Item       string   `json:"item"`    // （一）… heading as printed
	Text       string   `json:"text"`    // the task as printed, line breaks of paging mended
	Bodies     []string `json:"bodies"`  // 责任单位, one by one
	BodiesText string   `json:"bodies_text,omitempty"`
	Due        Due      `json:"due"`
	Damaged    string   `json:"damaged,omitempty"` // what of the print is damaged, one sentence
	Demands    []Demand `json:"demands,omitempty"`
	// State, Proof, Note and By are what people write into the ledger.
	State TaskState `json:"state"`
	Proof string    `json:"proof,omitempty"`
	Note  string    `json:"note,omitempty"`
	By    string    `json:"by,omitempty"`
}

// DueKind says how a 完成时限 is meant.
type DueKind string

// The kinds of time limit.
const (
	DueNone     DueKind = ""         // none printed
	DueDate     DueKind = "date"     // by Date
	DueOpen     DueKind = "open"     // 持续推进、长期坚持
	DuePeriodic DueKind = "periodic" // 每月2日前、每年至少1次: Text says it
	DueDamaged  DueKind = "damaged"  // printed, not legible
)

// Due is a 完成时限.
type Due struct {
	Kind DueKind `json:"kind,omitempty"`
	Date string  `json:"date,omitempty"` // YYYY-MM-DD, the last day
	Text string  `json:"text,omitempty"` // as printed
}

// A Demand is one thing asked for within a task that can be looked at: by
// indicators where a check exists, else by a person with a checklist.
type Demand struct {
	Text       string   `json:"text"`                 // the words it was known by
	Indicators []string `json:"indicators,omitempty"` // book ids: XG-11
	Checklist  string   `json:"checklist,omitempty"`  // what a person looks at
}

// TaskState is where a task stands.
type TaskState string

// The states of a task; overdue is computed, never stored.
const (
	TaskOpen    TaskState = "open"
	TaskDone    TaskState = "done"
	TaskDropped TaskState = "dropped" // 取消或并入, with a note
)
