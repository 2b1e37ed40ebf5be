package grading

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// template is a text with holes:
//
//	{fact}                      the value; numbers with up to one decimal
//	{fact:%.0f s}               any text with one number verb; %% is a percent sign
//	{fact:%.0f s|never}         with what is said when the fact is unknown
//	{fact?yes text|no text}     for a fact that is true or false
//	{fact?yes|no|unknown}       with what is said when it is unknown
type template struct {
	parts []part
}

type part struct {
	text     string // literal, when fact is empty
	fact     Fact
	format   string
	decimals int
	yes, no  string
	choice   bool
	unknown  string
}

// notSeen stands for an unknown fact without words of its own.
const notSeen = "not seen"

var (
	hole = regexp.MustCompile(`^([a-z0-9_]+)([:?|](.*))?$`)
	verb = regexp.MustCompile(`%[-+ ]?[0-9]{0,2}(\.[0-9])?f`)
)

// parseTemplate reads a text; the error says what is wrong with it in one line.
func parseTemplate(text string) (*template, error) {
	t := &template{}
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if strings.Contains(before, "}") {
			return nil, fmt.Errorf("a } without {")
		}
		if before != "" {
			t.parts = append(t.parts, part{text: before})
		}
		if !found {
			break
		}
		inner, after, closed := strings.Cut(rest, "}")
		if !closed || strings.Contains(inner, "{") {
			return nil, fmt.Errorf("a { without }")
		}
		p, err := parseHole(inner)
		if err != nil {
			return nil, err
		}
		t.parts = append(t.parts, p)
		text = after
	}
	return t, nil
}

func parseHole(inner string) (part, error) {
	m := hole.FindStringSubmatch(inner)
	if m == nil {
		return part{}, fmt.Errorf("{%s} is no hole; write {fact}, {fact:%%.1f mm}, {fact:%%.0f s|never} or {fact?yes|no}", inner)
	}
	fact, ok := factByName[m[1]]
	if !ok {
		return part{}, fmt.Errorf("unknown fact %s", m[1])
	}
	p := part{fact: fact, unknown: notSeen}
	switch {
	case m[2] == "":
		return p, nil
	case m[2][0] == '?':
		return p.withChoice(m[3])
	case m[2][0] == '|':
		p.unknown = m[3]
		return p, nil
	}
	return p.withFormat(m[3])
}

func (p part) withChoice(words string) (part, error) {
	w := strings.Split(words, "|")
	if p.fact.Kind != Bool || len(w) < 2 || len(w) > 3 {
		return p, fmt.Errorf("{%s?...} needs a fact that is true or false and two or three texts", p.fact.Name)
	}
	p.choice, p.yes, p.no = true, w[0], w[1]
	if len(w) == 3 {
		p.unknown = w[2]
	}
	return p, nil
}

func (p part) withFormat(words string) (part, error) {
	format, unknown, has := strings.Cut(words, "|")
	if has {
		p.unknown = unknown
	}
	bare := strings.ReplaceAll(format, "%%", "")
	if p.fact.Kind != Number || strings.Count(bare, "%") != 1 || len(verb.FindAllString(bare, -1)) != 1 {
		return p, fmt.Errorf("{%s:%s} needs a number fact and one verb such as %%.0f or %%.1f", p.fact.Name, format)
	}
	p.format = format
	p.decimals = 6
	if v := verb.FindString(bare); strings.Contains(v, ".") {
		p.decimals = int(v[strings.IndexByte(v, '.')+1] - '0')
	}
	return p, nil
}

// rounded rounds to a number of decimals, without a negative zero.
func rounded(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale)/scale + 0
}

// fill writes the text for one run.
func (t *template) fill(f Facts) string {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p.fill(f))
	}
	return b.String()
}

func (p part) fill(f Facts) string {
	if p.fact.Name == "" {
		return p.text
	}
	switch v := f.value(p.fact.Name).(type) {
	case float64:
		if p.format != "" {
			return fmt.Sprintf(p.format, rounded(v, p.decimals))
		}
		return strconv.FormatFloat(rounded(v, 1), 'f', -1, 64)
	case bool:
		if p.choice {
			return pick(v, p.yes, p.no)
		}
		return pick(v, "yes", "no")
	case string:
		return strings.ReplaceAll(v, "-", " ")
	}
	return p.unknown
}

func pick(v bool, yes, no string) string {
	if v {
		return yes
	}
	return no
}
