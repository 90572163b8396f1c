package register

import (
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
)

// ReadSites reads a register of sites 政府网站登记表. Rows that cannot be
// taken are refused one by one; err means the file as a whole cannot be read.
func ReadSites(r io.Reader, name string) ([]Row[govsweep.Site], []Refusal, error) {
	return siteLayout.read(r, name)
}

var kindWords = []choice[govsweep.SiteKind]{
	{[]string{"门户", "门户网站", "政府门户", "政府门户网站", "portal"}, govsweep.Portal},
	{[]string{"部门", "部门网站", "政府部门网站", "department"}, govsweep.DepartmentSite},
	{[]string{"其他", "专项", "专项网站", "专题网站"}, govsweep.UnknownSite},
}

var stateWords = []choice[govsweep.SiteState]{
	{[]string{"正常", "正常运行", "运行", "在运行", "开办", "running"}, govsweep.Running},
	{[]string{"临时下线", "下线", "暂停", "临时关停", "整改下线", "suspended"}, govsweep.Suspended},
	{[]string{"关停", "已关停", "注销", "已注销", "永久下线", "关闭", "closed"}, govsweep.Closed},
	{[]string{"迁移", "已迁移", "moved"}, govsweep.Moved},
}

var levelWords = []choice[string]{
	{[]string{"部委", "国务院部门", "中央", "国家级"}, "部委"},
	{[]string{"省级", "省", "省部级", "自治区", "自治区级", "直辖市"}, "省级"},
	{[]string{"市级", "市", "地市级", "地级", "盟级", "盟市级", "州级", "地市"}, "市级"},
	{[]string{"县级", "县", "区县级", "区级", "旗县级", "旗县", "区县", "县区级"}, "县级"},
	{[]string{"乡级", "乡镇级", "乡镇", "街道", "镇级"}, "乡级"},
}

var scopeWords = []choice[string]{
	{[]string{"县级以上", "县级以上人民政府", "county-or-above"}, "county-or-above"},
	{[]string{"省级政府办公厅", "省级或国务院部门办公厅", "provincial-office"}, "provincial-office"},
	{[]string{"县级政府", "县级", "county"}, "county"},
	{[]string{"蒙古文责任单位", "mongolian-duty"}, "mongolian-duty"},
	{[]string{"蒙古文网站", "mongolian-site"}, "mongolian-site"},
}

var siteLayout = layout[govsweep.Site]{
	kind:     "网站登记表",
	required: []string{"网站名称", "首页网址"},
	key:      func(s *govsweep.Site) string { return string(s.ID) },
	label: func(s *govsweep.Site) string {
		if s.Code != "" {
			return "网站标识码" + s.Code
		}
		return "首页网址" + s.URL
	},
	finish: finishSite,
	fields: []field[govsweep.Site]{
		{name: "网站标识码", synonyms: []string{"网站标识码", "政府网站标识码", "标识码", "网站编码"},
			set:  func(s *govsweep.Site, v string) (err error) { s.Code, err = codeOf(v); return err },
			get:  func(s *govsweep.Site) string { return s.Code },
			copy: func(d, s *govsweep.Site) { d.Code = s.Code }},
		words("网站名称", []string{"网站名称", "站点名称", "网站名", "站点", "名称"}, func(s *govsweep.Site) *string { return &s.Name }),
		{name: "首页网址", synonyms: []string{"首页网址", "首页地址", "网站首页网址", "网站网址", "网站地址", "网址", "主域名", "网站域名", "域名", "url"},
			set:  func(s *govsweep.Site, v string) (err error) { s.URL, err = webAddress(v); return err },
			get:  func(s *govsweep.Site) string { return s.URL },
			copy: func(d, s *govsweep.Site) { d.URL = s.URL }},
		words("主办单位", []string{"主办单位", "网站主办单位", "主办单位名称"}, func(s *govsweep.Site) *string { return &s.Host }),
		words("主管单位", []string{"主管单位", "网站主管单位", "主管单位名称"}, func(s *govsweep.Site) *string { return &s.Supervisor }),
		words("承办单位", []string{"承办单位", "网站承办单位", "承办单位名称"}, func(s *govsweep.Site) *string { return &s.Operator }),
		{name: "层级", synonyms: []string{"层级", "级别", "网站层级", "行政级别", "网站级别"},
			set:  func(s *govsweep.Site, v string) (err error) { s.Level, err = pick(levelWords, v, "层级"); return err },
			get:  func(s *govsweep.Site) string { return s.Level },
			copy: func(d, s *govsweep.Site) { d.Level = s.Level }},
		words("行政区划", []string{"行政区划", "地区", "所属地区", "区划", "所在地区"}, func(s *govsweep.Site) *string { return &s.Region }),
		{name: "网站类型", synonyms: []string{"网站类型", "类型", "网站类别", "站点类型"},
			set: func(s *govsweep.Site, v string) (err error) {
				s.Kind, err = pick(kindWords, v, "网站类型")
				return err
			},
			get:  func(s *govsweep.Site) string { return wordOf(kindWords, s.Kind) },
			copy: func(d, s *govsweep.Site) { d.Kind = s.Kind }},
		words("所属平台", []string{"所属平台", "集约化平台", "平台", "所属集约化平台"}, func(s *govsweep.Site) *string { return &s.Platform }),
		{name: "是否有对外服务职能", synonyms: []string{"是否有对外服务职能", "对外服务职能", "有无对外服务职能", "是否具有对外服务职能"},
			set: func(s *govsweep.Site, v string) error {
				yes, err := pick(yesWords, v, "对外服务职能")
				s.PublicService = &yes
				return err
			},
			get:  publicService,
			copy: func(d, s *govsweep.Site) { d.PublicService = s.PublicService }},
		{name: "标签", synonyms: []string{"标签", "分组"},
			set:  func(s *govsweep.Site, v string) error { s.Tags = list(v); return nil },
			get:  func(s *govsweep.Site) string { return strings.Join(s.Tags, "、") },
			copy: func(d, s *govsweep.Site) { d.Tags = s.Tags }},
		{name: "网站状态", synonyms: []string{"网站状态", "状态", "运行状态"},
			set: func(s *govsweep.Site, v string) (err error) {
				s.State, err = pick(stateWords, v, "网站状态")
				return err
			},
			get:  func(s *govsweep.Site) string { return wordOf(stateWords, s.State) },
			copy: func(d, s *govsweep.Site) { d.State = s.State }},
		{name: "其他域名", synonyms: []string{"其他域名", "其它域名", "附加域名", "备用域名", "其他网址"},
			set:  setDomains,
			get:  func(s *govsweep.Site) string { return strings.Join(s.Domains, "、") },
			copy: func(d, s *govsweep.Site) { d.Domains = s.Domains }},
		{name: "适用范围", synonyms: []string{"适用范围", "规则范围"},
			set: func(s *govsweep.Site, v string) error {
				for _, w := range list(v) {
					scope, err := pick(scopeWords, w, "适用范围")
					if err != nil {
						return err
					}
					s.Scopes = append(s.Scopes, scope)
				}
				return nil
			},
			get:  func(s *govsweep.Site) string { return strings.Join(s.Scopes, "、") },
			copy: func(d, s *govsweep.Site) { d.Scopes = s.Scopes }},
	},
}

// words is a field of free words.
func words[T any](name string, synonyms []string, at func(*T) *string) field[T] {
	return field[T]{
		name: name, synonyms: synonyms,
		set:  func(v *T, s string) error { *at(v) = plainWord(s); return nil },
		get:  func(v *T) string { return *at(v) },
		copy: func(d, s *T) { *at(d) = *at(s) },
	}
}

func publicService(s *govsweep.Site) string {
	if s.PublicService == nil {
		return ""
	}
	return wordOf(yesWords, *s.PublicService)
}

// setDomains keeps each further domain as host, with its path where one is given.
func setDomains(s *govsweep.Site, v string) error {
	for _, d := range list(v) {
		u, err := webAddress(d)
		if err != nil {
			return err
		}
		_, bare, _ := strings.Cut(u, "://")
		s.Domains = append(s.Domains, strings.TrimSuffix(bare, "/"))
	}
	return nil
}

func finishSite(s *govsweep.Site) (bad, string) {
	switch {
	case s.URL == "":
		return "首页网址", "首页网址不能为空"
	case s.Name == "":
		return "网站名称", "网站名称不能为空"
	}
	s.ID = govsweep.SiteKey(s.Code, address.Host(s.URL))
	return "", ""
}
