package desktop

import (
	"unicode"
	"unicode/utf8"
)

// lower and upper change the first letter of a text.
func lower(s string) string { return initial(s, unicode.ToLower) }
func upper(s string) string { return initial(s, unicode.ToUpper) }

func initial(s string, to func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(to(r)) + s[n:]
}
