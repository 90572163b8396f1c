// Package workplan reads a 工作要点 (text, HTML, DOCX, PDF) into a ledger of
// tasks with responsible bodies (责任单位), time limits (完成时限) and demands
// tied to indicators; hands the ledger out as a workbook and takes it back;
// and says where every task stands.
//
// What is read is hostile: readers keep to limits of size, depth and time and
// never panic. What is printed is kept as printed; what cannot be read is
// said to be damaged, with its place, and never guessed.
package workplan
