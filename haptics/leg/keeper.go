package leg

import (
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// lose is called once by a link whose port is gone.
func (l *Leg) lose(k *link) {
	select {
	case l.lost <- k:
	default:
	}
}

// keep opens the port again when it went away. It never arms.
func (l *Leg) keep() {
	defer close(l.gone)
	for {
		select {
		case <-l.closed:
			return
		case k := <-l.lost:
			if k != l.link.Load() {
				continue
			}
			d := unplugged(l.path, k.err())
			l.why.Store(&stop{&fault{haptics.Fault{Reason: haptics.LostDevice, Limit: haptics.StaleAfter}, d}})
			if l.state.Swap(away) == shut {
				l.state.Store(shut)
				return
			}
			k.close()
			l.tell(d)
			if !l.seek() {
				return
			}
		}
	}
}

func (l *Leg) tell(d *Diagnosis) {
	if l.options.Changed != nil {
		l.options.Changed(d)
	}
}

// seek tries to open the port until it is there with the same leg on it; false when the leg is closed first.
func (l *Leg) seek() bool {
	t := time.NewTicker(reopenEvery)
	defer t.Stop()
	for {
		select {
		case <-l.closed:
			return false
		case <-t.C:
		}
		k, d := l.connect()
		if d != nil {
			continue
		}
		if why := l.stranger(k); why != "" {
			k.close()
			d := wrongDevice(l.path, why, nil)
			l.why.Store(&stop{d})
			l.tell(d)
			continue
		}
		l.link.Store(k)
		if l.state.CompareAndSwap(away, idle) {
			l.why.Store(nil)
			l.tell(nil)
		}
		return true
	}
}

// stranger says why what is on the port now is not the leg that was opened; limits above all, since the governor keeps
// those of the first one.
func (l *Leg) stranger(k *link) string {
	switch {
	case k.identity.Serial != l.identity.Serial:
		return "another leg is on the port now; open it anew"
	case k.identity.Calibration != l.identity.Calibration, wire.Digest(&k.limits.Limits) != wire.Digest(&l.info.Limits):
		return "its calibration or its limits have changed; open it anew"
	}
	return ""
}
