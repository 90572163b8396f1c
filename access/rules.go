package access

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/govsweep/govsweep"
)

// Bounds of a password, in characters and bytes, and of a name in characters.
const (
	LeastPassword = 10
	MostPassword  = 512 // bytes
	MostName      = 40
)

func wrong(format string, values ...any) error {
	return &govsweep.Error{Kind: govsweep.Wrong, Say: fmt.Sprintf(format, values...)}
}

// CheckPassword refuses a password that is too short, among the most usual, or
// made of the name of its user.
func CheckPassword(name, password string) error {
	switch {
	case utf8.RuneCountInString(password) < LeastPassword:
		return wrong("密码至少%d个字符，可以用几个不相关的词组成一句话", LeastPassword)
	case len(password) > MostPassword:
		return wrong("密码过长，最多%d个字节", MostPassword)
	case !utf8.ValidString(password):
		return wrong("密码含有不是文字的内容")
	}
	low := strings.ToLower(password)
	if stem := stemOf(low); usual(stem) || run(low) || few(low) {
		return wrong("该密码属于最常用、最容易被猜中的一类，请另选一个")
	}
	if n := strings.ToLower(name); utf8.RuneCountInString(n) > 1 && utf8.RuneCountInString(strings.ReplaceAll(low, n, "")) < 6 {
		return wrong("密码不能由用户名组成，请另选一个")
	}
	return nil
}

// stemOf is what is left when figures and signs around a word are dropped and
// the usual figures for letters are read as those.
func stemOf(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "@", "a", "$", "s").Replace(s)
}

// usualWords are the words most passwords in use are made of.
var usualWords = []string{"", "a", "aa", "aaa", "abc", "abcd", "abcde", "abcdef", "admin", "administrator", "admln", "asdf", "asdfgh", "asdfghjkl",
	"changeme", "china", "default", "dragon", "football", "gov", "govsweep", "guest", "hello", "huawei", "iloveyou", "letmein", "login", "master",
	"monkey", "nihao", "pass", "passw", "passwd", "password", "passwordl", "passwort", "p@ssword", "princess", "qazwsx", "qazwsxedc", "qq", "qwe",
	"qweasd", "qweasdzxc", "qwer", "qwert", "qwerty", "qwertyui", "qwertyuiop", "qlw", "qlwze", "qlwzer", "root", "secret", "shadow", "sunshine", "superman", "system", "temp",
	"test", "testing", "user", "welcome", "woaini", "woainilel", "wodemima", "mima", "xinxi", "xxgk", "zaq", "zhengfu", "zhongguo", "zxcvbn", "zxcvbnm",
	"密码", "我的密码", "管理员", "政府", "中国", "我爱你", "默认密码", "初始密码"}

func usual(stem string) bool {
	if slices.Contains(usualWords, stem) {
		return true
	}
	half := len(stem) / 2 // a word twice
	return len(stem)%2 == 0 && stem[:half] == stem[half:] && slices.Contains(usualWords, stem[:half])
}

// run says that every character follows the one before, as 0123456789 or cba.
func run(s string) bool {
	last, step := rune(0), rune(0)
	for i, r := range s {
		if i > 0 {
			d := r - last
			if last == '9' && r == '0' {
				d = 1
			}
			if d > 1 || d < -1 || i > 1 && d != step && step != 0 {
				return false
			}
			step = d
		}
		last = r
	}
	return true
}

// few says that there are fewer than five different characters.
func few(s string) bool {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen) < 5
}

// CheckName refuses a name that is empty, long, or holds what nobody sees.
func CheckName(name string) error {
	bad := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r)
	}
	if name == "" || utf8.RuneCountInString(name) > MostName || !utf8.ValidString(name) || strings.ContainsFunc(name, bad) {
		return wrong("用户名应为1至%d个汉字、字母、数字或 . _ - @", MostName)
	}
	return nil
}

// CheckUser refuses a role nobody knows, an owner without units and units of
// any other role.
func CheckUser(u *govsweep.User) error {
	if err := CheckName(u.Name); err != nil {
		return err
	}
	switch {
	case !slices.Contains(govsweep.UserRoles(), u.Role):
		return wrong("角色“%s”不认识，可用 bureau、inspector、owner、auditor", u.Role)
	case u.Role == govsweep.OwnerRole && len(u.Units) == 0:
		return wrong("网站主办单位的用户（owner）应以 --unit 写明主办单位，与名录中的写法相同")
	case u.Role != govsweep.OwnerRole && len(u.Units) > 0:
		return wrong("只有网站主办单位的用户（owner）才写明 --unit")
	}
	return nil
}
