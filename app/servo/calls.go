package servo

import (
	"errors"
	"fmt"
	"time"

	"osseo/app/trial"
	"osseo/scenarios"
)

// Begin opens a case in the servo. Where it takes too long, the case is given up as soon as it is open.
func (c *Client) Begin(setup trial.Setup) (trial.Opened, error) {
	if c.opened() {
		return trial.Opened{}, errOpen
	}
	r := request{Do: doBegin, Setup: &setup}
	if setup.Case != nil {
		r.CaseText = setup.Case.Text
	}
	limit := beginLimit
	if setup.Device != "" && setup.Device != trial.Virtual {
		limit = legLimit
	}
	m, err := c.call(&r, limit)
	if errors.Is(err, ErrTimeout) {
		c.post(&request{Do: doFinish, Reason: Abandoned})
		return trial.Opened{}, fmt.Errorf("%w; the case is given up: try again, or close the servo and start another", err)
	}
	if err != nil {
		return trial.Opened{}, err
	}
	if m.Opened == nil {
		return trial.Opened{}, errAnswer(doBegin)
	}
	c.remember(run{open: true, file: m.Opened.File})
	return *m.Opened, nil
}

// Act does one step of the procedure. After ErrTimeout it may still be done: an Event "late-answer" then says so.
func (c *Client) Act(a scenarios.Action) (scenarios.Observation, error) {
	m, err := c.call(&request{Do: doAct, Action: &a}, actLimit)
	if err != nil {
		return scenarios.Observation{}, err
	}
	if m.Observation == nil {
		return scenarios.Observation{}, errAnswer(doAct)
	}
	return *m.Observation, nil
}

// Rearm readies the leg again after a fault; force ramps in from zero and the case goes on. After ErrTimeout force is halted:
// it must not come when nobody expects it any more.
func (c *Client) Rearm() error {
	_, err := c.call(&request{Do: doArm}, legLimit)
	if errors.Is(err, ErrTimeout) {
		c.post(&request{Do: doHalt})
		return fmt.Errorf("%w; force stays off: finish the case and start it again", err)
	}
	return err
}

// Finish closes the case and grades it, which takes a second for each minute or two of recording. After ErrTimeout the
// servo is still at it: Finish again waits for the same result, and an Event "graded" says when it is there.
func (c *Client) Finish(reason string) (trial.Closed, error) {
	c.still()
	m, err := c.call(&request{Do: doFinish, Reason: reason}, finishLimit)
	if errors.Is(err, ErrTimeout) {
		return trial.Closed{}, fmt.Errorf("%w; the recording is still being closed: finish again to ask for it", err)
	}
	if err == nil || errors.As(err, new(refusal)) {
		c.remember(run{})
	}
	if err != nil {
		return trial.Closed{}, err
	}
	if m.Closed == nil {
		return trial.Closed{}, errAnswer(doFinish)
	}
	closed := *m.Closed
	closed.Report.Advice = closed.Advice // not in its JSON
	if closed.Result != nil {
		closed.Result.Grade.Advice = closed.Advice
	}
	return closed, nil
}

// Halt ramps force to zero at once, whatever the servo is busy with. The case stays open until Finish.
func (c *Client) Halt() error {
	c.still()
	_, err := c.call(&request{Do: doHalt}, pingLimit)
	return err
}

// Ping returns how long the servo takes to answer.
func (c *Client) Ping() (time.Duration, error) {
	start := time.Now()
	_, err := c.call(&request{Do: doPing}, pingLimit)
	return time.Since(start), err
}

// Snapshot copies the newest tick. Before the first tick of a case its Tick is -1; when the servo is gone Running is
// false. It costs a fraction of a microsecond and does not allocate.
func (c *Client) Snapshot(s *trial.Snapshot) {
	c.memory.read(s)
	select {
	case <-c.gone:
		s.Running = false
	default:
	}
}

// Trace appends the ticks of this case after since, oldest first, as far back as the ring holds.
func (c *Client) Trace(dst []trial.Point, since int64) []trial.Point {
	return c.memory.trace(dst, since)
}

// still says that no tick is expected any more.
func (c *Client) still() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.run.halted = true
}

func (c *Client) remember(r run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost == nil {
		c.run = r
	}
}

// refusal is an error the servo answered with, in its words.
type refusal string

func (r refusal) Error() string { return string(r) }

func errAnswer(do string) error {
	return fmt.Errorf("servo: %s was answered with nothing: close the servo and start another", do)
}

// call sends r and waits for its reply, altogether no longer than limit.
func (c *Client) call(r *request, limit time.Duration) (*message, error) {
	answer, line, err := c.expect(r)
	if err != nil {
		return nil, err
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case c.outgoing <- line:
	case <-c.gone:
		return nil, c.failure()
	case <-timer.C:
		return nil, c.giveUp(r, limit)
	}
	select {
	case m := <-answer:
		return m.result()
	case <-c.gone:
		err = c.failure()
	case <-timer.C:
		err = c.giveUp(r, limit)
	}
	select {
	case m := <-answer: // it came at the last moment
		return m.result()
	default:
		return nil, err
	}
}

func (m *message) result() (*message, error) {
	if m.Error != "" {
		return nil, refusal(m.Error)
	}
	return m, nil
}

// expect numbers r and makes room for its reply.
func (c *Client) expect(r *request) (<-chan *message, []byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost != nil {
		return nil, nil, c.lost
	}
	select {
	case <-c.leave:
		return nil, nil, ErrClosed
	default:
	}
	c.lastID++
	r.ID = c.lastID
	line, err := encode(r)
	if err != nil {
		return nil, nil, err
	}
	answer := make(chan *message, 1)
	c.waiting[r.ID] = answer
	return answer, line, nil
}

// giveUp waits no more for the reply to r.
func (c *Client) giveUp(r *request, limit time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[r.ID] != nil { // else its reply is here already
		delete(c.waiting, r.ID)
		c.late[r.ID] = r.Do
	}
	return fmt.Errorf("%w to %s within %v: the servo is busy or stopped", ErrTimeout, r.Do, limit)
}

// post sends r if there is room and waits for nothing.
func (c *Client) post(r *request) {
	_, line, err := c.expect(r)
	if err != nil {
		return
	}
	_ = c.giveUp(r, 0)
	c.mu.Lock()
	c.late[r.ID] = "post" // its answer is no news
	c.mu.Unlock()
	select {
	case c.outgoing <- line:
	default:
	}
}
