package desktop

// tone is how a line of the diary is meant; it has a sign as well as a colour.
type tone int

const (
	plainly tone = iota
	goodly
	badly
)

// entry is one line of what just happened.
type entry struct {
	at   float64 // s since the case began
	text string
	tone tone
}

// words is the line as it is shown.
func (e entry) words() string {
	sign := ""
	switch e.tone {
	case goodly:
		sign = "✓ "
	case badly:
		sign = "! "
	}
	return clockText(e.at) + "  " + sign + e.text
}

// diary keeps the latest lines, newest first.
type diary struct {
	entries []entry
	changed bool
}

const diaryLines = 12

func (d *diary) add(at float64, text string, t tone) {
	if len(d.entries) > 0 && d.entries[0].text == text {
		d.entries[0].at = at
	} else {
		d.entries = append([]entry{{at, text, t}}, d.entries...)
	}
	if len(d.entries) > diaryLines {
		d.entries = d.entries[:diaryLines]
	}
	d.changed = true
}
