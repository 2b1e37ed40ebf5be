package desktop

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"sort"
	"time"

	"fyne.io/fyne/v2"

	"osseo/app/draw"
	"osseo/app/trial"
	"osseo/physics"
	"osseo/scenarios"
)

// debrief is the room that tells what truly happened.
type debrief struct {
	shell  *shell
	kase   *scenarios.Case
	setup  trial.Setup
	closed trial.Closed
	run    Ended
	tape   *Tape
	bone   geometry
	expert []trial.Point
	scores []Score
	at     int // row of the tape shown
	notes  []string
	cancel context.CancelFunc

	ui debriefUI
}

// debrief returns what to do when the case of a bedside has been closed and graded.
func (s *shell) debrief(b *bedside) func(trial.Closed, error) {
	return func(c trial.Closed, err error) {
		if s.gone {
			return
		}
		s.enter(newDebrief(s, b, c, err))
	}
}

func newDebrief(s *shell, b *bedside, c trial.Closed, err error) *debrief {
	d := &debrief{shell: s, kase: b.kase, setup: b.desk.setup, closed: c, bone: b.bone}
	d.run = Ended{Setup: d.setup, Closed: c, Started: b.began, Length: time.Duration(b.snap.Time * float64(time.Second)), Hints: b.hints}
	if err != nil {
		d.notes = append(d.notes, "The case did not close properly: "+sentence(err))
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.build()
	d.load(ctx)
	return d
}

// load fetches what takes time: the book is told, the recording is read, an expert tries the same bone.
func (d *debrief) load(ctx context.Context) {
	s := d.shell
	s.later(func() func() {
		scores, err := d.keep()
		return func() {
			d.scores = scores
			if err != nil {
				d.notes = append(d.notes, "The result could not be kept in the gradebook: "+sentence(err))
			}
			d.refresh()
		}
	})
	if s.deps.Tape != nil && d.closed.File != "" {
		s.later(func() func() {
			tape, err := s.deps.Tape(d.closed.File)
			return func() { d.taped(tape, err) }
		})
	}
	if s.deps.Expert != nil {
		s.later(func() func() {
			points, err := s.deps.Expert(ctx, d.setup)
			return func() {
				if err == nil && ctx.Err() == nil {
					d.expert = points
					d.ui.depth.redraw()
				}
			}
		})
	}
}

func (d *debrief) keep() ([]Score, error) {
	book := d.shell.deps.Book
	if book == nil || d.setup.Learner == "" {
		return nil, nil
	}
	err := book.Keep(d.run)
	scores, err2 := book.Scores(d.setup.Learner)
	return scores, errors.Join(err, err2)
}

func (d *debrief) taped(t *Tape, err error) {
	if err != nil || t == nil || len(t.Rows) == 0 {
		d.notes = append(d.notes, "The recording could not be read, so there is no replay.")
		if err != nil {
			d.notes[len(d.notes)-1] += " " + sentence(err)
		}
		d.refresh()
		return
	}
	d.tape = t
	p := plan{site: t.Place.Site, side: t.Place.Side, driver: t.Place.Driver, needle: t.Place.Needle, at: point{t.U, t.V}}
	p.beside = zone(t.Rows[len(t.Rows)-1].Zone) == physics.BesideBone
	d.bone = measured(d.setup, p)
	if t.Notice != "" {
		d.notes = append(d.notes, t.Notice)
	}
	d.at = d.endOfInsertion()
	d.refresh()
}

// endOfInsertion is the row at which the needle had come to rest: where the debrief begins to look.
func (d *debrief) endOfInsertion() int {
	deepest := 0
	for i := range d.tape.Rows {
		if d.tape.Rows[i].Tip > d.tape.Rows[deepest].Tip+1e-5 {
			deepest = i
		}
	}
	return deepest
}

func (d *debrief) view() fyne.CanvasObject { return d.ui.root }
func (d *debrief) leave()                  { d.cancel() }

func (d *debrief) mayClose(func()) bool    { return true }
func (d *debrief) held(fyne.KeyName, bool) {}
func (d *debrief) back()                   { d.shell.enter(newLobby(d.shell)) }
func (d *debrief) again()                  { d.shell.again(d.kase, d.setup.Seed) }

// typed implements room.
func (d *debrief) typed(name fyne.KeyName) {
	const page = 25
	switch name {
	case fyne.KeyR, fyne.KeyReturn, fyne.KeyEnter:
		d.again()
	case fyne.KeyEscape, fyne.KeyBackspace:
		d.back()
	case fyne.KeyS:
		d.report()
	case fyne.KeyLeft:
		d.scrub(d.at - 1)
	case fyne.KeyRight:
		d.scrub(d.at + 1)
	case fyne.KeyPageUp:
		d.scrub(d.at - page)
	case fyne.KeyPageDown:
		d.scrub(d.at + page)
	case fyne.KeyHome:
		d.scrub(0)
	case fyne.KeyEnd:
		d.scrub(1 << 30)
	}
}

// scrub shows a moment of the recording.
func (d *debrief) scrub(row int) {
	if d.tape == nil {
		return
	}
	d.at = min(max(row, 0), len(d.tape.Rows)-1)
	d.ui.slide(d)
	d.ui.section.redraw()
	d.ui.strip.pic.redraw()
	d.ui.depth.redraw()
	d.ui.moment.set(d.momentWords(), colourText)
}

// scrubTo shows the moment nearest to a time, s.
func (d *debrief) scrubTo(t float64) {
	if d.tape == nil {
		return
	}
	d.scrub(sort.Search(len(d.tape.Rows), func(i int) bool { return d.tape.Rows[i].Time >= t-1e-9 }))
}

// scrubAt shows the moment under a place on the strip.
func (d *debrief) scrubAt(x float32) {
	if b := d.ui.stripBounds; d.tape != nil && !b.Empty() {
		d.scrubTo(draw.ChartX(d.ui.stripView, b.Dx(), b.Dy(), float64(x)*d.ui.stripView.Scale))
	}
}

// report writes the report beside the recording.
func (d *debrief) report() {
	s := d.shell
	if s.deps.Report == nil || d.closed.File == "" {
		s.askOne("No report", "There is no recording to report on, or this build writes no reports.", answer{"Close", "Enter", nil})
		return
	}
	d.ui.save.say("Writing …")
	s.later(func() func() {
		path, err := s.deps.Report(d.closed.File, filepath.Dir(d.closed.File))
		return func() {
			d.ui.save.say("Save report")
			if err != nil {
				s.askOne("The report was not written", sentence(err), answer{"Close", "Enter", nil})
				return
			}
			s.askOne("Report written", path, answer{"Close", "Enter", nil})
		}
	})
}

// momentWords says in one line what the moment shown was.
func (d *debrief) momentWords() string {
	if d.tape == nil {
		return ""
	}
	r := d.tape.Rows[d.at]
	return fmt.Sprintf("%s.%01d · tip %s, %.1f mm · %.0f N", clockText(r.Time), int(r.Time*10)%10,
		zoneWords[zone(r.Zone)], r.Tip*1000, r.Force)
}

// paintSpark draws the learner's last ten scores.
func paintSpark(scores func() []Score, pass float64) painter {
	th := drawn()
	return func(dst *image.RGBA, scale float64) {
		all := scores()
		all = all[max(0, len(all)-10):]
		v := draw.SparkView{Theme: th, Scale: scale, Pass: pass}
		for _, s := range all {
			v.Scores = append(v.Scores, s.Score)
		}
		draw.Spark(dst, v)
	}
}
