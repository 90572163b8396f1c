package main

import (
	"fmt"
	"net/netip"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/govsweep/govsweep/alarm"
)

// alarmSettings is the key alarm of the configuration file.
type alarmSettings struct {
	Channels []alarm.ChannelConfig
	Quiet    string
	AllowNet []string // networks in which channels may lie; no other setting opens them
	Browser  bool     // this machine must be able to start a browser
}

// UnmarshalYAML takes nothing: parseAlarm reads the key, with lines.
func (*alarmSettings) UnmarshalYAML([]byte) error { return nil }

// parseAlarm reads the key and names every fault with its line.
func parseAlarm(n ast.Node, out *alarmSettings) []string {
	r := &scheduleReader{}
	channels := (*channelList)(nil)
	if !r.fields(n, map[string]any{"channels": &channels, "quiet": &out.Quiet, "allow_net": &out.AllowNet, "browser": &out.Browser}) {
		return r.faults
	}
	seen := map[string]bool{}
	for _, kv := range pairs(n) {
		switch keyOf(kv) {
		case "channels":
			r.each(kv.Value, func(item ast.Node) {
				if c, ok := r.channel(item); ok {
					if seen[c.Name] {
						r.fault(item, "通知渠道“%s”重名", c.Name)
					}
					seen[c.Name] = true
					out.Channels = append(out.Channels, c)
				}
			})
		case "quiet":
			if _, err := alarm.ParseQuiet(out.Quiet); err != nil {
				r.fault(kv.Key, "%s", said(err))
			}
		case "allow_net":
			for _, s := range out.AllowNet {
				if _, err := parseNet(s); err != nil {
					r.fault(kv.Key, "%s", err)
				}
			}
		}
	}
	return r.faults
}

// channelList stands for the list of channels, which is read item by item.
type channelList struct{}

// UnmarshalYAML takes anything.
func (*channelList) UnmarshalYAML([]byte) error { return nil }

func pairs(n ast.Node) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	return nil
}

func (r *scheduleReader) channel(item ast.Node) (c alarm.ChannelConfig, ok bool) {
	var to any
	ok = r.fields(item, map[string]any{"name": &c.Name, "kind": &c.Kind, "only": &c.Only, "server": &c.Server, "security": &c.Security, "user": &c.User,
		"password": &c.Password, "from": &c.From, "to": &to, "url": &c.URL, "secret": &c.Secret, "ca": &c.CA, "dir": &c.Dir, "form": &c.Form})
	if !ok {
		return c, false
	}
	switch v := to.(type) {
	case nil:
	case string:
		c.To = []string{v}
	default:
		for _, kv := range pairs(item) {
			if keyOf(kv) == "to" && yaml.NodeToValue(kv.Value, &c.To) != nil {
				r.fault(kv.Key, "键“to”的值不正确，应为邮件地址的列表")
			}
		}
	}
	for _, f := range c.Faults() {
		r.fault(item, "通知渠道“%s”：%s", c.Name, f)
	}
	return c, true
}

// nets are the networks of the channels; they were checked when they were read.
func (s *alarmSettings) nets() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, n := range s.AllowNet {
		p, err := parseNet(n)
		if err != nil {
			return nil, fmt.Errorf("allow_net: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}
