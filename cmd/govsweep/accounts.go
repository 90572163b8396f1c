package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
)

type importAccountsCmd struct{ importFlags }

// Run imports accounts; what changes of a registered one goes into its history.
func (c *importAccountsCmd) Run(a *app) error {
	known := map[govsweep.TargetID]govsweep.Account{}
	day := a.asOf().In(govsweep.Shanghai).Format("2006-01-02")
	return importRows(a, c.importFlags, func(r io.Reader, name string) ([]register.Row[govsweep.Account], []register.Refusal, error) {
		return register.ReadAccountsBy(r, name, day)
	},
		func(db *storage.DB, rows []register.Row[govsweep.Account]) ([]govsweep.Account, error) {
			a.tellProfiles(rows)
			all, err := db.Accounts(a.ctx, storage.AccountFilter{})
			for _, was := range all {
				known[was.ID] = was
			}
			return all, err
		},
		func(db *storage.DB, rows []govsweep.Account) error {
			for i := range rows {
				if was, ok := known[rows[i].ID]; ok {
					rows[i] = rows[i].After(&was, day)
				}
			}
			return db.SaveAccounts(a.ctx, rows)
		})
}

// tellProfiles says which sources are public pages: they are kept, and not read.
func (a *app) tellProfiles(rows []register.Row[govsweep.Account]) {
	for i := range rows {
		for _, s := range rows[i].Value.Sources {
			if s.Kind == govsweep.ProfileSource {
				fmt.Fprintf(a.stderr, "第%d行：信息来源“%s”是账号主页，须用浏览器打开，本版本只登记、不读取；请另登记订阅地址，或用 govsweep import posts 导入信息。\n", rows[i].Line, reports.Clean(s.Address))
			}
		}
	}
}

type accountsCmd struct {
	List      accountsListCmd      `cmd:"" default:"withargs" help:"列出名录；可读取信息来源，查看是否正常。"`
	Sync      accountsSyncCmd      `cmd:"" help:"数据同源、信息同步：比对账号与其主办单位网站发布的信息。"`
	Checklist accountsChecklistCmd `cmd:"" help:"列出须由人工检查的项目，可打印、填写后导入。"`
}

type accountsListCmd struct {
	Media  string `help:"只列出该平台的账号：wechat、weibo、douyin、toutiao、kuaishou、app、miniprogram、other。" placeholder:"平台"`
	Region string `help:"只列出该行政区划的账号。" placeholder:"区划"`
	Host   string `help:"只列出该主办单位的账号。" placeholder:"单位"`
	Tag    string `help:"只列出有该标签的账号。" placeholder:"标签"`
	Check  bool   `help:"读取各账号的信息来源，列出来源是否正常。"`
	RSSHub string `name:"rsshub" help:"RSSHub 类聚合服务的地址，供登记为 rsshub 的来源使用。默认为配置文件中的 rsshub。" placeholder:"网址"`
}

// Run lists the register of accounts.
func (c *accountsListCmd) Run(a *app) error {
	filter, err := accountFilter(c.Media, c.Region, c.Host, c.Tag)
	if err != nil {
		return err
	}
	db, err := a.openDB()
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Accounts(a.ctx, filter)
	if err != nil {
		return err
	}
	if c.Check {
		return c.check(a, db, rows)
	}
	return a.grid(accountGrid(rows), func(w io.Writer) error { return jsonLines(w, rows) })
}

// accountFilter picks accounts by what the flags of a list say; a platform
// nobody knows is refused.
func accountFilter(media, region, host, tag string) (storage.AccountFilter, error) {
	f := storage.AccountFilter{Region: region, Host: host, Tag: tag}
	if media == "" {
		return f, nil
	}
	var err error
	f.Media, err = register.ReadMedia(media)
	return f, err
}

func accountGrid(rows []govsweep.Account) reports.Grid {
	g := reports.Grid{Name: "政务新媒体名录", Cols: []reports.Col{
		{Title: "平台", Width: 12}, {Title: "账号代码", Width: 30, Keep: true}, {Title: "账号名称", Width: 24, Tell: true}, {Title: "账号ID", Width: 24, Wide: true}, {Title: "认证主体", Width: 28, Wide: true},
		{Title: "主办单位", Width: 28, Tell: true}, {Title: "行政区划", Width: 20, Wide: true}, {Title: "备案", Width: 8}, {Title: "状态", Width: 10},
		{Title: "开设日期", Width: 12, Wide: true}, {Title: "关停日期", Width: 12, Wide: true}, {Title: "曾用名", Width: 24, Wide: true},
		{Title: "变更记录", Width: 50, Wide: true}, {Title: "控制账号", Width: 8, Wide: true},
	}}
	for i := range rows {
		r := &rows[i]
		g.Rows = append(g.Rows, []reports.Cell{
			shownText(register.MediaWord(r.Media)), shownText(string(r.ID)), shownText(r.Name), shownText(r.Number), shownText(r.Certified), shownText(r.Host),
			shownText(r.Region), shownText(filingWord(r.Filing)), shownText(accountStateWord(r.State)), shownText(r.Opened), shownText(r.Closed),
			shownText(strings.Join(r.FormerNames, "、")), shownText(changes(r.History)), shownText(map[bool]string{true: "是"}[r.Control]),
		})
	}
	return g
}

func changes(all []govsweep.AccountChange) string {
	var lines []string
	for _, c := range all {
		lines = append(lines, c.On+" "+c.Field+"：“"+changed(c.Old)+"”→“"+changed(c.New)+"”")
	}
	return strings.Join(lines, "；")
}

// changed gives the word of a state where a change holds its code.
func changed(s string) string {
	switch govsweep.AccountState(s) {
	case govsweep.AccountRunning, govsweep.AccountClosing, govsweep.AccountClosed:
		return accountStateWord(govsweep.AccountState(s))
	}
	if f := govsweep.FilingState(s); f == govsweep.Filed || f == govsweep.Unfiled {
		return filingWord(f)
	}
	return s
}

func filingWord(f govsweep.FilingState) string {
	return map[govsweep.FilingState]string{govsweep.Filed: "已备案", govsweep.Unfiled: "未备案"}[f]
}

func accountStateWord(s govsweep.AccountState) string {
	return map[govsweep.AccountState]string{"": "正常", govsweep.AccountRunning: "正常", govsweep.AccountClosing: "注销中", govsweep.AccountClosed: "已关停"}[s]
}

// Help shows how it is used.
func (importAccountsCmd) Help() string {
	return `可读取的列：` + strings.Join(register.AccountColumns(), "、") + `。必须有平台、账号名称两列。
控制账号填“是”的，是已知经常发布信息的账号：它当天有新信息，才能证明同一来源服务正常，其他账号没有更新的结论才成立（也可以在标签中写“控制账号”）。

示例：
  govsweep import accounts 账号名录.xlsx --dry-run     先看与现有名录的差别
  govsweep import accounts 账号名录.xlsx
  govsweep import accounts 账号名录.csv --skip-refused`
}

// Help shows how it is used.
func (accountsListCmd) Help() string {
	return `示例：
  govsweep accounts list --media wechat --region 某某市
  govsweep accounts list --check                       逐个读取信息来源
  govsweep accounts list --format xlsx > 账号名录.xlsx`
}
