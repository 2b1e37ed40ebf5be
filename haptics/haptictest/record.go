package haptictest

import "osseo/haptics"

// Record wraps a leg and keeps every exchange, up to a capacity, without allocating.
type Record struct {
	haptics.Device
	Samples  []haptics.Sample  // what the leg answered
	Commands []haptics.Command // what it was told, one for each sample
	Dropped  int               // exchanges after the capacity was used up
}

// NewRecord wraps d and keeps up to n exchanges.
func NewRecord(d haptics.Device, n int) *Record {
	return &Record{Device: d, Samples: make([]haptics.Sample, 0, n), Commands: make([]haptics.Command, 0, n)}
}

// Exchange passes on and keeps.
func (r *Record) Exchange(c *haptics.Command, s *haptics.Sample) error {
	err := r.Device.Exchange(c, s)
	if err != nil {
		return err
	}
	if len(r.Samples) == cap(r.Samples) {
		r.Dropped++
		return nil
	}
	r.Samples = append(r.Samples, *s)
	r.Commands = append(r.Commands, *c)
	return nil
}

var _ haptics.Device = (*Record)(nil)
