package main

import "log/slog"

// flags are the settings every command takes (contract, section 1). An empty
// value means that the environment, the file or the default decides.
type flags struct {
	Data     string   `help:"数据目录。默认 ./govsweep-data。环境变量 GOVSWEEP_DATA。" placeholder:"目录"`
	DB       string   `name:"db" help:"数据库：sqlite:文件 或 postgres://…。默认为数据目录下的 govsweep.db。环境变量 GOVSWEEP_DB。" placeholder:"地址"`
	Config   string   `help:"配置文件。默认为数据目录下的 govsweep.yaml。环境变量 GOVSWEEP_CONFIG。" placeholder:"文件"`
	AsOf     string   `help:"监测时间点：2021-08-27（当日结束时）或 RFC 3339 时间。默认为现在。" placeholder:"时间"`
	Format   string   `help:"输出格式：table、jsonl、csv、xlsx；问题还可为 sarif、junit。默认终端上为 table，否则为 jsonl。" placeholder:"格式"`
	AllowNet []string `help:"允许采集的内部网络（CIDR），可重复。默认不采集内部网络。环境变量 GOVSWEEP_ALLOW_NET。" placeholder:"网段"`
	Resolver string   `help:"采集所用的域名服务器（主机:端口）。默认用本机的。环境变量 GOVSWEEP_RESOLVER。" placeholder:"地址"`
	Verbose  bool     `short:"v" help:"在标准错误输出详细日志。"`
}

func (f *flags) level() slog.Level {
	if f.Verbose {
		return slog.LevelDebug
	}
	return slog.LevelWarn
}
