package govsweep

import (
	"fmt"
	"strings"
)

// Ranges lists numbers in order, runs as “1—3”.
func Ranges(all []int) string {
	var words []string
	for i := 0; i < len(all); {
		j := i
		for j+1 < len(all) && all[j+1] == all[j]+1 {
			j++
		}
		word := fmt.Sprint(all[i])
		if j > i {
			word = fmt.Sprintf("%d—%d", all[i], all[j])
		}
		words, i = append(words, word), j+1
	}
	return strings.Join(words, "、")
}
