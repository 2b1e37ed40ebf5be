package trial

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"osseo/app/recording"
	"osseo/haptics"
	"osseo/haptics/virtual"
	"osseo/physics"
)

// Insertion is one needle put into one bone by one simulated hand: no case around it, so no procedure, no recording and no
// grade. It measures what a whole run measures, by the same code, in a fiftieth of the time.
type Insertion struct {
	Model  *physics.Model
	Place  Placement // names only
	Hand   virtual.Operator
	TickHz float64 // 0 = 1000
	LimitS float64 // simulated time after which it is broken off, s; 0 = 120
	Flush  float64 // given before flow is measured, m3
}

// settleS is how long the bone is watched after the tool was let go, s.
const settleS = 0.2

// startAbove is where the tool starts, m: near enough to save simulated time, far enough to be at speed at the skin.
const startAbove = -8e-3

// Run does the insertion. It returns nil when no needle entered the skin. A cancelled context ends it with its error.
func (i Insertion) Run(ctx context.Context) (*Attempt, error) {
	if i.TickHz == 0 {
		i.TickHz = DefaultTickHz
	}
	if i.LimitS == 0 {
		i.LimitS = 120
	}
	w := &onlooker{x: examiner{e: &Evidence{}, dt: 1 / i.TickHz}}
	w.x.bone.put(i.Model, i.Place)
	leg := virtual.New(i.Hand, virtual.Options{TickHz: i.TickHz, Start: startAbove})
	defer leg.Close() //nolint:errcheck // in memory
	loop := haptics.NewLoop(leg, w, haptics.NewGovernor(leg.Info().Limits), w, i.TickHz)
	look := max(1, int(thinkEvery*i.TickHz))
	let := math.Inf(1)
	for tick := range int(i.LimitS * i.TickHz) {
		if loop.Advance() {
			break
		}
		if tick%look != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at := float64(tick) / i.TickHz
		if p := i.Hand.Phase(); let > at && (p == virtual.Released || p == virtual.GaveUp) {
			let = at
		}
		if at-let > settleS && !w.plunging(at) {
			break
		}
	}
	if err := loop.Err(); err != nil {
		if _, isFault := err.(haptics.Fault); !isFault {
			return nil, fmt.Errorf("trial: %w: %w", ErrDevice, err)
		}
	}
	w.x.bone.state.Flush(i.Flush)
	w.x.finish()
	return w.x.e.Last(), nil
}

// onlooker renders a bone for the loop and gathers what an attempt shows.
type onlooker struct {
	x   examiner
	row recording.Row
}

// Render steps the bone.
func (w *onlooker) Render(s *haptics.Sample, dt float64, c *haptics.Command) {
	w.x.bone.step(input(s, false), dt, c)
}

// Observe gathers.
func (w *onlooker) Observe(s *haptics.Sample, sent *haptics.Command, i haptics.Intervention) {
	fillRow(&w.row, s, sent, &w.x.bone.out, i, 0)
	w.x.follow(&w.row)
}

// plunging reports whether the second that counts as plunge is still running.
func (w *onlooker) plunging(at float64) bool {
	return w.x.in != nil && !math.IsNaN(w.x.in.PopS) && at-w.x.in.PopS <= plungeWindow
}

// Located is the point a person of a skill finds by the landmark, m from the ideal one; the hand's own aim comes on top.
func Located(hand string, l virtual.Landmark, seed uint64) (u, v float64) {
	return virtual.Locate(hand, rand.New(rand.NewPCG(seed, 0x6c6561726e)), l)
}

// Result is the attempt as `osseo trial --json` prints it; what belongs to a case is empty, a grade without items.
func (a *Attempt) Result() *Result {
	e := Evidence{Attempts: []Attempt{*a}}
	r := &Result{Version: 1, Device: "virtual"}
	e.fillAttempt(r, a)
	return r
}
