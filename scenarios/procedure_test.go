package scenarios

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// bodies at the stages of a good placement.
var (
	inAir    = Body{Zone: "outside", MarkMM: 20}
	onBone   = Body{OnBone: true, Zone: "skin-soft-tissue", MarkMM: 12}
	inMarrow = Body{OnBone: true, Zone: "medulla", MarkMM: 8, InMarrow: true, Stands: true, Aspirates: true, Flows: true, Insertions: 1}
	dryTap   = Body{OnBone: true, Zone: "medulla", MarkMM: 8, InMarrow: true, Stands: true, Flows: true, Insertions: 1}
	through  = Body{OnBone: true, Zone: "deep-tissue", MarkMM: -3, Leaks: true, Flows: true, Insertions: 1}
	inCortex = Body{OnBone: true, Zone: "cortex", MarkMM: 10, Leaks: true}
)

// move is one action with the body as it is then and what must come of it.
type move struct {
	do   Action
	body Body
	say  string // part of the observation, or of the reason why it is impossible
	good byte   // '+' good, '-' wrong, '.' neither, 'x' impossible
}

func walk(t *testing.T, id string, moves []move) *Procedure {
	t.Helper()
	p := NewProcedure(mustLoad(t, id))
	for i, m := range moves {
		seen, err := p.Apply(m.do, m.body)
		got := byte('.')
		switch {
		case err != nil:
			got = 'x'
			var impossible *Impossible
			if !errors.As(err, &impossible) || impossible.Kind != m.do.Kind || !strings.HasPrefix(err.Error(), "scenarios: ") {
				t.Errorf("move %d: error %v is not an Impossible of %s", i, err, m.do.Kind)
			}
		case seen.Good && seen.Wrong:
			t.Errorf("move %d: both good and wrong", i)
		case seen.Good:
			got = '+'
		case seen.Wrong:
			got = '-'
		}
		words := seen.Text + " | " + seen.Teach
		if err != nil {
			words = err.Error()
		}
		if got != m.good || !strings.Contains(words, m.say) {
			t.Errorf("move %d %s %s: %c %q, want %c with %q", i, m.do.Kind, m.do.Value, got, words, m.good, m.say)
		}
	}
	return p
}

// looks is every check on a side.
func looks(side string) []move {
	var out []move
	for _, c := range checks {
		out = append(out, move{Action{Kind: Check, Value: c.ID, Side: side}, inAir, "", '+'})
	}
	return out
}

func TestGoodAdult(t *testing.T) {
	moves := []move{{Action{Kind: Decide}, inAir, "into the bone", '+'}}
	moves = append(moves, looks("right")...)
	moves = append(moves, []move{
		{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "right"}, inAir, "Proximal tibia, right", '+'},
		{Action{Kind: ChooseDriver, Value: "powered"}, inAir, "drill", '+'},
		{Action{Kind: ChooseNeedle, Value: "ez-25"}, inAir, "40 kg and over", '+'},
		{Action{Kind: Locate, U: 3e-3, V: -2e-3}, inAir, "Flat, smooth", '+'},
		{Action{Kind: Clean}, inAir, "", '+'},
		{Action{Kind: SteadyHand, Value: "beside"}, inAir, "from the sides", '+'},
		{Action{Kind: Insert}, inAir, "Tool in hand", '+'},
		{Action{Kind: CheckMark, Value: "seen"}, onBone, "above the skin", '+'},
		{Action{Kind: Release}, inMarrow, "stays", '+'},
		{Action{Kind: StyletRemove}, inMarrow, "held still", '+'},
		{Action{Kind: CheckStands}, inMarrow, "stands by itself", '+'},
		{Action{Kind: Aspirate}, inMarrow, "Dark marrow", '+'},
		{Action{Kind: Flush, Number: 10}, inMarrow, "freely", '+'},
		{Action{Kind: Watch, Value: "none"}, inMarrow, "no swelling", '+'},
		{Action{Kind: Secure}, inMarrow, "", '+'},
		{Action{Kind: Drug, Value: "adrenaline"}, inMarrow, "given", '+'},
		{Action{Kind: Flush, Number: 10}, inMarrow, "freely", '+'},
		{Action{Kind: Document}, inMarrow, "attempts: 1", '+'},
	}...)
	p := walk(t, "adult-arrest", moves)
	if p.Step() != len(p.c.Steps) || p.Next() != "All steps are done: finish the case." {
		t.Errorf("at step %d of %d: %s", p.Step(), len(p.c.Steps), p.Next())
	}
	if _, err := p.Apply(Action{Kind: Finish}, inMarrow); err != nil || !p.Finished() {
		t.Error("the case does not end", err)
	}
	if _, err := p.Apply(Action{Kind: Hint}, inMarrow); err == nil {
		t.Error("a hint after the end")
	}
}

// Each step of each case is completed in its order by the action it names, so learn mode can always go on.
func TestStepsCanBeWalked(t *testing.T) {
	for _, c := range List() {
		p := NewProcedure(c)
		side := c.Plan.Side
		for guard := 0; p.Step() < len(c.Steps) && guard < 40; guard++ {
			i := p.Step()
			todo := []Action{{Kind: c.Steps[i].Done}}
			body := inMarrow
			switch c.Steps[i].Done {
			case Check:
				todo = nil
				for _, check := range checks {
					todo = append(todo, Action{Kind: Check, Value: check.ID, Side: side})
				}
			case ChooseSite:
				todo[0].Value, todo[0].Side = c.Plan.Site, side
			case ChooseDriver:
				todo[0].Value = c.Plan.Driver
			case ChooseNeedle:
				todo[0].Value = c.Plan.Needles[0]
			case SteadyHand:
				todo[0].Value = "beside"
			case Insert:
				body = inAir
			case CheckMark:
				todo[0].Value, body = "seen", onBone
			case Lidocaine:
				todo[0].Number = c.Plan.LidocaineMG[0]
			case Flush:
				todo[0].Number = c.Plan.FlushML
			case Watch:
				todo[0].Value = "none"
			case Drug:
				todo[0].Value = c.Plan.Drug
			}
			if !strings.HasPrefix(p.Next(), c.Steps[i].Title) {
				t.Errorf("%s: next is %q at step %s", c.ID, p.Next(), c.Steps[i].ID)
			}
			for _, a := range todo {
				seen, err := p.Apply(a, body)
				if err != nil || seen.Wrong {
					t.Errorf("%s, step %s: wrong %v error %v: %s %s", c.ID, c.Steps[i].ID, seen.Wrong, err, seen.Text, seen.Teach)
				}
			}
			if !p.Done(i) {
				t.Fatalf("%s: step %s is not done by %s", c.ID, c.Steps[i].ID, c.Steps[i].Done)
			}
		}
		if p.Step() != len(c.Steps) {
			t.Errorf("%s stops at step %d", c.ID, p.Step())
		}
	}
}

func TestFindings(t *testing.T) {
	p := walk(t, "infant-septic-shock", []move{
		{Action{Kind: Check, Value: "fracture", Side: "left"}, inAir, "plaster came off", '+'},
		{Action{Kind: Check, Value: "fracture", Side: "right"}, inAir, "not tender", '+'},
		{Action{Kind: Check, Value: "fractures", Side: "right"}, inAir, "allowed fracture", 'x'},
		{Action{Kind: Check, Value: "fracture", Side: "middle"}, inAir, "left or right", 'x'},
		{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "left"}, inAir, "fracture", '-'},
	})
	if !strings.Contains(p.Next(), "choose another") {
		t.Errorf("after a forbidden choice the hint is %q", p.Next())
	}
}

// With nobody having looked, the choice of a forbidden leg is wrong, but only the teaching says why.
func TestUnseenContraindication(t *testing.T) {
	p := NewProcedure(mustLoad(t, "adult-arrest"))
	seen, err := p.Apply(Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "left"}, inAir)
	if err != nil || !seen.Wrong || strings.Contains(strings.ToLower(seen.Text), "metal") || seen.Teach == "" {
		t.Errorf("%+v %v", seen, err)
	}
}

func TestDeadDrill(t *testing.T) {
	p := walk(t, "adult-trauma-manual", []move{
		{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "right"}, inAir, "", '+'},
		{Action{Kind: ChooseDriver, Value: "powered"}, inAir, "nothing turns", '-'},
	})
	if !strings.Contains(p.Next(), "no power") {
		t.Errorf("hint %q", p.Next())
	}
	for _, m := range []move{
		{Action{Kind: ChooseNeedle, Value: "manual-15g"}, inAir, "does not fit", 'x'},
		{Action{Kind: ChooseNeedle, Value: "ez-25"}, inAir, "Not for this patient", '-'},
		{Action{Kind: Locate}, inAir, "", '+'},
		{Action{Kind: Insert}, inAir, "nothing turns", '-'},
		{Action{Kind: Withdraw}, onBone, "not opened yet", '+'},
		{Action{Kind: ChooseDriver, Value: "manual"}, inAir, "handle", '+'},
		{Action{Kind: Insert}, inAir, "no needle is chosen", 'x'},
		{Action{Kind: ChooseNeedle, Value: "manual-15g"}, inAir, "", '+'},
		{Action{Kind: Insert}, inAir, "not cleaned", '-'},
	} {
		seen, err := p.Apply(m.do, m.body)
		words := seen.Text + seen.Teach
		if err != nil {
			words = err.Error()
		}
		if (err != nil) != (m.good == 'x') || seen.Wrong != (m.good == '-') || !strings.Contains(words, m.say) {
			t.Errorf("%s %s: %q %v", m.do.Kind, m.do.Value, words, seen.Wrong)
		}
	}
}

// prepared is a case ready to take the tool.
func prepared(c *Case) []move {
	side := c.Plan.Side
	return []move{
		{Action{Kind: ChooseSite, Value: c.Plan.Site, Side: side}, inAir, "", '+'},
		{Action{Kind: ChooseNeedle, Value: c.Plan.Needles[0]}, inAir, "", '+'},
		{Action{Kind: Locate}, inAir, "", '+'},
		{Action{Kind: Clean}, inAir, "", '+'},
		{Action{Kind: SteadyHand, Value: "beside"}, inAir, "", '+'},
		{Action{Kind: Insert}, inAir, "", '+'},
	}
}

func TestBuriedMark(t *testing.T) {
	buried := Body{OnBone: true, Zone: "skin-soft-tissue", MarkMM: -3}
	walk(t, "obese-burns", []move{
		{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "right"}, inAir, "", '+'},
		{Action{Kind: ChooseNeedle, Value: "ez-25"}, inAir, "Yellow 45 mm", '-'},
		{Action{Kind: Locate}, inAir, "", '+'},
		{Action{Kind: Clean}, inAir, "", '+'},
		{Action{Kind: CheckMark, Value: "seen"}, inAir, "take the tool", 'x'},
		{Action{Kind: Insert}, inAir, "", '+'},
		{Action{Kind: CheckMark, Value: "seen"}, inAir, "not on bone", 'x'},
		{Action{Kind: CheckMark, Value: "perhaps"}, buried, "allowed seen", 'x'},
		{Action{Kind: CheckMark, Value: "seen"}, buried, "3 mm below the skin", '-'},
		{Action{Kind: CheckMark, Value: "not-seen"}, buried, "too short", '+'},
		{Action{Kind: ChooseNeedle, Value: "ez-45"}, buried, "withdraw it first", 'x'},
		{Action{Kind: Withdraw}, buried, "another needle may go here", '+'},
		{Action{Kind: ChooseNeedle, Value: "ez-45"}, inAir, "", '+'},
		{Action{Kind: Insert}, inAir, "", '+'},
		{Action{Kind: CheckMark, Value: "not-seen"}, onBone, "12 mm above the skin", '-'},
		{Action{Kind: CheckMark, Value: "seen"}, Body{OnBone: true, MarkMM: 0}, "", '+'},
		{Action{Kind: CheckMark, Value: "seen"}, inMarrow, "Too late", '-'},
	})
}

func TestAwake(t *testing.T) {
	c := mustLoad(t, "obese-burns")
	in := append(prepared(c), move{Action{Kind: Release}, inMarrow, "", '+'}, move{Action{Kind: StyletRemove}, inMarrow, "", '+'})
	walk(t, c.ID, append(in[:len(in):len(in)],
		move{Action{Kind: Flush, Number: 10}, inMarrow, "She cries out", '-'},
		move{Action{Kind: Lidocaine, Number: 30}, inMarrow, "Too late", '-'}))
	walk(t, c.ID, append(in[:len(in):len(in)],
		move{Action{Kind: Lidocaine}, inMarrow, "more than 0", 'x'},
		move{Action{Kind: Lidocaine, Number: 30}, inMarrow, "30 mg", '+'},
		move{Action{Kind: Lidocaine, Number: 30}, inMarrow, "20-40 mg in all", '-'},
		move{Action{Kind: Flush, Number: 10}, inMarrow, "freely", '+'}))
}

// A dry tap is no failure; fluid beside the bone is seen, judged and answered with the other leg.
func TestLeakAndSecondAttempt(t *testing.T) {
	c := mustLoad(t, "newborn-no-cord-line")
	moves := append(prepared(c),
		move{Action{Kind: StyletRemove}, through, "went through the far wall", '-'},
		move{Action{Kind: StyletRemove}, through, "out already", 'x'},
		move{Action{Kind: CheckStands}, through, "leans", '+'},
		move{Action{Kind: Aspirate}, through, "does not rule it out", '+'},
		move{Action{Kind: Watch, Value: "none"}, through, "flush first", 'x'},
		move{Action{Kind: Flush, Number: 2}, through, "calf becomes firmer", '.'},
		move{Action{Kind: Watch, Value: "none"}, through, "Feel the calf", '-'},
		move{Action{Kind: Watch, Value: "swelling"}, through, "use another bone", '+'},
		move{Action{Kind: Drug, Value: "adrenaline"}, through, "Nothing changes", '-'},
		move{Action{Kind: Withdraw}, through, "48 hours", '+'},
		move{Action{Kind: Insert}, inAir, "find the point", 'x'},
		move{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "left"}, inAir, "has a hole", '-'},
		move{Action{Kind: ChooseSite, Value: "distal-femur", Side: "left"}, inAir, "", '.'},
		move{Action{Kind: Locate, U: 9e-3}, inAir, "slopes away", '-'},
		move{Action{Kind: Locate}, inAir, "", '+'},
		move{Action{Kind: Clean}, inAir, "", '+'},
		move{Action{Kind: Insert}, inAir, "", '+'},
		move{Action{Kind: Release}, dryTap, "", '+'},
		move{Action{Kind: StyletRemove}, dryTap, "", '+'},
		move{Action{Kind: Aspirate}, dryTap, "A dry tap does not rule it out", '+'},
		move{Action{Kind: Flush, Number: 1}, dryTap, "2 mL", '.'},
		move{Action{Kind: Watch, Value: "swelling"}, dryTap, "soft", '-'},
		move{Action{Kind: Document}, dryTap, "attempts: 2", '+'},
		move{Action{Kind: Withdraw}, dryTap, "no reason to take it out", '.'},
	)
	p := walk(t, c.ID, moves)
	if p.Attempts() != 2 {
		t.Errorf("%d attempts, want 2", p.Attempts())
	}
}

func TestMoreMistakes(t *testing.T) {
	walk(t, "adult-arrest", []move{
		{Action{Kind: "dance"}, inAir, "unknown action", 'x'},
		{Action{Kind: Locate}, inAir, "choose the site first", 'x'},
		{Action{Kind: Clean}, inAir, "choose the site first", 'x'},
		{Action{Kind: Insert}, inAir, "choose the site first", 'x'},
		{Action{Kind: Release}, inAir, "nothing is in your hand", 'x'},
		{Action{Kind: StyletRemove}, inAir, "no needle is in place", 'x'},
		{Action{Kind: Withdraw}, inAir, "no needle is in place", 'x'},
		{Action{Kind: Document}, inAir, "nothing to write down", 'x'},
		{Action{Kind: ChooseSite, Value: "sternum", Side: "left"}, inAir, "allowed left proximal-tibia", 'x'},
		{Action{Kind: ChooseSite, Value: "proximal-humerus", Side: "right"}, inAir, "", '.'},
		{Action{Kind: ChooseSite, Value: "proximal-tibia", Side: "right"}, inAir, "", '+'},
		{Action{Kind: Insert}, inAir, "choose the driver first", 'x'},
		{Action{Kind: ChooseDriver, Value: "spring"}, inAir, "allowed powered, manual", 'x'},
		{Action{Kind: ChooseNeedle, Value: "spring-15g-adult"}, inAir, "allowed ez-15", 'x'},
		{Action{Kind: ChooseNeedle, Value: "ez-15"}, inAir, "Blue 25 mm", '-'},
		{Action{Kind: Locate, U: -20e-3}, inAir, "tuberosity", '-'},
		{Action{Kind: Locate, U: 20e-3}, inAir, "20 mm from the ideal point, 10 mm allowed", '-'},
		{Action{Kind: Locate, V: 15e-3}, inAir, "inner edge", '-'},
		{Action{Kind: Locate, V: -15e-3}, inAir, "ridge", '-'},
		{Action{Kind: Locate, U: math.NaN()}, inAir, "not finite", 'x'},
		{Action{Kind: SteadyHand, Value: "above"}, inAir, "allowed beside, behind", 'x'},
		{Action{Kind: SteadyHand, Value: "behind"}, inAir, "behind the leg", '-'},
		{Action{Kind: Insert}, inAir, "still behind", '-'},
		{Action{Kind: Insert}, inAir, "in your hand already", 'x'},
		{Action{Kind: Secure}, inCortex, "let go first", 'x'},
		{Action{Kind: CheckStands}, inCortex, "let go first", 'x'},
		{Action{Kind: Aspirate}, inCortex, "stylet is still in", 'x'},
		{Action{Kind: Flush, Number: 10}, inCortex, "stylet is still in", 'x'},
		{Action{Kind: Release}, inCortex, "still in the near wall", '.'},
		{Action{Kind: StyletRemove}, inCortex, "still in the near wall", '-'},
		{Action{Kind: Flush, Number: 10}, inCortex, "hardly moves", '.'},
		{Action{Kind: Flush, Number: -1}, inCortex, "more than 0", 'x'},
		{Action{Kind: Lidocaine, Number: 20}, inCortex, "does not feel it", '.'},
		{Action{Kind: Drug, Value: "lidocaine"}, inCortex, "action lidocaine", 'x'},
		{Action{Kind: Drug, Value: "blood"}, inCortex, "allowed adrenaline", 'x'},
		{Action{Kind: Drug, Value: "amiodarone"}, inMarrow, "First comes adrenaline", '.'},
	})
}

// An impossible action changes nothing.
func TestImpossibleChangesNothing(t *testing.T) {
	p := NewProcedure(mustLoad(t, "adult-arrest"))
	before := p.Next()
	for _, kind := range []ActionKind{Insert, Release, Flush, Drug, Withdraw, CheckMark, "x"} {
		if _, err := p.Apply(Action{Kind: kind}, inAir); err == nil {
			t.Errorf("%s is possible at the start", kind)
		}
	}
	if p.Next() != before || p.Attempts() != 0 || p.count[Insert] != 0 {
		t.Error("an impossible action left a trace")
	}
}

func TestHints(t *testing.T) {
	p := NewProcedure(mustLoad(t, "adult-arrest"))
	for i := 1; i <= 3; i++ {
		seen, err := p.Apply(Action{Kind: Hint}, inAir)
		if err != nil || !strings.HasPrefix(seen.Text, "Decide for the bone") || p.Hints() != i {
			t.Errorf("hint %d: %q %v, counted %d", i, seen.Text, err, p.Hints())
		}
	}
}

// No order of actions, whatever is true of the body, panics, and every answer is in words.
func TestProcedureProperties(t *testing.T) {
	cases := List()
	values := []string{
		"", "left", "seen", "not-seen", "beside", "behind", "swelling", "none", "powered", "manual", "spring", "ez-15", "ez-25", "manual-18g",
		"proximal-tibia", "distal-femur", "fracture", "infection", "adrenaline", "lidocaine", "balanced-fluid", "nonsense",
	}
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.SampledFrom(cases).Draw(r, "case")
		p := NewProcedure(c)
		for range rapid.IntRange(1, 60).Draw(r, "moves") {
			a := Action{
				Kind:   rapid.SampledFrom(append(Actions, "nonsense")).Draw(r, "kind"),
				Value:  rapid.SampledFrom(values).Draw(r, "value"),
				Side:   rapid.SampledFrom([]string{"", "left", "right"}).Draw(r, "side"),
				Number: rapid.SampledFrom([]float64{0, -1, 2, 10, 30, 1e9, math.NaN(), math.Inf(1)}).Draw(r, "number"),
				U:      rapid.Float64Range(-0.1, 0.1).Draw(r, "u"),
			}
			b := rapid.SampledFrom([]Body{{}, inAir, onBone, inMarrow, dryTap, through, inCortex, {MarkMM: math.NaN()}, {Zone: "?"}}).Draw(r, "body")
			seen, err := p.Apply(a, b)
			if (err == nil) == (seen.Text == "") {
				r.Fatalf("%s: text %q with error %v", a.Kind, seen.Text, err)
			}
			if seen.Good && seen.Wrong {
				r.Fatalf("%s is both good and wrong", a.Kind)
			}
			if i := p.Step(); i < 0 || i > len(c.Steps) || p.Next() == "" {
				r.Fatalf("step %d, next %q", i, p.Next())
			}
			p.Done(-1)
			p.Done(len(c.Steps))
		}
	})
}
