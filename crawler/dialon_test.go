package crawler

import "testing"

func TestPortsOfMailAreOpenedForMailAlone(t *testing.T) {
	mail := Options{}.DialControlOn(25, 465)
	for address, open := range map[string]bool{"93.184.216.34:25": true, "93.184.216.34:465": true, "93.184.216.34:22": false, "127.0.0.1:25": false, "[::ffff:10.0.0.1]:465": false, "x": false} {
		if err := mail("tcp", address, nil); (err == nil) != open {
			t.Errorf("%s: %v", address, err)
		}
	}
	if (Options{}).DialControl()("tcp", "93.184.216.34:25", nil) == nil {
		t.Error("a crawl may dial mail servers")
	}
}
