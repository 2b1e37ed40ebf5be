package leg

import (
	"fmt"
	"time"

	"osseo/haptics/wire"
)

// meet asks the leg who it is until it answers. What comes instead of an answer makes the diagnosis.
func (k *link) meet(patience time.Duration) *Diagnosis {
	began := time.Now()
	hello := wire.Hello{Least: wire.Version, Newest: wire.Version, Nonce: k.nonce}
	for time.Since(began) < patience {
		if _, err := k.put(wire.TypeHello, hello.Append); err != nil {
			return k.notSent(err)
		}
		if k.hearIdentity(answerTime) {
			return k.accept()
		}
		if k.over() {
			return unplugged(k.path, k.err())
		}
		if v := k.figures.counts().Version; v > 3 {
			return wrongVersion(k.path, int(k.figures.counts().LastVersion), wire.Version)
		}
	}
	c := k.figures.counts()
	switch {
	case c.Frames > 0 || c.Unknown > 0:
		return wrongDevice(k.path, fmt.Sprintf("it sends frames (%d) but does not say who it is", c.Frames+c.Unknown), nil)
	case c.Bytes > 0:
		return garbled(k.path, int64(c.Bytes), int64(c.Damaged()))
	}
	return noAnswer(k.path, patience.Seconds())
}

// settle waits until what piled up while the port came up has been read: until a ping sent now is answered.
func (k *link) settle() {
	for range 10 {
		before := k.figures.rtt.total.Load()
		k.pings.now.Store(true)
		k.wake()
		for range 100 {
			if !k.nextState(answerTime/50) || k.figures.rtt.total.Load() > before {
				break
			}
		}
		if k.figures.rtt.total.Load() > before {
			break
		}
	}
	for range 100 { // a leg that has just been switched on
		if m, ok := k.mode(); ok && m != wire.Boot || k.over() {
			break
		}
		k.nextState(answerTime / 10)
	}
	k.afresh.Store(true)
	for range 100 { // the reader does it with the next bytes
		if !k.afresh.Load() || k.over() {
			break
		}
		k.nextState(answerTime / 10)
	}
}

// hearIdentity waits for identity and limits of this link's nonce.
func (k *link) hearIdentity(longest time.Duration) bool {
	limit := time.After(longest)
	named := false
	for {
		select {
		case a := <-k.answers:
			if a.kind == wire.TypeIdentity && a.identity.Nonce == k.nonce {
				k.identity, named = a.identity, true
			}
			if a.kind == wire.TypeLimits && a.limits.Nonce == k.nonce && named {
				k.limits = a.limits
				return true
			}
		case <-k.ended:
			return false
		case <-limit:
			return false
		}
	}
}

// accept judges what the leg said.
func (k *link) accept() *Diagnosis {
	if v := int(k.identity.Protocol); v != wire.Version {
		return wrongVersion(k.path, v, wire.Version)
	}
	if err := k.limits.Check(); err != nil {
		return wrongDevice(k.path, err.Error(), err)
	}
	if k.identity.Capabilities&1 == 0 {
		return wrongDevice(k.path, "it has no axial stage", nil)
	}
	return nil
}

// putTime is how long the writer may take to come to a request; on a busy machine it is put off.
const putTime = time.Second

// notSent is why a request could not be sent.
func (k *link) notSent(err error) *Diagnosis {
	if k.over() {
		return unplugged(k.path, err)
	}
	d := noAnswer(k.path, putTime.Seconds())
	d.What, d.cause = k.path+" takes no bytes", err
	return d
}

// put sends a frame soon and returns its number.
func (k *link) put(t wire.Type, build func(dst []byte, n uint8, us uint32) []byte) (uint8, error) {
	d := demand{of: t, build: build, told: make(chan uint8, 1)}
	limit := time.After(putTime)
	select {
	case k.demands <- d:
	case <-k.ended:
		return 0, k.err()
	case <-limit:
		return 0, fmt.Errorf("leg: the port takes no bytes")
	}
	select {
	case n := <-d.told:
		return n, nil
	case <-k.ended:
		return 0, k.err()
	case <-limit:
		return 0, fmt.Errorf("leg: the port takes no bytes")
	}
}

// request sends a frame and waits for its ack; a frame that gets none is sent again, twice.
func (k *link) request(t wire.Type, build func(dst []byte, n uint8, us uint32) []byte) (wire.Ack, *Diagnosis) {
	for range 3 {
		n, err := k.put(t, build)
		if err != nil {
			return wire.Ack{}, k.notSent(err)
		}
		if a, ok := k.hear(func(a *answer) bool { return a.kind == wire.TypeAck && a.ack.Of == t && a.ack.Sequence == n }); ok {
			return a.ack, nil
		}
	}
	d := noAnswer(k.path, 3*answerTime.Seconds())
	d.What = fmt.Sprintf("the leg on %s did not answer %s", k.path, t)
	return wire.Ack{}, d
}

// hear waits for one answer, for answerTime; where nothing is in real time, for longer.
func (k *link) hear(wanted func(*answer) bool) (answer, bool) {
	limit := time.After(answerTime)
	if !k.hurried {
		limit = time.After(stepPatience)
	}
	for {
		select {
		case a := <-k.answers:
			if wanted(&a) {
				return a, true
			}
		case <-k.ended:
			return answer{}, false
		case <-limit:
			return answer{}, false
		}
	}
}

// selfTest runs the tests of mask and returns what came of each.
func (k *link) selfTest(mask uint16) ([]wire.Outcome, *Diagnosis) {
	test := wire.SelfTest{Mask: mask}
	n, err := k.put(wire.TypeSelfTest, test.Append)
	if err != nil {
		return nil, k.notSent(err)
	}
	var all []wire.Outcome
	limit := time.After(settleTime)
	for {
		select {
		case a := <-k.answers:
			switch {
			case a.kind == wire.TypeResult:
				all = append(all, a.outcome)
			case a.kind == wire.TypeAck && a.ack.Of == wire.TypeSelfTest && a.ack.Sequence == n:
				if a.ack.Result != wire.Done {
					return all, refused(k.path, a.ack)
				}
				return all, testDiagnosis(k.path, all)
			}
		case <-k.ended:
			return all, unplugged(k.path, k.err())
		case <-limit:
			d := noAnswer(k.path, settleTime.Seconds())
			d.What = "the self-test of the leg on " + k.path + " did not end"
			return all, d
		}
	}
}

// testDiagnosis names the tests that failed; nil when all passed.
func testDiagnosis(path string, all []wire.Outcome) *Diagnosis {
	var d *Diagnosis
	for _, o := range all {
		if o.Passed {
			continue
		}
		if d == nil {
			d = &Diagnosis{
				Trouble: LegFault, Port: path, What: "the leg's self-test failed: " + o.Test.String(), Facts: map[string]string{},
				Remedy: []string{"take hands and tool off the leg, let it cool, release the emergency stop, and test again"},
			}
		}
		d.Facts[o.Test.String()] = fmt.Sprintf("%d, allowed %d to %d", o.Value, o.Least, o.Most)
	}
	return d
}

// waitMode waits until the leg says it is in one of two modes.
func (k *link) waitMode(a, b wire.Mode) *Diagnosis {
	for deadline := time.Now().Add(settleTime); time.Now().Before(deadline); {
		if m, ok := k.mode(); ok && (m == a || m == b) {
			return nil
		}
		k.nextState(answerTime)
		if k.over() {
			return unplugged(k.path, k.err())
		}
	}
	return k.faultDiagnosis()
}

// faultDiagnosis tells the fault the leg holds.
func (k *link) faultDiagnosis() *Diagnosis {
	d := &Diagnosis{
		Trouble: LegFault, Port: k.path, What: "the leg holds a fault and does not let it go",
		Remedy: []string{"take the cause away: release the emergency stop, let the motor cool, free the tool; then arm again"},
	}
	if m, ok := k.mode(); ok {
		d.Facts = map[string]string{"mode": m.String()}
	}
	if f := k.trouble.Load(); f != nil {
		d.What = fmt.Sprintf("the leg holds a fault: %s (%d, limit %d)", f.Code, f.Value, f.Limit)
		d.Facts["code"] = f.Code.String()
	}
	return d
}
