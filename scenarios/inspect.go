package scenarios

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// Limits of a case file. They bound the reader's memory and recursion before it starts.
const (
	MaxFileBytes  = 256 << 10
	maxLineRunes  = 2000
	maxLines      = 6000  // the embedded cases have 500; the reader's time grows with the square of the keys
	maxTokens     = 30000 // words, dashes, brackets; the embedded cases have 2,000
	maxIndent     = 40    // spaces; a case needs 8
	maxFlow       = 6     // brackets within brackets; a case needs 2
	maxDashes     = 2     // "- -" in one line
	maxListedOdds = 5     // odd characters told of one file
)

// inspect looks at the raw text; false means that reading on would be pointless or dangerous.
func (d *document) inspect(text []byte) bool {
	if len(text) > MaxFileBytes {
		d.report(place{}, "", fmt.Sprintf("%d bytes", len(text)), fmt.Sprintf("at most %d bytes", MaxFileBytes), "this is no case file, or a picture was pasted into it")
		return false
	}
	if !utf8.Valid(text) {
		d.lines = strings.Split(strings.ToValidUTF8(string(text), "\uFFFD"), "\n")
		d.report(badByte(text), "", "", "", "this byte is not UTF-8; save the file as UTF-8 text")
		return false
	}
	d.lines = strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	d.characters()
	d.shape()
	if len(d.found) > 0 {
		return false
	}
	d.tokens(text)
	return len(d.found) == 0
}

func badByte(text []byte) place {
	i := 0
	for i < len(text) {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	start := bytes.LastIndexByte(text[:i], '\n') + 1
	return place{1 + bytes.Count(text[:i], []byte{'\n'}), 1 + utf8.RuneCount(text[start:i])}
}

// oddRune reports characters that cannot be seen or that turn text around; in a case they hide what a reader would check.
func oddRune(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || (unicode.IsSpace(r) && r != ' '))
}

func (d *document) characters() {
	told := 0
	for i, line := range d.lines {
		column := 0
		for _, r := range line {
			column++
			if told >= maxListedOdds {
				return
			}
			at := place{i + 1, column}
			switch {
			case r == '\uFEFF' && i == 0 && column == 1:
				d.report(at, "", "byte order mark", "", "save the file as UTF-8 without a byte order mark")
			case r == '\t':
				d.report(at, "", "tab", "", "indent and separate with spaces, two per level")
			case oddRune(r):
				d.report(at, "", fmt.Sprintf("%U", r), "", "delete this invisible character and type the text again")
			default:
				continue
			}
			told++
		}
	}
}

// shape bounds line length, indentation and dashes, and with them how deep the reader can recurse.
func (d *document) shape() {
	if n := len(d.lines); n > maxLines {
		d.report(place{maxLines, 1}, "", fmt.Sprintf("%d lines", n), fmt.Sprintf("at most %d", maxLines), "this is no case file; put each case into its own file")
		return
	}
	for i, line := range d.lines {
		if n := utf8.RuneCountInString(line); n > maxLineRunes {
			d.report(place{i + 1, maxLineRunes}, "", fmt.Sprintf("a line of %d characters", n), fmt.Sprintf("at most %d", maxLineRunes), "break it into several lines under `>`")
			return
		}
		body := strings.TrimLeft(line, " ")
		if indent := len(line) - len(body); indent > maxIndent && body != "" {
			d.report(place{i + 1, indent + 1}, "", fmt.Sprintf("%d spaces", indent), fmt.Sprintf("at most %d", maxIndent), "nested too deep; a case needs four levels, two spaces each")
			return
		}
		if strings.HasPrefix(body, strings.Repeat("- ", maxDashes+1)) {
			d.report(place{i + 1, len(line) - len(body) + 1}, "", "lists within lists", "", "nested too deep; write one dash")
			return
		}
	}
}

// tokens refuses what a case never needs and a hostile file likes: aliases that multiply, tags, keys that are not words,
// several documents, brackets without end.
func (d *document) tokens(text []byte) {
	defer func() {
		if r := recover(); r != nil {
			d.report(place{}, "", "", "", "this is not YAML that can be read; compare it with an example")
		}
	}()
	flow := 0
	all := lexer.Tokenize(string(text))
	if len(all) > maxTokens {
		d.report(place{}, "", fmt.Sprintf("%d words and signs", len(all)), fmt.Sprintf("at most %d", maxTokens), "this is no case file; a case has a few thousand")
		return
	}
	for _, t := range all {
		at := place{t.Position.Line, t.Position.Column}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			d.report(at, "", quote(t.Value), "", "anchors and aliases are not used in cases; write the value out, or put text that begins with & or * into quotes")
		case token.TagType, token.DirectiveType:
			d.report(at, "", quote(t.Value), "", "tags and directives are not used in cases; delete it, or put text that begins with ! or % into quotes")
		case token.MappingKeyType:
			d.report(at, "", "?", "", "write the key as one word followed by a colon")
		case token.DocumentHeaderType:
			if at.line > 1 && t.Prev != nil && t.Prev.Type != token.CommentType {
				d.report(at, "", "---", "", "one case per file; delete this line and what follows")
			}
		case token.SequenceStartType, token.MappingStartType:
			flow++
			if flow > maxFlow {
				d.report(at, "", t.Value, "", "brackets nested too deep; a case needs two")
				return
			}
		case token.SequenceEndType, token.MappingEndType:
			flow--
		}
	}
}
