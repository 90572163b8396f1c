package reports

import (
	"fmt"
	"io"
	"time"

	"github.com/govsweep/govsweep"
)

// GivenStatistics are the numbers a unit fills in for the period. A number
// that is nil was not filled in.
type GivenStatistics struct {
	Source   string                    `yaml:"填报单位"`
	From     string                    `yaml:"统计起始"` // 2026-01
	To       string                    `yaml:"统计截止"` // 2026-10
	Readings *int                      `yaml:"政策解读"`
	Gazette  *int                      `yaml:"政府公报期数"`
	Received *int                      `yaml:"收到网民留言"`
	Answered *int                      `yaml:"答复网民留言"`
	Site     map[string]int            `yaml:"网站发布信息"`  // by month
	Posts    map[string]map[string]int `yaml:"新媒体发布信息"` // by platform and month
}

// LoadGivenStatistics reads the YAML file a unit fills in. An unknown key, a
// number that cannot be, a month that is none are refused with their place.
func LoadGivenStatistics(r io.Reader) (*GivenStatistics, error) {
	var g GivenStatistics
	if err := strictYAML(r, "填报文件", &g); err != nil {
		return nil, err
	}
	if err := g.check(); err != nil {
		return nil, &govsweep.Error{Kind: govsweep.Wrong, Say: "填报文件" + err.Error(), Err: err}
	}
	return &g, nil
}

func (g *GivenStatistics) check() error {
	if clean(g.Source) == "" {
		return fmt.Errorf("未写明“填报单位”")
	}
	for key, month := range map[string]string{"统计起始": g.From, "统计截止": g.To} {
		if _, err := time.Parse("2006-01", month); err != nil {
			return fmt.Errorf("的“%s”应写明月份，如 2026-01", key)
		}
	}
	for _, x := range []struct {
		key string
		n   *int
	}{{"政策解读", g.Readings}, {"政府公报期数", g.Gazette}, {"收到网民留言", g.Received}, {"答复网民留言", g.Answered}} {
		if err := figureWhole(x.key, "统计期", x.n); err != nil {
			return fmt.Errorf("的%w", err)
		}
	}
	if g.Received != nil && g.Answered != nil && *g.Answered > *g.Received {
		return fmt.Errorf("的“答复网民留言”%d件多于“收到网民留言”%d件，请核对", *g.Answered, *g.Received)
	}
	if err := givenMonths("网站发布信息", g.Site); err != nil {
		return err
	}
	for word, months := range g.Posts {
		if err := givenMonths("新媒体发布信息 "+word, months); err != nil {
			return err
		}
	}
	return nil
}

func givenMonths(key string, months map[string]int) error {
	for m, n := range months {
		if _, err := time.Parse("2006-01", m); err != nil {
			return fmt.Errorf("的“%s”中“%s”不是月份，应如 2026-01", name(key), name(m))
		}
		if err := figureWhole(key, m, &n); err != nil {
			return fmt.Errorf("的%w", err)
		}
	}
	return nil
}

// fits refuses numbers of another period, and of a platform the unit has no
// account on.
func (g *GivenStatistics) fits(months []annexMonth, accounts []StatisticsAccount) error {
	if g == nil {
		return nil
	}
	if err := g.check(); err != nil {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: "填报文件" + err.Error(), Err: err}
	}
	if first, last := months[0].key(), months[len(months)-1].key(); g.From != first || g.To != last {
		return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("填报文件的统计期为%s至%s，与本次统计的%s至%s不一致，请核对", g.From, g.To, first, last)}
	}
	has := map[string]bool{}
	for i := range accounts {
		has[mediaWord(accounts[i].Account.Media)] = true
	}
	for word := range g.Posts {
		if !has[word] {
			return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf("填报文件的“新媒体发布信息”中有平台“%s”，该单位在该平台没有在册账号；平台应写作微信、微博、抖音、今日头条、快手、移动客户端、小程序、其他", name(word))}
		}
	}
	return nil
}

func (g *GivenStatistics) readings() *int {
	if g == nil {
		return nil
	}
	return g.Readings
}

func (g *GivenStatistics) gazette() *int {
	if g == nil {
		return nil
	}
	return g.Gazette
}

func (g *GivenStatistics) messages() (received, answered *int) {
	if g == nil {
		return nil, nil
	}
	return g.Received, g.Answered
}

func (g *GivenStatistics) siteItems(month string) *int {
	if g == nil {
		return nil
	}
	return atMonth(g.Site, month)
}

func (g *GivenStatistics) hasPosts(platform string) bool {
	return g != nil && len(g.Posts[platform]) > 0
}

func (g *GivenStatistics) postItems(platform, month string) *int {
	if g == nil {
		return nil
	}
	return atMonth(g.Posts[platform], month)
}

func atMonth(months map[string]int, month string) *int {
	if n, ok := months[month]; ok {
		return &n
	}
	return nil
}
