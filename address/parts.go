package address

import "strings"

// Host gives the host of a canonical address, with the port when it is not
// the default one.
func Host(url string) string {
	host, _, _ := split(url)
	return host
}

// Hostname gives the host of a canonical address without port.
func Hostname(url string) string {
	host := Host(url)
	if strings.HasPrefix(host, "[") {
		return strings.TrimSuffix(strings.TrimPrefix(host[:strings.IndexByte(host, ']')+1], "["), "]")
	}
	name, _, _ := strings.Cut(host, ":")
	return name
}

// Path gives the path of a canonical address, without query.
func Path(url string) string {
	_, path, _ := split(url)
	return path
}

// Query gives the query of a canonical address, without question mark.
func Query(url string) string {
	_, _, query := split(url)
	return query
}

// Directory gives the address without query and without the last segment.
func Directory(url string) string {
	host, path, _ := split(url)
	return url[:strings.Index(url, "://")+3] + host + path[:strings.LastIndexByte(path, '/')+1]
}
