package account

import "github.com/govsweep/govsweep"

var mediaWords = map[govsweep.MediaKind]string{
	govsweep.WeChat: "微信公众号", govsweep.Weibo: "微博", govsweep.Douyin: "抖音号", govsweep.Toutiao: "今日头条号", govsweep.Kuaishou: "快手号",
	govsweep.App: "移动客户端", govsweep.MiniProgram: "小程序", govsweep.OtherMedia: "政务新媒体",
}

var kindWords = map[govsweep.SourceKind]string{
	govsweep.FeedSource: "订阅", govsweep.RSSHubSource: "聚合服务", govsweep.ExportSource: "平台导出文件", govsweep.ManualSource: "人工查看记录",
	govsweep.PageSource: "保存的网页", govsweep.ProfileSource: "账号主页",
}
