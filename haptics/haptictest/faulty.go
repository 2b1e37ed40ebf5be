package haptictest

import (
	"errors"
	"math"
	"time"

	"osseo/haptics"
)

// ErrBroken is what a Faulty leg answers by default.
var ErrBroken = errors.New("haptictest: the leg is broken on purpose")

// Trouble is one way a leg goes wrong.
type Trouble uint8

// The troubles.
const (
	NaN    Trouble = iota // position is not a number
	Jump                  // position is off by Value, m
	Spike                 // velocity is Value, m/s
	Stuck                 // the last sample again, its tick included
	Broken                // Exchange returns Err
	Delay                 // Exchange takes Value seconds longer
	Button                // the emergency stop is pressed
)

// Plan says when a trouble happens.
type Plan struct {
	Trouble Trouble
	From    int64   // exchange since arming, from 0
	For     int64   // exchanges; 0 = until the end
	Value   float64 // in the unit of the trouble
	Err     error   // of Broken; nil = ErrBroken
}

func (p *Plan) now(n int64) bool { return n >= p.From && (p.For == 0 || n < p.From+p.For) }

// Faulty wraps a leg and spoils what it answers, by plan.
type Faulty struct {
	haptics.Device
	Plans []Plan
	Wait  func(time.Duration) // what Delay calls; nil = time.Sleep. Tests pass one that moves their own clock

	count int64
	last  haptics.Sample
}

// NewFaulty wraps d.
func NewFaulty(d haptics.Device, plans ...Plan) *Faulty { return &Faulty{Device: d, Plans: plans} }

// Arm arms the leg and starts counting from 0.
func (f *Faulty) Arm() error {
	f.count = 0
	return f.Device.Arm()
}

// Exchange passes on and spoils.
func (f *Faulty) Exchange(c *haptics.Command, s *haptics.Sample) error {
	n := f.count
	f.count++
	if err := f.Device.Exchange(c, s); err != nil {
		return err
	}
	for i := range f.Plans {
		if p := &f.Plans[i]; p.now(n) {
			if err := f.spoil(p, s); err != nil {
				return err
			}
		}
	}
	f.last = *s
	return nil
}

func (f *Faulty) spoil(p *Plan, s *haptics.Sample) error {
	switch p.Trouble {
	case NaN:
		s.Position = math.NaN()
	case Jump:
		s.Position += p.Value
	case Spike:
		s.Velocity = p.Value
	case Stuck:
		*s = f.last
	case Broken:
		if p.Err != nil {
			return p.Err
		}
		return ErrBroken
	case Delay:
		wait := f.Wait
		if wait == nil {
			wait = time.Sleep
		}
		wait(time.Duration(p.Value * float64(time.Second)))
	case Button:
		s.Switches |= haptics.EmergencyStop
	}
	return nil
}

var _ haptics.Device = (*Faulty)(nil)
