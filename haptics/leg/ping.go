package leg

import (
	"sync/atomic"

	"osseo/haptics/wire"
)

// pinger measures round trips: the writer sends, the reader receives.
type pinger struct {
	every int64       // ns
	last  int64       // ns; of the writer only
	now   atomic.Bool // one is wanted at once
	token uint32
	sent  [64]atomic.Int64 // ns, by token

	began bool   // of the reader only
	base  uint64 // us, the leg's clock at the first pong
}

// forget leaves out the pings under way.
func (p *pinger) forget() {
	for i := range p.sent {
		p.sent[i].Store(0)
	}
}

func (p *pinger) due(now int64) (wire.Ping, bool) {
	if now-p.last < p.every && p.last != 0 && !p.now.Swap(false) {
		return wire.Ping{}, false
	}
	p.last = now
	p.token++
	p.sent[p.token%uint32(len(p.sent))].Store(now)
	return wire.Ping{Token: p.token}, true
}

func (p *pinger) pong(w wire.Pong, at int64, c *syncer, f *figures) {
	sent := p.sent[w.Token%uint32(len(p.sent))].Swap(0)
	if sent == 0 || at < sent {
		return // asked twice or never
	}
	if !p.began {
		p.began, p.base = true, w.Sent
	}
	hold := w.Sent - w.Received
	f.rtt.add(at - sent)
	c.add(float64(sent)/1e3, float64(int64(w.Sent-p.base)), float64(at)/1e3, float64(hold))
}
