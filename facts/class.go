package facts

import (
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// ClassOf gives the class of a column, the reason in Chinese and how sure it
// is. The tag ColumnType is asked first, then the words of the name, then the
// columns above it, then the address. Path is the 栏目路径 and may end with
// the column itself.
func ClassOf(name string, path []string, columnType, url string) (govsweep.ColumnClass, string, float64) {
	name = className(name)
	above := classPath(path, name)
	byName, word, sure := nameClass(name)
	if isArchiveName(name) {
		return govsweep.TopicColumn, "栏目“" + name + "”是历史专题", 0.9
	}
	if class, ok := typeClass(columnType); ok && !outdone(class, byName, sure) {
		return class, "ColumnType标签为“" + strings.TrimSpace(columnType) + "”", 0.95
	}
	for _, parent := range above {
		if isTopicName(parent) {
			return govsweep.TopicColumn, "上级栏目“" + parent + "”是专题专栏", 0.8
		}
	}
	if isYearName(name) {
		return govsweep.StaticColumn, "栏目“" + name + "”按年份归档，不再更新", 0.7
	}
	if byName != govsweep.UnknownColumn {
		return byName, "栏目名称“" + name + "”含“" + word + "”", sure
	}
	if class, parent := parentClass(above); class != govsweep.UnknownColumn {
		return class, "上级栏目“" + parent + "”", 0.55
	}
	if class, slug := slugClass(url); class != govsweep.UnknownColumn {
		return class, "地址中的“" + slug + "”", 0.5
	}
	return govsweep.UnknownColumn, "", 0
}

// className reduces a name: no white space, no count behind it, no brackets.
func className(name string) string {
	name = strings.Trim(Simplified(name), "·•【】[]《》“”\"'>»-—_|:：")
	if i := strings.IndexAny(name, "(（["); i > 0 && strings.Trim(name[i:], "()（）[]0123456789") == "" {
		name = name[:i]
	}
	return name
}

// classPath gives the names above a column, the nearest first.
func classPath(path []string, name string) []string {
	var above []string
	for i := len(path) - 1; i >= 0; i-- {
		p := className(path[i])
		if p != "" && p != "首页" && !(i == len(path)-1 && p == name) {
			above = append(above, p)
		}
	}
	return above
}

// typeClass reads ColumnType, where sites write several values too.
func typeClass(columnType string) (govsweep.ColumnClass, bool) {
	for _, t := range strings.FieldsFunc(columnType, func(r rune) bool {
		return r == ',' || r == '，' || r == ';' || r == '；' || r == '、' || r == '|' || r == '/'
	}) {
		if class, ok := classTypes[Simplified(t)]; ok {
			return class, true
		}
	}
	return govsweep.UnknownColumn, false
}

// outdone says whether a name is so plain that a contradicting tag is a
// template's default: 政府信息公开指南 under 工作动态.
func outdone(class, byName govsweep.ColumnClass, sure float64) bool {
	// 信息公开目录 covers every column below 政府信息公开, 数据发布 every kind of figures.
	if (class == govsweep.DisclosureColumn || class == govsweep.ExpectedColumn) && sure >= 0.85 {
		return class != byName
	}
	if class == byName || sure < 0.95 {
		return false
	}
	return class == govsweep.NewsColumn || class == govsweep.DisclosureColumn || class == govsweep.PolicyColumn && byName != govsweep.AnnouncementColumn
}

// nameClass asks the words of a name.
func nameClass(name string) (govsweep.ColumnClass, string, float64) {
	if name == "" || len(name) > 90 {
		return govsweep.UnknownColumn, "", 0
	}
	for i := range classRules {
		r := &classRules[i]
		if word := r.match(name); word != "" {
			return r.class, word, r.confidence
		}
	}
	return govsweep.UnknownColumn, "", 0
}

func (r *classRule) match(name string) string {
	for _, w := range r.words {
		if !strings.Contains(name, w) {
			continue
		}
		for _, e := range r.except {
			if strings.Contains(name, e) {
				return ""
			}
		}
		return w
	}
	return ""
}

func isTopicName(name string) bool {
	return strings.Contains(name, "专题") || strings.Contains(name, "专栏")
}

// isArchiveName says whether a column keeps topics that are past, whatever its
// template puts into ColumnType.
func isArchiveName(name string) bool {
	for _, w := range [...]string{"历史专题", "往期专题", "专题归档", "专题回顾"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// isYearName says whether a column holds what one year brought: 2019年.
func isYearName(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "度"), "年")
	if len(name) != 4 {
		return false
	}
	for i := range 4 {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return name[:2] == "19" || name[:2] == "20"
}

// parentClass lets a column whose name says nothing take the class of the
// nearest one above that has one handed down.
func parentClass(above []string) (govsweep.ColumnClass, string) {
	for _, parent := range above {
		class, _, _ := nameClass(parent)
		switch class {
		case govsweep.UnknownColumn, govsweep.DisclosureColumn, govsweep.ExpectedColumn, govsweep.StaticColumn:
			continue
		case govsweep.NewsColumn, govsweep.FiscalColumn, govsweep.StatisticsColumn, govsweep.LettersColumn:
			return govsweep.ExpectedColumn, parent // short cycles are not handed down
		}
		return class, parent
	}
	return govsweep.UnknownColumn, ""
}

// slugClass asks the folders of the address, the last first.
func slugClass(url string) (govsweep.ColumnClass, string) {
	if url == "" {
		return govsweep.UnknownColumn, ""
	}
	parts := strings.Split(strings.Trim(address.Path(url), "/"), "/")
	for i := len(parts) - 1; i >= 0 && i >= len(parts)-2; i-- {
		slug, _, _ := strings.Cut(strings.ToLower(parts[i]), ".")
		slug, _, _ = strings.Cut(slug, "_")
		if class, ok := classSlugs[slug]; ok {
			return class, parts[i]
		}
		if slug != "index" && slug != "list" && slug != "" {
			return govsweep.UnknownColumn, ""
		}
	}
	return govsweep.UnknownColumn, ""
}
