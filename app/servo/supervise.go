package servo

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"osseo/app/trial"
)

// pipes are this process's ends of the servo's standard streams.
type pipes struct{ in, out, err *os.File }

// open makes the streams and gives their other ends to cmd; they are returned, to be closed here once it runs.
func (p *pipes) open(cmd *exec.Cmd) (pipes, error) {
	var theirs pipes
	var errs [3]error
	theirs.in, p.in, errs[0] = os.Pipe()
	p.out, theirs.out, errs[1] = os.Pipe()
	p.err, theirs.err, errs[2] = os.Pipe()
	for _, err := range errs {
		if err != nil {
			p.close()
			theirs.close()
			return theirs, err
		}
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs.in, theirs.out, theirs.err
	return theirs, nil
}

// close closes what is open; a file that is nil or closed already is none.
func (p *pipes) close() { p.in.Close(); p.out.Close(); p.err.Close() }

// write sends what is queued and ends the servo's input when there is no more to say. A servo that is stopped blocks
// only this goroutine, until it runs again or is killed.
func (c *Client) write() {
	defer c.pipes.in.Close()
	for {
		select {
		case line := <-c.outgoing:
			if _, err := c.pipes.in.Write(line); err != nil {
				return // supervise knows why
			}
		case <-c.leave:
			for {
				select {
				case line := <-c.outgoing:
					if _, err := c.pipes.in.Write(line); err != nil {
						return
					}
				default:
					return
				}
			}
		case <-c.gone:
			return
		}
	}
}

// read delivers what the servo says until it ends.
func (c *Client) read() {
	var errs sync.WaitGroup
	errs.Go(func() { _ = readLines(c.pipes.err, func(line []byte) { c.errs.add(string(line)) }) })
	err := readLines(c.pipes.out, func(line []byte) {
		m := new(message)
		if err := decode(line, m); err != nil {
			c.errs.add(err.Error())
			return
		}
		c.deliver(m)
	})
	if err != nil {
		c.errs.add(err.Error())
		c.pipes.out.Close() // whoever talks on meets a broken pipe
	}
	errs.Wait()
}

func (c *Client) deliver(m *message) {
	switch {
	case m.Hello != nil:
		select {
		case c.hello <- m.Hello:
		default:
		}
	case m.Event != nil:
		c.events.put(*m.Event)
	case m.ID != 0:
		c.reply(m)
	case m.Error != "":
		c.errs.add(m.Error) // about a line it could not read
	}
}

// reply hands m to whoever waits for it. An answer that came too late is news all the same.
func (c *Client) reply(m *message) {
	c.mu.Lock()
	answer, asked := c.waiting[m.ID], c.late[m.ID]
	delete(c.waiting, m.ID)
	delete(c.late, m.ID)
	c.mu.Unlock()
	switch {
	case answer != nil:
		answer <- m
	case asked != "" && m.Error != "":
		c.events.put(trial.Event{Kind: "notice", Name: "late-answer", Text: "Late answer: " + m.Error})
	case asked == doAct && m.Observation != nil:
		c.events.put(trial.Event{Kind: "notice", Name: "late-answer", Text: "Done after all: " + m.Observation.Text})
	case asked == doFinish && m.Closed != nil:
		c.events.put(trial.Event{Kind: "notice", Name: "graded", Text: "The recording is closed and graded."})
	}
}

// supervise notices the end of the servo, whichever of its process and its output ends first, and puts it away.
func (c *Client) supervise(read <-chan struct{}) {
	exited := make(chan struct{})
	go func() { defer close(exited); _ = c.cmd.Wait() }()
	select {
	case <-exited:
		waited(read, settleLimit) // its last words; a grandchild may hold the pipe open for ever
	case <-read:
		waited(exited, settleLimit)
	}
	c.fail(exited)
	if !waited(exited, partLimit) { // it has lost its input by now
		c.cmd.Process.Kill()
		<-exited
	}
	c.pipes.out.Close()
	c.pipes.err.Close()
	<-read
	close(c.ended)
}

// fail makes every call, waiting or to come, return why.
func (c *Client) fail(exited <-chan struct{}) {
	how := "it closed its channel but still runs"
	select {
	case <-exited:
		how = c.cmd.ProcessState.String()
	default:
	}
	if line := c.errs.word(); line != "" {
		how += ": " + line
	}
	select {
	case <-c.leave:
		c.lose(ErrClosed)
		return
	default:
	}
	was := c.lose(fmt.Errorf("%w (%s): close it and start another", ErrGone, how))
	c.events.put(trial.Event{At: c.lastTime(), Kind: "ended", Name: "servo-gone", Text: goneText(how, was)})
}

func (c *Client) lose(why error) run {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.run
	c.lost, c.run = why, run{}
	close(c.gone)
	return was
}

func goneText(how string, was run) string {
	text := "The servo stopped (" + how + "). The leg is without force."
	switch {
	case !was.open:
		return text + " No case was open. Start it again to go on."
	case was.file == "":
		return text + " The case is over. Start it again to go on."
	}
	return text + " The recording is kept up to its last quarter second: " + was.file + ". Start the case again to go on."
}

func (c *Client) lastTime() float64 {
	var s trial.Snapshot
	c.memory.read(&s)
	return s.Time
}

// stalled is how long a running servo may show no new tick before the window says so.
const stalled = 500 * time.Millisecond

// watch tells when a servo that should tick does not, and when it does again.
func (c *Client) watch() {
	ticker := time.NewTicker(stalled / 5)
	defer ticker.Stop()
	var seen uint64
	since, told := time.Now(), false
	for {
		select {
		case <-c.gone:
			return
		case <-ticker.C:
		}
		var s trial.Snapshot
		n, ok := c.memory.read(&s)
		idle := !c.ticking() || !s.Running || s.Fault != 0
		switch {
		case ok && n == seen && !idle:
			if !told && time.Since(since) > stalled {
				told = true
				c.events.put(trial.Event{
					At: s.Time, Kind: "notice", Name: "servo-stalled",
					Text: "The servo has shown no tick for half a second: take the hand off the tool. If it does not come " +
						"back, leave the case.",
				})
			}
			continue
		case told && !idle:
			c.events.put(trial.Event{At: s.Time, Kind: "notice", Name: "servo-resumed", Text: "The servo ticks again."})
		}
		seen, since, told = n, time.Now(), false
	}
}

func (c *Client) ticking() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.run.open && !c.run.halted
}
