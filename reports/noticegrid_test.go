package reports

import (
	"strings"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
)

func TestTheListOfPapersShowsNumberAndWhatIsOpenOnANarrowTerminal(t *testing.T) {
	const number = "云川市政务公开办网改〔2026〕128号"
	n := govsweep.Notice{ID: "N128", Number: number, Kind: govsweep.RectificationNotice, State: govsweep.NoticeDecided, Deadline: "2026-11-20",
		Target: govsweep.Target{Name: "云川市人民政府政务服务和大数据管理局门户网站"}}
	for i := range 45 {
		n.Items = append(n.Items, govsweep.NoticeItem{No: i + 1, Status: govsweep.Noticed})
	}
	for _, width := range []int{100, 80} {
		var out strings.Builder
		if err := Table(&out, NoticeGrid([]govsweep.Notice{n}, time.Now()), width); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if !strings.Contains(lines[0], "未了结") || !strings.Contains(lines[2], number) || !strings.Contains(lines[2], "  45  ") || !strings.Contains(lines[2], "逾期") {
			t.Errorf("at %d columns:\n%s", width, out.String())
		}
	}
}
