package farm

import (
	"fmt"
	"net/http"

	"github.com/govsweep/govsweep"
)

const registerDiffers = govsweep.IndicatorCode("register-mismatch")

// misfile makes the row of the register say something else than the site, or
// the same in other words: by number of the site, so that other plants stay
// where they are.
func (s *site) misfile(p part) {
	if s.trouble == challenged || s.unreachable() || s.mongol {
		return
	}
	switch {
	case s.no%6 == 1 && p.plants > 0 && s.foot.owner && !s.foot.byScript:
		s.filed.owner = s.region + "大数据发展服务中心"
		s.plantWide(registerDiffers, "/", "底部主办单位与名录不一致")
	case s.no%6 == 3 && p.plants > 0 && !s.tags.drop["SiteName"]:
		s.filed.name = s.region + "经济技术开发区"
		s.plantWide(registerDiffers, "/", "网站名称与名录不一致")
	case s.no > 0 && s.no%6 == 0 && s.portal():
		s.filed.name, s.filed.owner = s.region+"人民政府门户网站", s.region+"政府"
		s.alike(registerDiffers, "/", "名录中的名称、主办单位写法不同，实为同一")
	}
}

// strays are registered sites beside the cast whose domain is no site's any
// more; without a page the name is not there.
func (f *Farm) strays() {
	for i, k := range []struct {
		slug, note string
		state      govsweep.SiteState
		page       func(f *Farm, w http.ResponseWriter, r *http.Request)
	}{
		{"gone", "登记为正常运行，域名不存在", govsweep.Running, nil},
		{"parked", "首页是域名出售页面", govsweep.Running, parkedPage},
		{"moved", "首页转向其他域名", govsweep.Running, movedPage},
		{"closed", "登记为关停，域名已注销", govsweep.Closed, nil},
	} {
		on := f.sites[0]
		s := &site{farm: f, no: len(f.sites) + i, role: k.slug, kind: govsweep.DepartmentSite, region: on.region, name: on.region + "工业园区" + digits(dice(f.opt.Seed, k.slug), 2) + "号",
			owner: on.region + "工业园区管理委员会", supervisor: on.owner, level: on.level, host: k.slug + "." + on.label() + ".gov.cn", code: fmt.Sprintf("9899990%03d", i+1)}
		s.filed.state, s.stray = k.state, k.page
		f.extra = append(f.extra, s)
		if k.page != nil {
			f.byStray[s.host] = s
		}
		if k.state == govsweep.Closed {
			s.alike(registerDiffers, "/", k.note)
			continue
		}
		s.plantWide(registerDiffers, "/", k.note)
	}
}

func parkedPage(_ *Farm, w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, `<!DOCTYPE html><html><head><title>域名出售</title></head><body><h1>该域名正在出售</h1><p>域名出售，有意者请与我们联系，价格面议。</p></body></html>`)
}

func movedPage(f *Farm, w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, f.address(friend, "/"), http.StatusFound)
}
