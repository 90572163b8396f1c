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
