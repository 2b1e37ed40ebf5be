package validate

import (
	"fmt"
	"math"
	"strings"
)

// Passed is how many rows pass.
func Passed(rows []Row) int {
	n := 0
	for i := range rows {
		if rows[i].Pass {
			n++
		}
	}
	return n
}

// Pages are docs/validation.md and its plots: file name below docs/ to text. Equal rows give equal bytes.
func Pages(rows []Row) map[string]string {
	pages := map[string]string{}
	var b strings.Builder
	b.WriteString("# Validation\n\nWritten by `make validate`; do not edit.\n\n")
	fmt.Fprintf(&b, "**%d of %d rows pass.** ", Passed(rows), len(rows))
	fmt.Fprintf(&b, preface, most(rows))
	overview(&b, rows)
	failing(&b, rows)
	b.WriteString("\n## Rows\n\n")
	for i := range rows {
		section(&b, &rows[i])
		name := "img/validation/" + strings.ToLower(rows[i].ID) + ".svg"
		pages[name] = plot(&rows[i])
	}
	pages["validation.md"] = b.String()
	return pages
}

const preface = `Every row is computed by running the one model with its one set of parameters (docs/model.md);
nothing is fitted per row. A row passes when every one of its numbers lies in its band; a statistic is judged by its mean and
shown with its 95 %% interval. Statistical rows take %d virtual people unless stated; the seed of a person is its number. A row
that fails stays. Published figures were mostly read as abstracts; check a figure against its paper before quoting it.

The table shows the deciding number of each row: the first that fails, else the first. All numbers, with a plot, follow below:
there the published band is grey, the model a bar with its 95 %% interval as a line, and a miss says so.
`

// most is how many people the largest row has.
func most(rows []Row) int {
	n := 0
	for i := range rows {
		n = max(n, rows[i].N)
	}
	return n
}

// overview is the table of all rows.
func overview(b *strings.Builder, rows []Row) {
	b.WriteString("\n| | input | number | published band | model | | source |\n|---|---|---|---|---|---|---|\n")
	for i := range rows {
		r := &rows[i]
		what := r.What
		if n := len(r.Checks) - 1; n > 0 {
			what += fmt.Sprintf(" (and %d more)", n)
		}
		fmt.Fprintf(b, "| [%s](#%s-%s) | %s | %s | %s | %s | %s | %s |\n", r.ID, strings.ToLower(r.ID), verdict(r.Pass), cell(r.Input), cell(what),
			Range(r.Band, r.Unit), Amount(r.Value, r.CI95, r.Unit),
			map[bool]string{true: "pass", false: "**fail**"}[r.Pass], cell(r.Source))
	}
}

// yesNo is the unit of what is or is not so.
const yesNo = "yes = 1"

// Amount prints a value with its interval and its unit; what is or is not so as a word.
func Amount(v *float64, ci *[2]float64, unit string) string {
	switch {
	case v == nil:
		return "none"
	case unit == yesNo:
		return map[bool]string{true: "yes", false: "no"}[*v == 1]
	}
	return strings.TrimSpace(ValueText(v, ci) + " " + unit)
}

// Range prints a band with its unit.
func Range(b [2]*float64, unit string) string {
	if unit == yesNo {
		return "yes"
	}
	return strings.TrimSpace(BandText(b) + " " + unit)
}

func verdict(pass bool) string { return map[bool]string{true: "passes", false: "fails"}[pass] }

// cell keeps a text within its cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

func failing(b *strings.Builder, rows []Row) {
	b.WriteString("\n## What fails\n\n")
	if Passed(rows) == len(rows) {
		b.WriteString("Nothing.\n")
		return
	}
	for i := range rows {
		r := &rows[i]
		if r.Pass {
			continue
		}
		fmt.Fprintf(b, "- **%s** %s: %s, published %s. %s\n", r.ID, r.What, Amount(r.Value, r.CI95, r.Unit), Range(r.Band, r.Unit), failures[r.ID])
	}
}

func section(b *strings.Builder, r *Row) {
	fmt.Fprintf(b, "### %s %s\n\n", r.ID, verdict(r.Pass))
	fmt.Fprintf(b, "Input: %s.\nPublished: %s (%s).\n", r.Input, r.Published, r.Source)
	if r.N > 0 {
		fmt.Fprintf(b, "People: %d, seeds %s.\n", r.N, r.Seeds)
	}
	if r.Why != "" {
		b.WriteString(r.Why + "\n")
	}
	b.WriteString("\n| | published | model | |\n|---|---|---|---|\n")
	for _, c := range r.Checks {
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", cell(c.What), Range(c.Band, c.Unit), Amount(c.Value, c.CI95, c.Unit), map[bool]string{true: "pass", false: "**fail**"}[c.Pass])
	}
	fmt.Fprintf(b, "\n![%s: model against band](img/validation/%s.svg)\n\n", r.ID, strings.ToLower(r.ID))
}

// Plot sizes, px.
const (
	plotWidth  = 640.0
	plotLeft   = 250.0
	plotRight  = 130.0
	plotRowPx  = 34.0
	plotMargin = 10.0
)

// plot draws the checks of a row, each on its own scale: band in grey, value as a bar, interval as a line.
func plot(r *Row) string {
	var b strings.Builder
	height := 2*plotMargin + plotRowPx*float64(len(r.Checks))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" font-family="sans-serif" font-size="11">`+"\n", plotWidth, height)
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" fill="white"/>`+"\n", plotWidth, height)
	for i, c := range r.Checks {
		bar(&b, c, plotMargin+plotRowPx*float64(i))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func bar(b *strings.Builder, c Check, top float64) {
	lo, hi := span(c)
	at := func(x float64) float64 {
		return plotLeft + (plotWidth-plotLeft-plotRight)*math.Min(math.Max((x-lo)/(hi-lo), 0), 1)
	}
	from, to := plotLeft, plotWidth-plotRight
	if c.Band[0] != nil {
		from = at(*c.Band[0])
	}
	if c.Band[1] != nil {
		to = at(*c.Band[1])
	}
	mid := top + plotRowPx/2
	colour := "#1c7c4a"
	if !c.Pass {
		colour = "#c02a2a"
		words(b, plotWidth-plotRight+8, mid+16, "start", "misses", colour)
	}
	words(b, 6, mid+4, "start", shorten(c.What, 40), "#222")
	words(b, plotWidth-plotRight+8, mid+4, "start", Amount(c.Value, nil, c.Unit), colour)
	if c.Unit == yesNo {
		return
	}
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="16" fill="#c8ccd2"/>`+"\n", from, mid-8, math.Max(to-from, 2))
	fmt.Fprintf(b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#9aa0a8"/>`+"\n", plotLeft, mid+8, plotWidth-plotRight, mid+8)
	words(b, plotLeft, mid+17, "start", number(&lo), "#777")
	words(b, plotWidth-plotRight, mid+17, "end", number(&hi), "#777")
	if c.Value == nil {
		return
	}
	if c.CI95 != nil {
		fmt.Fprintf(b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="2"/>`+"\n", at(c.CI95[0]), mid, at(c.CI95[1]), mid, colour)
	}
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="4" height="20" fill="%s"/>`+"\n", at(*c.Value)-2, mid-10, colour)
}

// span is the scale of a check: band, value and interval with a margin, from 0 where that is near.
func span(c Check) (lo, hi float64) {
	lo, hi = inf, -inf
	take := func(x *float64) {
		if x != nil {
			lo, hi = math.Min(lo, *x), math.Max(hi, *x)
		}
	}
	take(c.Band[0])
	take(c.Band[1])
	take(c.Value)
	if c.CI95 != nil {
		take(&c.CI95[0])
		take(&c.CI95[1])
	}
	if lo > hi {
		return 0, 1
	}
	room := math.Max(0.15*(hi-lo), 0.05*math.Max(math.Abs(lo), math.Abs(hi)))
	if room == 0 {
		room = 1
	}
	least := lo
	lo, hi = lo-room, hi+room
	if least >= 0 && (lo < 0 || least < 0.4*hi) {
		lo = 0
	}
	return lo, hi
}

func words(b *strings.Builder, x, y float64, anchor, text, colour string) {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s">%s</text>`+"\n", x, y, anchor, colour, text)
}

func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.TrimSpace(s[:n-1]) + "…"
}
