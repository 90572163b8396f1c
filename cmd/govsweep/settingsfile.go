package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/namedfile"
	"github.com/govsweep/govsweep/yamlwords"
)

// fileSettings is the configuration file govsweep.yaml. Unknown keys are errors.
type fileSettings struct {
	Data         string
	DB           string
	AllowNet     []string
	Resolver     string
	Rate         float64 // requests a second to one host
	PlatformRate float64 // requests a second to all sites of one platform; -1: no limit
	Parallel     int     // requests at the same time to one host
	MaxPages     int
	Contact      string // printed in the User-Agent
	Authority    string // the body whose duty overrides robots.txt
	Window       string // 22:00-06:00
	Rulebook     string
	RSSHub       string   // address of the RSSHub-style service accounts are read through
	Control      []string // home pages of control sites
	Form         string   // of notices, name or file
	Holidays     string   // a bureau's table of days off, CSV
	Alarm        alarmSettings
}

// keys gives the place of every key of the file.
func (s *fileSettings) keys() map[string]any {
	return map[string]any{
		"data": &s.Data, "db": &s.DB, "allow_net": &s.AllowNet, "resolver": &s.Resolver,
		"rate": &s.Rate, "platform_rate": &s.PlatformRate, "parallel": &s.Parallel, "max_pages": &s.MaxPages, "contact": &s.Contact,
		"control": &s.Control, "rsshub": &s.RSSHub, "alarm": &s.Alarm,
		"robots_authority": &s.Authority, "window": &s.Window, "rulebook": &s.Rulebook, "form": &s.Form, "holidays": &s.Holidays,
	}
}

// file reads the configuration file: the one named, or the one in the data
// directory if it is there.
func (f *flags) file(env func(string) string) (fileSettings, error) {
	named := firstOf(f.Config, env("GOVSWEEP_CONFIG"))
	path := firstOf(named, filepath.Join(firstOf(f.Data, env("GOVSWEEP_DATA"), "govsweep-data"), "govsweep.yaml"))
	raw, err := namedfile.Read("配置文件", path)
	if named == "" && errors.Is(err, fs.ErrNotExist) {
		return fileSettings{}, nil
	}
	if err != nil {
		return fileSettings{}, err
	}
	out, faults := parseFile(raw)
	if len(faults) > 0 {
		return out, &govsweep.Error{Kind: govsweep.Wrong, Say: "配置文件“" + path + "”有误：" + strings.Join(faults, "；")}
	}
	return out, nil
}

// parseFile reads the text of a configuration file. It names every fault with
// its line, the library's own strict reading stops at the first, and lists the
// keys there are where one was not known.
func parseFile(raw []byte) (out fileSettings, faults []string) {
	file, fault := yamlwords.Parse(raw)
	if fault != "" {
		return out, []string{"不是正确的YAML：" + fault}
	}
	keys, unknown := out.keys(), false
	seen := map[string]bool{}
	for _, kv := range entries(file) {
		key, line := strings.Trim(kv.Key.String(), `"'`), kv.Key.GetToken().Position.Line
		place, known := keys[key]
		switch {
		case !known:
			unknown = true
			faults = append(faults, fmt.Sprintf("第%d行不认识的键“%s”", line, key))
		case seen[key]:
			faults = append(faults, fmt.Sprintf("第%d行键“%s”重复", line, key))
		case key == "alarm":
			faults = append(faults, parseAlarm(kv.Value, &out.Alarm)...)
		case kv.Value.Type() == ast.NullType: // not given
		case !takes(kv.Value, place):
			faults = append(faults, fmt.Sprintf("第%d行键“%s”的值不正确，应为%s", line, key, wantedValue(place)))
		default:
			if why := out.wrongValue(key); why != "" {
				faults = append(faults, fmt.Sprintf("第%d行键“%s”：%s", line, key, why))
			}
		}
		seen[key] = true
	}
	if len(faults) == 0 && len(entries(file)) == 0 && hasContent(file) {
		unknown, faults = true, []string{"应为“键: 值”形式的内容"}
	}
	if unknown {
		faults = append(faults, "可用的键为"+strings.Join(slices.Sorted(maps.Keys(keys)), "、"))
	}
	return out, faults
}

// entries lists the keys of the file with their values, in order.
func entries(file *ast.File) []*ast.MappingValueNode {
	var out []*ast.MappingValueNode
	for _, doc := range file.Docs {
		switch n := doc.Body.(type) {
		case *ast.MappingNode:
			out = append(out, n.Values...)
		case *ast.MappingValueNode:
			out = append(out, n)
		}
	}
	return out
}

// hasContent says whether a file holds more than comments.
func hasContent(file *ast.File) bool {
	return slices.ContainsFunc(file.Docs, func(d *ast.DocumentNode) bool {
		switch d.Body.(type) {
		case nil, *ast.CommentGroupNode, *ast.NullNode:
			return false
		}
		return true
	})
}

// takes writes a value into the place of its key; false when it is of another
// kind. The library would cut 1.5 to 1 without a word.
func takes(n ast.Node, place any) bool {
	if _, whole := place.(*int); whole && n.Type() == ast.FloatType {
		return false
	}
	return yaml.NodeToValue(n, place) == nil
}

// wantedValue names what a key takes.
func wantedValue(place any) string {
	switch place.(type) {
	case *int:
		return "整数"
	case *float64:
		return "数"
	case *[]string:
		return "列表"
	}
	return "文字"
}
