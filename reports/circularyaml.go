package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/yamlwords"
)

// Limits of a YAML file a bureau writes by hand, and what keeps a hostile one
// from costing more than a refusal.
const (
	maxYAML      = 1 << 20
	maxYAMLDepth = 24
)

// strictYAML reads one document into v. An unknown key, an anchor, or more
// depth than a person writes is refused with its line; what names the file.
func strictYAML(r io.Reader, what string, v any) (err error) {
	wrong := func(say string, err error) error {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: what + say, Err: err}
	}
	defer func() { // the library's panics are kept from the caller
		if p := recover(); p != nil {
			err = wrong("不是可读的 YAML", fmt.Errorf("yaml: %v", p))
		}
	}()
	src, err := io.ReadAll(io.LimitReader(r, maxYAML+1))
	if err != nil {
		return wrong("无法读取", err)
	}
	if len(src) > maxYAML {
		return wrong("超过1兆字节，请检查是否选错了文件", nil)
	}
	src, fault := yamlwords.Text(src)
	if fault != "" {
		return wrong(fault, nil)
	}
	if err := shallow(src); err != nil {
		return wrong("不符合格式："+err.Error(), err)
	}
	if err := yaml.NewDecoder(bytes.NewReader(src), yaml.DisallowUnknownField()).Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return wrong("不符合格式："+faultLine(err), err)
	}
	return nil
}

// faultLine gives the first line of what the library says about a fault.
func faultLine(err error) string {
	return yamlwords.Say(err)
}

// shallow refuses, before anything is parsed, nesting that no person writes,
// and anchors and aliases, which can grow without bounds.
func shallow(src []byte) error {
	flow := 0
	for n, line := range bytes.Split(src, []byte("\n")) {
		body := bytes.TrimLeft(line, " ")
		if len(line)-len(body) > 2*maxYAMLDepth || bytes.Count(body, []byte("- ")) > 200 || bytes.HasPrefix(body, bytes.Repeat([]byte("- "), 8)) {
			return fmt.Errorf("第%d行层次过深", n+1)
		}
		for _, b := range body {
			switch b {
			case '[', '{':
				flow++
			case ']', '}':
				flow--
			}
			if flow > maxYAMLDepth {
				return fmt.Errorf("第%d行层次过深", n+1)
			}
		}
		if bytes.Count(body, []byte("? ")) > maxYAMLDepth {
			return fmt.Errorf("第%d行层次过深", n+1)
		}
	}
	return noAnchors(src)
}

func noAnchors(src []byte) error {
	file, err := parser.ParseBytes(src, 0)
	if err != nil {
		return errors.New(faultLine(err))
	}
	if len(file.Docs) > 1 {
		return errors.New("含有多个文档，应只有一个")
	}
	v := &anchors{}
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(v, doc.Body)
		}
	}
	return v.err
}

type anchors struct{ err error }

// Visit notes the first anchor or alias.
func (a *anchors) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode:
		a.err = fmt.Errorf("第%d行使用了锚点或引用", n.GetToken().Position.Line)
	}
	return a
}
