package address

import "strings"

// tracking names the parameters that say how a visitor came, and never what
// he gets. Only whole names that mean nothing else are here.
var tracking = map[string]bool{
	"utm_source": true, "utm_medium": true, "utm_campaign": true, "utm_term": true, "utm_content": true,
	"utm_id": true, "gclid": true, "fbclid": true, "msclkid": true, "yclid": true, "bd_vid": true,
	"spm": true, "scm": true, "hmsr": true, "hmpl": true, "hmcu": true, "hmkw": true, "hmci": true,
	"isappinstalled": true, "nsukey": true, "share_token": true, "wxshare_count": true,
	"jsessionid": true, "phpsessid": true, "aspsessionid": true, "asp.net_sessionid": true, "cfid": true, "cftoken": true,
	"sessionid": true, "session_id": true, "jeesite.session.id": true,
}

// hasTracking says whether a query holds a parameter to be dropped. It is
// asked for every plain address with a query, so it only looks.
func hasTracking(query string) bool {
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if isTracking(pair) {
			return true
		}
	}
	return false
}

func isTracking(pair string) bool {
	name, _, _ := strings.Cut(pair, "=")
	if len(name) < 3 || len(name) > 32 {
		return false
	}
	return tracking[strings.ToLower(name)] || strings.HasPrefix(name, "ASPSESSIONID")
}

func dropTracking(query string) string {
	if !hasTracking(query) {
		return query
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		if !isTracking(pair) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// dropPathSession cuts ";jsessionid=…" out of a path; other path parameters stay.
func dropPathSession(path string) string {
	i := strings.IndexByte(path, ';')
	if i < 0 {
		return path
	}
	rest := path[i+1:]
	name, _, _ := strings.Cut(rest, "=")
	if !tracking[strings.ToLower(name)] {
		return path
	}
	end := strings.IndexAny(rest, ";/")
	if end < 0 {
		return path[:i]
	}
	return dropPathSession(path[:i] + rest[end:])
}
