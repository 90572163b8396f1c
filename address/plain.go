package address

import "strings"

// plainByte marks the bytes that the URL standard leaves as they are in the
// path and query of a web address. The per cent sign is among them: what is
// already encoded stays encoded.
var plainByte = func() (t [256]bool) {
	for c := '!'; c <= '~'; c++ {
		t[c] = true
	}
	for _, c := range "\"<>\\^`{}|#'" {
		t[c] = false
	}
	return t
}()

var hostByte = func() (t [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789.-_" {
		t[c] = true
	}
	return t
}()

func isPlainAbsolute(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// plain gives the canonical form of an absolute address when every part of
// it is already in plain form, and false when the full parser must look.
func plain(s string) (string, bool) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s = s[:i]
	}
	start := strings.Index(s, "://") + 3
	end := start
	for end < len(s) && hostByte[s[end]] {
		end++
	}
	if !plainHost(s[start:end]) {
		return "", false
	}
	rest := s[end:]
	if rest == "" {
		return s + "/", true
	}
	if rest[0] == ':' {
		return plainPort(s, end)
	}
	if rest[0] != '/' || !plainPath(rest) {
		return "", false
	}
	return s, true
}

// plainHost refuses names that the standard reads as numbers or as IDN.
func plainHost(h string) bool {
	if h == "" || h[0] == '.' || h[len(h)-1] == '.' || strings.Contains(h, "xn--") {
		return false
	}
	label := h[strings.LastIndexByte(h, '.')+1:]
	return label != "" && (label[0] < '0' || label[0] > '9' || plainIPv4(h))
}

// plainIPv4 says whether h is an address of four decimal numbers, as the
// standard writes one.
func plainIPv4(h string) bool {
	parts, digits, n := 1, 0, 0
	for i := 0; i < len(h); i++ {
		switch c := h[i]; {
		case c == '.' && digits > 0:
			parts, digits, n = parts+1, 0, 0
		case c < '0' || c > '9' || digits > 0 && n == 0:
			return false
		default:
			if digits, n = digits+1, n*10+int(c-'0'); n > 255 {
				return false
			}
		}
	}
	return parts == 4 && digits > 0
}

// plainPort takes a port that is not the default one of its scheme.
func plainPort(s string, colon int) (string, bool) {
	end := colon + 1
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	port := s[colon+1 : end]
	if port == "" || len(port) > 5 || port[0] == '0' || port == "80" || port == "443" || len(port) == 5 && port > "65535" {
		return "", false
	}
	if end == len(s) {
		return s + "/", true
	}
	if s[end] != '/' || !plainPath(s[end:]) {
		return "", false
	}
	return s, true
}

// plainPath says whether path and query hold only plain bytes, no dot
// segment, and nothing that has to be dropped.
func plainPath(p string) bool {
	query := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		if !plainByte[c] {
			return false
		}
		switch {
		case query:
		case c == '?':
			query = true
		case c == ';':
			return false
		case c == '%' && i+2 < len(p) && p[i+1] == '2' && (p[i+2] == 'e' || p[i+2] == 'E'):
			return false // an encoded dot may be a dot segment
		case c == '/' && i+1 < len(p) && p[i+1] == '.':
			return false
		}
	}
	if !query {
		return true
	}
	q := p[strings.IndexByte(p, '?')+1:]
	return q != "" && !hasTracking(q)
}
