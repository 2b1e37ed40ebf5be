package servo

import (
	"bufio"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"osseo/app/trial"
)

// bench is a servo in this process: what the window writes and what it reads.
type bench struct {
	t      *testing.T
	in     *io.PipeWriter
	out    *bufio.Reader
	served chan error
	said   chan string
}

func serveHere(ctx context.Context, t *testing.T, f *fake) *bench {
	t.Helper()
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	b := &bench{t: t, in: inW, out: bufio.NewReader(outR), served: make(chan error, 1), said: make(chan string, 64)}
	f.log = &teller{w: sayTo(b.said)}
	m := new(shared)
	m.format(1)
	go func() { b.served <- serve(ctx, inR, outW, m, f); outW.Close() }()
	t.Cleanup(func() { inW.Close(); outR.Close() })
	b.line(`"hello"`)
	return b
}

type sayTo chan string

func (s sayTo) Write(p []byte) (int, error) { s <- strings.TrimSpace(string(p)); return len(p), nil }

func (b *bench) ask(line string) {
	b.t.Helper()
	if _, err := io.WriteString(b.in, line+"\n"); err != nil {
		b.t.Fatal(err)
	}
}

// line reads lines until one contains what.
func (b *bench) line(what string) string {
	b.t.Helper()
	for {
		line, err := b.out.ReadString('\n')
		if err != nil {
			b.t.Fatalf("no line with %q: %v", what, err)
		}
		if strings.Contains(line, what) {
			return line
		}
	}
}

const beginPlain = `{"id":1,"do":"begin","setup":{"case":"plain"}}`

// A case the window finished before it went is finished, not window-gone.
func TestFinishBeforeTheEndCounts(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	b := serveHere(t.Context(), t, &fake{})
	b.ask(beginPlain)
	b.line(`"opened"`)
	b.ask(`{"id":2,"do":"finish","reason":"finished"}`)
	b.in.Close()
	await(t, b.said, "finish finished force=0")
	b.line(`"closed"`)
	if err := <-b.served; err != nil {
		t.Error(err)
	}
}

// A window that goes while a case is being opened leaves nothing running.
func TestWindowGoesDuringBegin(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	f := &fake{hold: make(chan struct{})}
	b := serveHere(t.Context(), t, f)
	b.ask(`{"id":1,"do":"begin","setup":{"case":"slow"}}`)
	await(t, b.said, "opening")
	b.ask(beginPlain) // waits behind it, and must not begin any more
	b.in.Close()
	await(t, b.said, "halt")
	close(f.hold)
	go io.Copy(io.Discard, b.out)
	await(t, b.said, "begin slow")
	await(t, b.said, "finish window-gone force=0")
	if err := <-b.served; err != nil {
		t.Error(err)
	}
	if len(b.said) > 0 {
		t.Errorf("and then %q", <-b.said)
	}
}

// Halt does not wait behind what the servo is busy with.
func TestHaltOvertakes(t *testing.T) {
	f := &fake{hold: make(chan struct{})}
	b := serveHere(t.Context(), t, f)
	b.ask(`{"id":1,"do":"begin","setup":{"case":"slow"}}`)
	await(t, b.said, "opening")
	b.ask(`{"id":2,"do":"halt"}`)
	b.line(`"id":2`)
	b.ask(`{"id":3,"do":"ping"}`)
	b.line(`"id":3`)
	close(f.hold)
	b.line(`"opened"`)
}

// A window that reads nothing loses events, is told how many, and never makes the loop wait.
func TestWindowThatReadsNothing(t *testing.T) {
	f := &fake{}
	b := serveHere(t.Context(), t, f)
	b.ask(beginPlain)
	b.line(`"opened"`)
	start := time.Now()
	for range 3 * outboxLines {
		f.links.Event(trial.Event{Kind: "physics", Name: "slip", Text: "The tip skates."})
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("events made their sender wait for %v", took)
	}
	for range outboxLines / 2 {
		b.line(`"slip"`)
	}
	f.links.Event(trial.Event{Kind: "physics", Name: "contact", Text: "Tip on bone."})
	if line := b.line("events-lost"); !strings.Contains(line, "events were not shown") {
		t.Error(line)
	}
	b.line(`"contact"`)
}
