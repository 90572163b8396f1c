package register_test

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/register"
)

func TestRowsOfPostsAreTakenToTheirAccounts(t *testing.T) {
	t.Parallel()
	rows, refused, err := register.ReadPosts(strings.NewReader("平台,账号ID,标题,发布时间\n微信,a,甲,2026-03-01\n微信,x,乙,2026-03-02\n微信,a,丙,2026-03-09\n微信,a,丁,2019-01-01\n微信,a,戊,2027-01-01\n微信,x,己,2026-03-03\n"), "信息.csv")
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	day := func(d int) time.Time {
		return govsweep.EndOfDay(time.Date(2026, 3, d, 0, 0, 0, 0, govsweep.Shanghai))
	}
	all := []govsweep.Account{{ID: "wechat:a", Media: govsweep.WeChat, Number: "a", Name: "某某发布", Opened: "2020-01-01"}}
	got := register.TakePosts(rows, all, &register.PostFile{Name: "目录/信息.csv", Days: register.FileDays{Through: day(5), Now: day(20)}})
	if len(got.Found) != 1 || len(got.Refused) != 2 || got.Unknown != 2 || len(got.Strangers) != 1 || !strings.Contains(got.Strangers[0].Reason, "“微信 x”不在名录中（第3、7行）") {
		t.Fatalf("%+v", got)
	}
	in := got.Found[0]
	if len(in.Posts) != 1 || in.Posts[0].Title != "甲" || in.Reading.Items != 2 || in.Reading.Undated != 1 || in.Reading.Source.Address != "信息.csv" || !in.Reading.Through.Equal(day(5)) {
		t.Errorf("%+v", in)
	}
}
