package leg

import (
	"runtime"
	"time"

	"osseo/haptics/wire"
)

// outgoing is what goes out. Exchange and the writer take turns with it by busy: Exchange tries and, when it is not its
// turn, leaves the command to the writer; only the writer waits.
type outgoing struct {
	numbers  [256]uint8 // of the last frame of each type
	b        []byte
	left     []byte // of a frame that the port took in part; it goes first
	newest   int64  // count of the newest command sent
	commands [wire.MaxFrame]byte
}

func (o *outgoing) number(t wire.Type) uint8 {
	o.numbers[t]++
	return o.numbers[t]
}

// counted is a command with its count, so that an old one left to the writer is not sent after a newer one.
type counted struct {
	wire.Command
	count int64
}

// dispatch sends c at once where the port takes it without waiting, and leaves it to the writer otherwise. It belongs to
// Exchange: no lock, no wait, no allocation.
func (k *link) dispatch(c *counted) {
	if k.quick != nil && k.busy.CompareAndSwap(false, true) {
		sent := k.sendNow(c)
		k.busy.Store(false)
		if sent {
			return
		}
	}
	if k.commands.give() {
		k.skipped.Add(1)
	}
	k.wake()
}

func (k *link) sendNow(c *counted) bool {
	o := &k.out
	if len(o.left) > 0 || !k.serving.Load() {
		return false
	}
	now := k.now()
	n := o.number(wire.TypeCommand)
	b, err := c.Append(o.commands[:0], n, micros(now))
	if err != nil {
		return true // not finite: never sent
	}
	k.noteSent(n, now, c.count)
	if took := k.quick.tryWrite(b); took < len(b) {
		o.left = append(o.left[:0], b[took:]...)
		k.wake()
	} else {
		k.figures.written.Add(int64(took))
	}
	return true
}

func (k *link) noteSent(number uint8, now, count int64) {
	k.sentAt[number].Store(now)
	k.figures.sent.Add(1)
	k.out.newest = count
}

// write sends until the link ends: demands first, then what Exchange left to it, the newest grip and a ping that is due,
// in one write.
func (k *link) write() {
	defer k.both.Done()
	if k.hurried {
		favour()
	}
	idle := time.NewTicker(20 * time.Millisecond)
	defer idle.Stop()
	for {
		var asked *demand
		select {
		case <-k.ended:
			return
		case d := <-k.demands:
			asked = &d
		case <-k.bell:
		case <-idle.C:
		}
		for !k.busy.CompareAndSwap(false, true) {
			runtime.Gosched() // Exchange holds it for microseconds
		}
		err := k.flush(asked)
		k.busy.Store(false)
		if err != nil {
			k.end(err)
			return
		}
	}
}

// flush writes everything there is.
func (k *link) flush(asked *demand) error {
	o := &k.out
	o.b = append(o.b[:0], o.left...)
	o.left = o.left[:0]
	if asked != nil {
		n := o.number(asked.of)
		o.b = asked.build(o.b, n, micros(k.now()))
		asked.told <- n
	}
	k.fill(o)
	if len(o.b) == 0 {
		return nil
	}
	k.writing.Store(k.now())
	n, err := k.port.Write(o.b)
	k.writing.Store(0)
	k.figures.written.Add(int64(n))
	return err
}

// fill appends what is to be sent now.
func (k *link) fill(o *outgoing) {
	now := k.now()
	if k.stepping.Load() {
		k.ping(o, now)
		return
	}
	c, commanded := k.commands.take()
	g, gripped := k.grips.take() // taken in any case: what is not sent now must not be sent after the next arming
	if k.serving.Load() {
		if commanded && c.count > o.newest {
			n := o.number(wire.TypeCommand)
			if b, err := c.Append(o.b, n, micros(now)); err == nil {
				o.b = b
				k.noteSent(n, now, c.count)
			}
		}
		if gripped {
			o.grip(g, now)
		}
	}
	if k.holdStill.Swap(false) && !k.moved.Load() {
		o.grip(&wire.Grip{Mass: 1.2, Damping: 60}, now)
	}
	k.ping(o, now)
}

func (k *link) ping(o *outgoing, now int64) {
	if p, ok := k.pings.due(now); ok {
		o.b = p.Append(o.b, o.number(wire.TypePing), micros(now))
	}
}

func (o *outgoing) grip(g *wire.Grip, now int64) {
	if b, err := g.Append(o.b, o.number(wire.TypeGrip), micros(now)); err == nil {
		o.b = b
	}
}
