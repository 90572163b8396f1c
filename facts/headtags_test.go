package facts

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govsweep/govsweep"
)

func TestHeadTags(t *testing.T) {
	d := readHTML(`<head><meta charset=utf-8 name="viewport" content="width=device-width">
	<meta name="Sitename" content=" 甲县人民政府 "><meta name="SiteDomain"content="www.jia.gov.cn"/>
	<meta name="SiteIDCode" content="1234
	567890"><meta name="ColumnType" content=""><meta name='description' content='全站'>
	<meta name="Description" content=""><meta name="keywords" content="甲"><meta name="Keywords" content="乙">
	<meta name="publishdate" content="2024-06-13"><meta name="PubDate" content="2024—06——13 14∶54">
	<meta name="Maketime" content="2024-09-01 00:00:00"><meta name="source" content="某报">
	<meta name="SiteId" content="4"><meta name="ChnlId" content="9"><meta http-equiv="keywords" content="x"></head>`)
	tags, faults := d.headTags()
	want := map[string]string{"SiteName": "甲县人民政府", "SiteDomain": "www.jia.gov.cn", "SiteIDCode": "1234567890",
		"ColumnType": "", "Description": "全站", "Keywords": "乙", "PubDate": "2024—06——13 14∶54", "ContentSource": "某报"}
	if diff := cmp.Diff(want, tags); diff != "" {
		t.Error(diff)
	}
	wantFaults := []govsweep.RawTag{{Name: "ColumnType", Fault: "empty"}, {Name: "source", Value: "某报", Fault: "name-variant"}}
	if diff := cmp.Diff(wantFaults, faults); diff != "" {
		t.Error(diff)
	}
}

func TestHeadTagFaults(t *testing.T) {
	cases := []struct{ head, fault string }{
		{`<meta name="PubDate" content="2024-06-13 09:30">`, ""},
		{`<meta name="pubdate" content="2024-06-13 09:30:26">`, ""},
		{`<meta name="PubDate" content="2024-06-13">`, "bad-date"},
		{`<meta name="PubDate" content="2024年6月13日">`, "bad-date"},
		{`<meta name="PubDate" content="2024-13-13 09:30">`, "bad-date"},
		{`<meta name="PubDate" content="{{date}}">`, "bad-date"},
		{`<meta name="PubDate">`, "empty"},
		{`<meta name="publishdate" content="2024-06-13 09:30">`, "name-variant"},
		{`<meta name="PubDate" content=""><meta name="MakeTime" content="2024-06-13 09:30">`, "empty"},
		{`<meta name="MakeTime" content="2024-06-13 09:30"><meta name="PubDate" content="">`, "empty"},
		{`<meta name="MakeTime" content="2024-06-13 09:30">`, "name-variant"},
		{`<meta name="SiteIDCode" content="bm01000001">`, ""},
		{`<meta name="SiteIDCode" content="310000000044">`, "site-id-form"},
		{`<meta name="Site-Name" content="甲">`, "name-variant"},
		{`<meta name="og:description" content="甲">`, ""},
	}
	for _, c := range cases {
		_, faults := readHTML("<head>" + c.head + "</head>").headTags()
		got := ""
		if len(faults) > 0 {
			got = faults[0].Fault
		}
		if got != c.fault {
			t.Errorf("%s: %q, want %q", c.head, got, c.fault)
		}
	}
}

func TestNoHeadTags(t *testing.T) {
	if tags, faults := readHTML(`<title>甲</title><meta name="viewport" content="x">`).headTags(); tags != nil || faults != nil {
		t.Error(tags, faults)
	}
}
