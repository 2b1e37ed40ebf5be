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
	fmt.Fprintf(&b, "%d of %d rows pass. ", Passed(rows), len(rows))
	b.WriteString(preface)
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
shown with its 95 % interval. Statistical rows take 500 virtual people unless stated; the seed of a person is its number. A row
that fails stays. Published figures were mostly read as abstracts; check a figure against its paper before quoting it.
Plots: the band in grey, the model as a bar with its 95 % interval, red where it misses.
`

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
		fmt.Fprintf(b, "- **%s** %s: %s %s, published %s. %s\n", r.ID, r.What, ValueText(r.Value, r.CI95), r.Unit, BandText(r.Band), failures[r.ID])
	}
}

func section(b *strings.Builder, r *Row) {
	fmt.Fprintf(b, "### %s %s\n\n", r.ID, map[bool]string{true: "passes", false: "fails"}[r.Pass])
	fmt.Fprintf(b, "Input: %s.\nPublished: %s (%s).\n", r.Input, r.Published, r.Source)
	if r.N > 0 {
		fmt.Fprintf(b, "People: %d, seeds %s.\n", r.N, r.Seeds)
	}
	if r.Why != "" {
		b.WriteString(r.Why + "\n")
	}
	b.WriteString("\n| | unit | published | model | |\n|---|---|---|---|---|\n")
	for _, c := range r.Checks {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", c.What, c.Unit, BandText(c.Band), ValueText(c.Value, c.CI95), map[bool]string{true: "pass", false: "**fail**"}[c.Pass])
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
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="16" fill="#c8ccd2"/>`+"\n", from, mid-8, math.Max(to-from, 2))
	fmt.Fprintf(b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#9aa0a8"/>`+"\n", plotLeft, mid+8, plotWidth-plotRight, mid+8)
	words(b, 6, mid+4, "start", shorten(c.What, 40), "#222")
	words(b, plotLeft, mid+17, "start", number(&lo), "#777")
	words(b, plotWidth-plotRight, mid+17, "end", number(&hi), "#777")
	colour := "#1c7c4a"
	if !c.Pass {
		colour = "#c02a2a"
	}
	words(b, plotWidth-plotRight+8, mid+4, "start", strings.TrimSpace(number(c.Value)+" "+c.Unit), colour)
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
