package study

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"osseo/physics"
)

// Spec says from whom virtual people are drawn: each key a distribution. The zero value is adults of any sex.
//
// Written as `key=value,...`, for example `age=3..9mo,weight=5..9kg,sex=any,bone=normal|osteoporotic`. A value is a number
// with a unit, a range `a..b` (every value alike), `mean+-sd` (normal, cut at 2.5 sd and at the allowed range), and for
// words one or several parted by |. docs/study.md has the table of keys.
type Spec struct {
	Text   string
	number map[string]law
	word   map[string][]string
}

// SpecError is a mistake in a SPEC.
type SpecError struct {
	Text string // the whole SPEC
	Pos  int    // byte at which the mistake begins, from 1
	What string
}

func (e *SpecError) Error() string {
	return fmt.Sprintf("study: spec %q, position %d: %s", e.Text, e.Pos, e.What)
}

// unit is a unit a number may be written in, and what one of it is in the key's own.
type unit struct {
	name  string
	scale float64
}

// numberKey is a key whose value is a number.
type numberKey struct {
	name        string
	least, most float64 // in the key's own unit
	units       []unit  // the first is the key's own
	set         string  // name in physics.Patient.Set; empty = a field of the patient
}

var (
	years  = []unit{{"y", 1}, {"mo", 1.0 / 12}, {"wk", 7 / 365.25}, {"d", 1 / 365.25}}
	weeks  = []unit{{"wk", 1}}
	kg     = []unit{{"kg", 1}, {"g", 1e-3}}
	bmi    = []unit{{"kg/m2", 1}}
	length = []unit{{"mm", 1}, {"cm", 10}}
	plain  = []unit{{"", 1}}
	gcm3   = []unit{{"g/cm3", 1}}
)

// numberKeys in the order they are drawn and documented. The ranges of layers are those of physics.Patient.Set.
var numberKeys = []numberKey{
	{"age", 0, 95, years, ""},
	{"ga", 24, 42, weeks, ""},
	{"weight", 0.5, 300, kg, ""},
	{"bmi", 8, 80, bmi, ""},
	{"soft-tissue", 1, 80, length, "soft_tissue_mm"},
	{"cortex", 0.2, 12, length, "cortex_mm"},
	{"medulla", 1, 80, length, "medulla_mm"},
	{"face-width", 2, 80, length, "face_width_mm"},
	{"growth-plate", 0, 60, length, "growth_plate_mm"},
	{"strength", 0.1, 4, plain, "strength"},
	{"cancellous", 0.02, 1, gcm3, "cancellous_g_cm3"},
}

// wordKey is a key whose value is one of some words.
type wordKey struct {
	name  string
	words []string
}

var wordKeys = []wordKey{
	{"sex", []string{string(physics.Female), string(physics.Male)}},
	{"bone", []string{string(physics.NormalBone), string(physics.OsteoporoticBone)}},
	{"site", Sites()},
}

// Sites are the names of the sites, the default first.
func Sites() []string {
	return []string{
		string(physics.ProximalTibia), string(physics.DistalTibia), string(physics.ProximalHumerus),
		string(physics.DistalFemur), string(physics.Sternum),
	}
}

func keyNames() []string {
	var out []string
	for _, k := range numberKeys {
		out = append(out, k.name)
	}
	for _, k := range wordKeys {
		out = append(out, k.name)
	}
	return out
}

// ParseSpec reads a SPEC and checks that people can be drawn from it. Errors are *SpecError and name position, value,
// allowed range and what to write. An empty text is adults.
func ParseSpec(text string) (Spec, error) {
	s := Spec{Text: text, number: map[string]law{}, word: map[string][]string{}}
	pos := 1
	for part := range strings.SplitSeq(text, ",") {
		if text == "" {
			break
		}
		if err := s.parsePart(part, pos); err != nil {
			return Spec{}, err
		}
		pos += len(part) + 1
	}
	return s, s.possible()
}

// fault makes the error of a place in the text.
func (s *Spec) fault(pos int, format string, args ...any) error {
	return &SpecError{Text: s.Text, Pos: pos, What: fmt.Sprintf(format, args...)}
}

// parsePart reads one key=value that begins at byte pos.
func (s *Spec) parsePart(part string, pos int) error {
	trimmed := strings.TrimLeft(part, " ")
	pos += len(part) - len(trimmed)
	key, value, ok := strings.Cut(strings.TrimRight(trimmed, " "), "=")
	if !ok {
		return s.fault(pos, "%q is not key=value: write for example age=0..16y", trimmed)
	}
	_, twice := s.number[key]
	if _, also := s.word[key]; twice || also {
		return s.fault(pos, "%s is given twice: leave one out", key)
	}
	at := pos + len(key) + 1
	if i := slices.IndexFunc(numberKeys, func(k numberKey) bool { return k.name == key }); i >= 0 {
		l, err := s.parseLaw(&numberKeys[i], value, at)
		s.number[key] = l
		return err
	}
	if i := slices.IndexFunc(wordKeys, func(k wordKey) bool { return k.name == key }); i >= 0 {
		w, err := s.parseWords(&wordKeys[i], value, at)
		s.word[key] = w
		return err
	}
	return s.fault(pos, "key %q is unknown, allowed %s", key, strings.Join(keyNames(), ", "))
}

// parseWords reads `a`, `a|b` or `any`.
func (s *Spec) parseWords(k *wordKey, value string, pos int) ([]string, error) {
	if value == "any" {
		return k.words, nil
	}
	var out []string
	for w := range strings.SplitSeq(value, "|") {
		if !slices.Contains(k.words, w) {
			return nil, s.fault(pos, "%s=%q: allowed any, %s, or several parted by |", k.name, w, strings.Join(k.words, ", "))
		}
		out = append(out, w)
		pos += len(w) + 1
	}
	return out, nil
}

// At returns the spec with one site, whatever it said; site is one of Sites.
func (s Spec) At(site string) Spec {
	words := maps.Clone(s.word)
	if words == nil {
		words = map[string][]string{}
	}
	words["site"] = []string{site}
	s.word = words
	return s
}

// has reports whether a key was given.
func (s *Spec) has(key string) bool {
	_, n := s.number[key]
	_, w := s.word[key]
	return n || w
}
