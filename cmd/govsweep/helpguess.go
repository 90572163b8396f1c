package main

import (
	"regexp"
	"strings"
)

// guess is what the command line library says of a word it does not know.
var guess = regexp.MustCompile(`^(unknown flag|unexpected argument) (\S+?)(?:, did you mean (?:one of )?(.*)\?)?$`)

// shortWord is the length up to which two other letters make another word:
// --rate is not meant by --data.
const shortWord = 5

// guessed says of a word that is not known what may be meant by it, without
// the guesses that share too little with it.
func guessed(s string) string {
	m := guess.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	var near []string
	for _, word := range strings.Split(m[3], ", ") {
		if word = strings.Trim(word, `"`); word != "" && mayMean(strings.TrimLeft(m[2], "-"), strings.TrimLeft(word, "-")) {
			near = append(near, "“"+word+"”")
		}
	}
	s = m[1] + "“" + m[2] + "”"
	if len(near) == 0 {
		return s
	}
	return s + "，是否为" + strings.Join(near, "、") + "？"
}

// mayMean says whether a person who wrote one word may mean the other. The
// library gives none that differ in more than two letters.
func mayMean(wrote, meant string) bool {
	return strings.HasPrefix(meant, wrote) || len(wrote) > shortWord || oneLetter(wrote, meant)
}

// oneLetter says whether two words differ in one letter: another one, one
// more or one less.
func oneLetter(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return len(b)-len(a) <= 1 && a[min(i+1-(len(b)-len(a)), len(a)):] == b[min(i+1, len(b)):]
}

var quoted = regexp.MustCompile(`"([^"]*)"`)

// inChineseQuotes gives the words the library quotes as Chinese prints them.
func inChineseQuotes(s string) string {
	return strings.NewReplacer("”, “", "”、“", "”,“", "”、“", "： ", "：", "”, ...", "”等").Replace(quoted.ReplaceAllString(s, "“$1”"))
}
