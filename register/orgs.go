package register

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
)

// ReadOrgs reads a register of units 单位登记表.
func ReadOrgs(r io.Reader, name string) ([]Row[govsweep.Org], []Refusal, error) {
	return orgLayout.read(r, name)
}

var orgLayout = layout[govsweep.Org]{
	kind:     "单位登记表",
	required: []string{"单位名称"},
	key: func(o *govsweep.Org) string {
		if o.Code != "" {
			return "code:" + o.Code
		}
		return "name:" + o.Name
	},
	label: func(o *govsweep.Org) string { return "单位" + o.Name },
	finish: func(o *govsweep.Org) (bad, string) {
		if o.Name == "" {
			return "单位名称", "单位名称不能为空"
		}
		return "", ""
	},
	fields: []field[govsweep.Org]{
		words("单位代码", []string{"单位代码", "统一社会信用代码", "单位编码", "代码", "信用代码"}, func(o *govsweep.Org) *string { return &o.Code }),
		words("单位名称", []string{"单位名称", "名称", "单位", "机构名称"}, func(o *govsweep.Org) *string { return &o.Name }),
		{name: "层级", synonyms: []string{"层级", "级别", "单位层级", "行政级别"},
			set:  func(o *govsweep.Org, v string) (err error) { o.Level, err = pick(levelWords, v, "层级"); return err },
			get:  func(o *govsweep.Org) string { return o.Level },
			copy: func(d, s *govsweep.Org) { d.Level = s.Level }},
		words("行政区划", []string{"行政区划", "地区", "所属地区", "区划"}, func(o *govsweep.Org) *string { return &o.Region }),
		words("上级单位", []string{"上级单位", "主管单位", "上级主管单位", "隶属单位"}, func(o *govsweep.Org) *string { return &o.Parent }),
		words("联系电话", []string{"联系电话", "电话", "联系方式"}, func(o *govsweep.Org) *string { return &o.Phone }),
		{name: "电子邮箱", synonyms: []string{"电子邮箱", "邮箱", "电子邮件", "email"},
			set: func(o *govsweep.Org, v string) error {
				if o.Email = plainWord(v); o.Email != "" && (strings.Count(o.Email, "@") != 1 || strings.ContainsAny(o.Email, " <>\"'")) {
					return fmt.Errorf("电子邮箱“%s”不正确", short(v))
				}
				return nil
			},
			get:  func(o *govsweep.Org) string { return o.Email },
			copy: func(d, s *govsweep.Org) { d.Email = s.Email }},
	},
}
