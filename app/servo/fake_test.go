package servo

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"osseo/app/trial"
	"osseo/scenarios"
)

// The test binary is also the processes the tests need: the environment says which.
const (
	roleVar   = "OSSEO_SERVO_TEST_ROLE"   // servo, real, mute, chatter, stranger, window
	logVar    = "OSSEO_SERVO_TEST_LOG"    // address to tell what happens
	servoVar  = "OSSEO_SERVO_TEST_SERVO"  // role of the servo a window starts
	recordVar = "OSSEO_SERVO_TEST_RECORD" // file a window lets it write
)

func TestMain(m *testing.M) {
	role := os.Getenv(roleVar)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := play(role); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(0)
}

func play(role string) error {
	ctx := context.Background()
	log, err := dialLog()
	if err != nil {
		return err
	}
	log.say("start %s", role)
	defer runtime.KeepAlive(log) // collected, it would be closed
	switch role {
	case "servo":
		return MainWith(ctx, os.Stdin, os.Stdout, os.Args[1:], &fake{log: log})
	case "real":
		return Main(ctx, os.Stdin, os.Stdout, os.Args[1:])
	case "chatter": // a library that prints
		fmt.Println("progress: 10 %\n{\"not\": ")
		return MainWith(ctx, os.Stdin, os.Stdout, os.Args[1:], &fake{log: log})
	case "stranger": // another build
		line, _ := encode(&message{Hello: &hello{Version: Version + 1, Layout: fingerprint(), PID: os.Getpid()}})
		os.Stdout.Write(line)
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	case "mute":
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	case "window":
		return playWindow(ctx, log)
	}
	return fmt.Errorf("role %q", role)
}

// playWindow starts a servo of another role, pushes, and waits to be killed.
func playWindow(ctx context.Context, log *teller) error {
	os.Setenv(roleVar, os.Getenv(servoVar))
	c, err := Start(ctx, []string{os.Args[0]})
	if err != nil {
		return err
	}
	setup := trial.Setup{CaseRef: "chatty"}
	if file := os.Getenv(recordVar); file != "" {
		setup = trial.Setup{CaseRef: aCase, Record: file}
	}
	if _, err := c.Begin(setup); err != nil {
		return err
	}
	push(c, 30)
	var s trial.Snapshot
	for s.Force < 20 {
		c.Snapshot(&s)
		runtime.Gosched()
	}
	log.say("pushing servo=%d", c.PID())
	select {}
}

// push takes the tool in the hand.
func push(c *Client, newton float64) {
	c.Intent().SetHold(true)
	c.Intent().SetEffort(newton)
}

// aCase is a built-in case.
const aCase = "adult-arrest"

// teller writes lines to the test that started the process.
type teller struct {
	w  io.Writer
	mu sync.Mutex
}

func dialLog() (*teller, error) {
	address := os.Getenv(logVar)
	if address == "" {
		return &teller{w: io.Discard}, nil
	}
	conn, err := net.Dial("tcp", address)
	return &teller{w: conn}, err
}

func (t *teller) say(format string, a ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.w, format+"\n", a...)
}

// listener collects what the processes of a test tell.
func listen(t *testing.T) <-chan string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	t.Setenv(logVar, l.Addr().String())
	lines := make(chan string, 256)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				who := ""
				s := bufio.NewScanner(conn)
				for s.Scan() {
					if name, ok := strings.CutPrefix(s.Text(), "start "); ok {
						who = name
					}
					lines <- s.Text()
				}
				lines <- "end " + who
			}()
		}
	}()
	return lines
}

// await returns the first line that begins with prefix, and fails the test when it does not come.
func await(t *testing.T, lines <-chan string, prefix string) string {
	t.Helper()
	deadline := time.After(10 * time.Second)
	var seen []string
	for {
		select {
		case line := <-lines:
			if strings.HasPrefix(line, prefix) {
				return line
			}
			seen = append(seen, line)
		case <-deadline:
			t.Fatalf("no line %q within 10 s; seen %q", prefix, seen)
		}
	}
}

// fake is a Runner whose leg pushes back as hard as it is pushed. Setup.CaseRef chooses its manners.
type fake struct {
	log    *teller
	links  Links
	ref    string
	halted atomic.Bool
	stop   chan struct{}
	over   chan struct{}
	force  float64 // of the loop's goroutine; read after over
	hold   chan struct{}
}

const fakeRamp = 0.5 // N per tick

func (f *fake) Begin(setup trial.Setup, links Links) (trial.Opened, error) {
	f.links, f.ref = links, setup.CaseRef
	switch f.ref {
	case "refused":
		return trial.Opened{}, errors.New("trial: case \"refused\" is not in the catalogue: see osseo case list")
	case "slow":
		f.log.say("opening")
		<-f.hold
	}
	f.log.say("begin %s", f.ref)
	f.halted.Store(false)
	f.force = 0
	f.stop, f.over = make(chan struct{}), make(chan struct{})
	go f.loop()
	return trial.Opened{Case: setup.CaseRef, Seed: setup.Seed, TickHz: 1000, File: "/data/run.arrow"}, nil
}

func (f *fake) loop() {
	defer close(f.over)
	if f.ref == "fast" || f.ref == "echo" {
		f.spin()
		return
	}
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for tick := int64(0); ; tick++ {
		select {
		case <-f.stop:
			if f.force == 0 {
				return
			}
		case <-ticker.C:
		}
		effort := f.links.Intent.Effort()
		f.force = effort
		if f.halted.Load() {
			f.force = max(0, effort-fakeRamp)
			f.links.Intent.SetEffort(f.force) // the fake hand gives way
		}
		s := trial.Snapshot{Tick: tick, Time: float64(tick) / 1000, Effort: effort, Force: f.force, Running: true}
		f.links.Tap.Tick(&s)
		if f.ref == "chatty" {
			f.links.Event(trial.Event{At: s.Time, Kind: "physics", Name: "contact", Text: strings.Repeat("tip on bone ", 20)})
		}
	}
}

// spin ticks as fast as it can: consistent snapshots, or an echo of the intent.
func (f *fake) spin() {
	effort := -1.0
	for tick := int64(0); ; tick++ {
		select {
		case <-f.stop:
			return
		default:
		}
		s := consistent(tick)
		if f.ref == "echo" {
			now := f.links.Intent.Effort()
			if now == effort {
				continue
			}
			effort = now
			s.Effort = now
		}
		f.links.Tap.Tick(&s)
	}
}

func (f *fake) Act(a scenarios.Action) (scenarios.Observation, error) {
	switch a.Value {
	case "impossible":
		return scenarios.Observation{}, errors.New("scenarios: nothing to aspirate: put the needle in first")
	case "panic":
		panic("index out of range")
	case "die":
		go panic("tick went wrong")
		select {}
	case "percent":
		return scenarios.Observation{Text: fmt.Sprint(debug.SetGCPercent(-1))}, nil
	}
	f.links.Event(trial.Event{At: 1, Kind: "observation", Name: string(a.Kind), Text: "marrow"})
	return scenarios.Observation{Text: "seen " + string(a.Kind), Good: true}, nil
}

func (f *fake) Rearm() error {
	if f.halted.CompareAndSwap(true, false) {
		return nil
	}
	return errors.New("trial: the leg is armed: nothing stopped it")
}

func (f *fake) Halt() {
	f.log.say("halt")
	f.halted.Store(true)
}

func (f *fake) Finish(reason string) (trial.Closed, error) {
	f.halted.Store(true)
	close(f.stop)
	<-f.over
	f.log.say("finish %s force=%g", reason, f.force)
	closed := trial.Closed{File: "/data/run.arrow", Reason: reason, Result: &trial.Result{Case: f.ref}}
	closed.Report.Advice = []string{"Hold the drill upright."}
	if f.ref == "long" {
		time.Sleep(700 * time.Millisecond) // grading a long recording, longer than the test waits
	}
	if f.ref == "odd" {
		closed.Result.PeakForceN = math.NaN()
	}
	return closed, nil
}

// consistent is a snapshot each field of which tells the tick, so that a torn one shows.
func consistent(tick int64) trial.Snapshot {
	x := float64(tick)
	return trial.Snapshot{
		Tick: tick, Time: x, Position: x, Tip: x, TipU: x, TipV: x, U: x, V: x, Force: x, Effort: x, Torque: x, TiltX: x,
		TiltY: x, TwistRate: x, Twist: x, Trigger: x, Rev: x, MarkMM: x, FarGap: x, Extension: x, Swelling: x, RateHz: x, LateP99: x,
		LateMax: x, Overruns: tick, Dropped: tick, Events: uint32(tick), Zone: uint8(tick), Fault: uint8(tick),
		Sched: uint8(tick), Stylet: true, Running: true,
		Link: trial.LinkNow{RateHz: x, RTTUS: x, Lost: tick, Damaged: tick, Celsius: x},
	}
}
