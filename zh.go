package govsweep

// Word is the status in Chinese, as lists and papers print it; one that is
// not known stays as it is.
func (s FindingStatus) Word() string {
	switch s {
	case Proposed:
		return "待确认"
	case Confirmed:
		return "已确认"
	case Rejected:
		return "已排除"
	case Exempted:
		return "已豁免"
	case Noticed:
		return "已通知整改"
	case Answered:
		return "已回复"
	case Disputed:
		return "有异议"
	case Fixed:
		return "已整改"
	case Reopened:
		return "再次出现"
	}
	return string(s)
}

// Word is the state in Chinese, as lists and papers print it; one that is not
// known stays as it is.
func (s NoticeState) Word() string {
	switch s {
	case NoticeDraft:
		return "拟稿"
	case NoticeIssued:
		return "已下发"
	case NoticeReceived:
		return "已签收"
	case NoticeAnswered:
		return "已回复"
	case NoticeRetested:
		return "已复查"
	case NoticeDisputed:
		return "有异议"
	case NoticeDecided:
		return "异议已裁定"
	case NoticeOverdue:
		return "逾期"
	case NoticeEscalated:
		return "已督办"
	case NoticeClosed:
		return "已销号"
	case NoticeWithdrawn:
		return "已撤销"
	}
	return string(s)
}

// Word is the kind in Chinese, as lists print it; one that is not known stays
// as it is.
func (k ScheduleKind) Word() string {
	switch k {
	case AvailabilitySchedule:
		return "可用性监测"
	case ColumnsSchedule:
		return "栏目更新检查"
	case FullSchedule:
		return "全面检查"
	case SampleSchedule:
		return "随机抽查"
	case AccountsSchedule:
		return "政务新媒体检查"
	case NoticesSchedule:
		return "文书到期办理"
	}
	return string(k)
}

// Word is the state in Chinese, as lists print it; one that is not known
// stays as it is.
func (s ScheduleRunState) Word() string {
	switch s {
	case RunRunning:
		return "进行中"
	case RunDone:
		return "已完成"
	case RunFailed:
		return "失败"
	case RunSkipped:
		return "已跳过"
	case RunCancelled:
		return "已取消"
	}
	return string(s)
}

// Word is the platform in Chinese, as lists and papers print it; one that is
// not known stays as it is.
func (m MediaKind) Word() string {
	switch m {
	case WeChat:
		return "微信公众号"
	case Weibo:
		return "微博"
	case Douyin:
		return "抖音"
	case Toutiao:
		return "今日头条"
	case Kuaishou:
		return "快手"
	case App:
		return "移动客户端"
	case MiniProgram:
		return "小程序"
	case OtherMedia:
		return "其他"
	}
	return string(m)
}

// Word is the filing state in Chinese; 未载明 where the register does not say.
func (f FilingState) Word() string {
	switch f {
	case Filed:
		return "已备案"
	case Unfiled:
		return "未备案"
	}
	return "未载明"
}

// Word is the state of an account in Chinese; one that is not known stays as it is.
func (s AccountState) Word() string {
	switch s {
	case AccountRunning, "":
		return "正常"
	case AccountClosing:
		return "注销中"
	case AccountClosed:
		return "已关停"
	}
	return string(s)
}

// Word is the health of a source in Chinese; one that is not known stays as it is.
func (h SourceHealth) Word() string {
	switch h {
	case SourceWorking:
		return "正常"
	case SourceBlocked:
		return "被拦截"
	case SourceEmpty:
		return "无内容"
	case SourceMalformed:
		return "内容损坏"
	case SourceGone:
		return "不存在"
	case SourceRenamed:
		return "名称不符"
	case SourceClosed:
		return "平台已关闭"
	case SourceDown:
		return "无法访问"
	}
	return string(h)
}

// Word is the kind in Chinese, as messages and lists print it; one that is
// not known stays as it is.
func (k AlarmKind) Word() string {
	switch k {
	case SweepMissed:
		return "检查未按计划执行"
	case SchedulerStopped:
		return "时间表停止"
	case DatabaseGone:
		return "数据库不可用"
	case UplinkGone:
		return "本机网络出口中断"
	case SweepSuspect:
		return "检查结果存疑"
	case DiskFull:
		return "磁盘空间不足"
	case BrowserDead:
		return "浏览器不能启动"
	case ChannelDead:
		return "通知渠道不通"
	}
	return string(k)
}

// Word is the change in Chinese, as messages and lists print it.
func (c AlarmChange) Word() string {
	switch c {
	case AlarmRaised:
		return "报警"
	case AlarmReminded:
		return "仍未恢复"
	case AlarmCleared:
		return "已恢复"
	case AlarmTested:
		return "测试"
	case AlarmDigested:
		return "汇总"
	}
	return string(c)
}
