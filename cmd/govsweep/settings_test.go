package main

import (
	"slices"
	"strings"
	"testing"
)

func TestConfigurationFileNamesEveryFaultAtOnce(t *testing.T) {
	_, faults := parseFile([]byte("ratte: 3\nrate: fast\nparallel: 2\nnett: [10.0.0.0/8]\nparallel: 3\n"))
	want := []string{"第1行不认识的键“ratte”", "第2行键“rate”的值不正确，应为数", "第4行不认识的键“nett”", "第5行键“parallel”重复"}
	if len(faults) != len(want)+1 || !slices.Equal(faults[:len(want)], want) {
		t.Errorf("got  %q\nwant %q and the keys there are", faults, want)
	}
}

func TestConfigurationFileWithEveryKey(t *testing.T) {
	s, faults := parseFile([]byte("# 说明\ndata: d\ndb: sqlite:x\nallow_net: [10.0.0.0/8, 172.16.0.0/12]\nresolver: 10.0.0.1:53\nrate: 1.5\nparallel: 3\n" +
		"max_pages: -1\ncontact: 某市\nrobots_authority: 某市政府办公室\nwindow: 22:00-06:00\nrulebook: gov-2019-19\n"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if s.Data != "d" || s.DB != "sqlite:x" || len(s.AllowNet) != 2 || s.Resolver != "10.0.0.1:53" || s.Rate != 1.5 || s.Parallel != 3 ||
		s.MaxPages != -1 || s.Contact != "某市" || s.Authority != "某市政府办公室" || s.Window != "22:00-06:00" || s.Rulebook != "gov-2019-19" {
		t.Errorf("got %+v", s)
	}
}

func TestConfigurationFileWithoutKeys(t *testing.T) {
	for text, fault := range map[string]string{"": "", "# 只有说明\n": "", "- a\n- b\n": "键: 值", "只有文字": "键: 值", "a: [": "YAML"} {
		_, faults := parseFile([]byte(text))
		if got := strings.Join(faults, "；"); (fault == "") != (got == "") || !strings.Contains(got, fault) {
			t.Errorf("%q: got %q, want %q", text, got, fault)
		}
	}
}
