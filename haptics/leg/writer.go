package leg

import (
	"time"

	"osseo/haptics/wire"
)

// write sends until the link ends: demands first, then the newest command, the newest grip and a ping that is due, in
// one write.
func (k *link) write() {
	defer k.both.Done()
	favour()
	var (
		numbers [256]uint8
		buffer  = make([]byte, 0, 16*wire.MaxFrame)
		out     = outgoing{numbers: &numbers}
		idle    = time.NewTicker(20 * time.Millisecond)
	)
	defer idle.Stop()
	for {
		select {
		case <-k.ended:
			return
		case d := <-k.demands:
			out.b = buffer[:0]
			k.demand(&out, d)
		case <-k.bell:
			out.b = buffer[:0]
		case <-idle.C:
			out.b = buffer[:0]
		}
		k.fill(&out)
		if len(out.b) == 0 {
			continue
		}
		k.writing.Store(k.now())
		_, err := k.port.Write(out.b)
		k.writing.Store(0)
		if err != nil {
			k.end(err)
			return
		}
		k.figures.written.Add(int64(len(out.b)))
	}
}

// outgoing is what the next write will hold.
type outgoing struct {
	b       []byte
	numbers *[256]uint8 // of the last frame of each type
}

func (o *outgoing) number(t wire.Type) uint8 {
	o.numbers[t]++
	return o.numbers[t]
}

func (k *link) demand(o *outgoing, d demand) {
	n := o.number(d.of)
	o.b = d.build(o.b, n, micros(k.now()))
	d.told <- n
}

// fill appends what is to be sent now.
func (k *link) fill(o *outgoing) {
	now := k.now()
	c, commanded := k.commands.take()
	g, gripped := k.grips.take() // taken in any case: what is not sent now must not be sent after the next arming
	if k.serving.Load() {
		if commanded {
			n := o.number(wire.TypeCommand)
			b, err := c.Append(o.b, n, micros(now))
			if err == nil {
				o.b = b
				k.sentAt[n].Store(now)
				k.figures.sent.Add(1)
			}
		}
		if gripped {
			if b, err := g.Append(o.b, o.number(wire.TypeGrip), micros(now)); err == nil {
				o.b = b
			}
		}
	}
	if k.holdStill.Swap(false) && !k.moved.Load() {
		still := wire.Grip{Mass: 1.2, Damping: 60}
		if b, err := still.Append(o.b, o.number(wire.TypeGrip), micros(now)); err == nil {
			o.b = b
		}
	}
	if p, ok := k.pings.due(now); ok {
		o.b = p.Append(o.b, o.number(wire.TypePing), micros(now))
	}
}
