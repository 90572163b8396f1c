package sampling

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Rule is the rule of a draw as it is printed beside the list, so that anyone
// can draw it again with the register and the seed.
const Rule = "抽样规则：将全部对象按层级和平台分层；每层抽取数量为该层对象数乘以抽样比例，有小数的进一位；" +
	"层内按“种子＋一个零字节＋对象编号”的SHA-256值（十六进制）从小到大排序，取排在最前的对象。" +
	"总体摘要是全部对象按编号排序后，逐个以“编号＋零字节＋层级＋零字节＋平台＋换行符”连接所得文本的SHA-256值。" +
	"种子和编号均按UTF-8编码，层级和平台去除首尾空白。"

// Member is one target of the frame 抽样总体.
type Member struct {
	ID       string `json:"id"`
	Level    string `json:"level"`
	Platform string `json:"platform"`
}

// Stratum is one 层 of the frame.
type Stratum struct {
	Level    string   `json:"level"`
	Platform string   `json:"platform"`
	Size     int      `json:"size"`
	Drawn    []string `json:"drawn"` // IDs in the order of the rule
}

// Draw is a sample with all that is needed to check it.
type Draw struct {
	Seed    string    `json:"seed"`
	Percent string    `json:"percent"` // as used: 30, 12.5
	Frame   int       `json:"frame"`   // targets in all
	Digest  string    `json:"digest"`  // of the frame, "sha256:…"
	Strata  []Stratum `json:"strata"`  // in order of level and platform
	IDs     []string  `json:"ids"`     // all drawn, in order
	Rule    string    `json:"rule"`
}

// Taken says how much was really drawn, as 抽取5个，占83.3%: every stratum is
// rounded up, so it may be more than the percentage asked for.
func (d *Draw) Taken() string {
	share := 100 * float64(len(d.IDs)) / float64(max(d.Frame, 1))
	return fmt.Sprintf("抽取%d个，占%s%%", len(d.IDs), strings.TrimSuffix(strconv.FormatFloat(share, 'f', 1, 64), ".0"))
}

// Sample draws percent of frame, stratified by level and platform. percent is
// a decimal above 0 and at most 100, with or without the sign: 30, 12.5%. The
// order of frame does not matter; an ID may stand in it once.
func Sample(frame []Member, percent, seed string) (*Draw, error) {
	share, shown, err := parse(percent)
	if err != nil {
		return nil, err
	}
	if seed == "" {
		return nil, fmt.Errorf("抽样须给出种子，如 2026-3")
	}
	members, err := clean(frame)
	if err != nil {
		return nil, err
	}
	d := &Draw{Seed: seed, Percent: shown, Frame: len(members), Digest: digest(members), Rule: Rule, IDs: []string{}, Strata: []Stratum{}}
	for start := 0; start < len(members); {
		end := start + 1
		for end < len(members) && sameStratum(&members[start], &members[end]) {
			end++
		}
		s := drawn(members[start:end], share, seed)
		d.Strata, d.IDs = append(d.Strata, s), append(d.IDs, s.Drawn...)
		start = end
	}
	slices.Sort(d.IDs)
	return d, nil
}

// drawn takes the first of one stratum by the order of the rule.
func drawn(members []Member, share *big.Rat, seed string) Stratum {
	type key struct{ id, sum string }
	keys := make([]key, len(members))
	for i := range members {
		sum := sha256.Sum256([]byte(seed + "\x00" + members[i].ID))
		keys[i] = key{members[i].ID, hex.EncodeToString(sum[:])}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.sum, b.sum), cmp.Compare(a.id, b.id)) })
	s := Stratum{Level: members[0].Level, Platform: members[0].Platform, Size: len(members)}
	for _, k := range keys[:take(len(members), share)] {
		s.Drawn = append(s.Drawn, k.id)
	}
	return s
}

// take is n times share, rounded up, in exact arithmetic.
func take(n int, share *big.Rat) int {
	x := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(n)), share)
	q, r := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return int(q.Int64())
}

// parse reads a share.
func parse(percent string) (*big.Rat, string, error) {
	text := strings.TrimSpace(strings.TrimRight(strings.TrimSpace(percent), "%％"))
	wrong := fmt.Errorf("抽样比例“%.20s”不正确，应大于0、不超过100，如 30%%", percent)
	if text == "" || len(text) > 12 || strings.Trim(text, "0123456789.") != "" {
		return nil, "", wrong
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok || r.Sign() <= 0 || r.Cmp(big.NewRat(100, 1)) > 0 {
		return nil, "", wrong
	}
	shown := strings.TrimSuffix(strings.TrimRight(r.FloatString(10), "0"), ".")
	return r.Quo(r, big.NewRat(100, 1)), shown, nil
}

// clean copies the frame in order of level, platform and ID, and refuses what
// could not be drawn again.
func clean(frame []Member) ([]Member, error) {
	members := slices.Clone(frame)
	seen := make(map[string]bool, len(members))
	for i := range members {
		m := &members[i]
		m.Level, m.Platform = strings.TrimSpace(m.Level), strings.TrimSpace(m.Platform)
		switch {
		case m.ID == "" || strings.ContainsFunc(m.ID+m.Level+m.Platform, unicode.IsControl):
			return nil, fmt.Errorf("抽样总体第%d个对象没有编号，或含有控制字符", i+1)
		case seen[m.ID]:
			return nil, fmt.Errorf("抽样总体中对象%.60s出现多次", m.ID)
		}
		seen[m.ID] = true
	}
	slices.SortFunc(members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.ID, b.ID))
	})
	return members, nil
}

func digest(members []Member) string {
	byID := slices.SortedFunc(slices.Values(members), func(a, b Member) int { return cmp.Compare(a.ID, b.ID) })
	h := sha256.New()
	for _, m := range byID {
		fmt.Fprintf(h, "%s\x00%s\x00%s\n", m.ID, m.Level, m.Platform)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

func sameStratum(a, b *Member) bool { return a.Level == b.Level && a.Platform == b.Platform }
