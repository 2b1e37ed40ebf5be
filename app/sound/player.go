package sound

import (
	"fmt"
	"sync"
	"time"

	"github.com/jfreymuth/pulse"
)

// Player plays the sounds of a trial. No method blocks or fails.
type Player interface {
	Drill(part float64)     // speed of the motor, 0 = off, 1 = free running
	Pop()                   // the near cortex gives way
	Hit()                   // a spring driver strikes
	Beep()                  // one beat of the monitor
	SetVolume(part float64) // 0 = silent, 1 = full
	Notice() string         // why nothing is heard and what to do; empty when all is well
	Close()                 // may be called twice
}

// patience is how long Open waits for the sound server before it goes on in silence.
const patience = 300 * time.Millisecond

// latency is how far ahead samples are handed over, s: short enough for a pop to be one with what is seen.
const latency = 0.04

// Open returns a player on the machine's sound server, or a silent one whose Notice says why.
func Open() Player {
	p := &player{Voice: NewVoice(), settled: make(chan struct{})}
	p.note = "sound: the sound server has not answered yet"
	go p.connect()
	select {
	case <-p.settled:
	case <-time.After(patience):
	}
	return p
}

// Silent returns a player that plays nothing, for tests and for people who want none.
func Silent() Player {
	return &player{Voice: NewVoice(), closed: true}
}

type player struct {
	*Voice
	settled chan struct{}

	mu     sync.Mutex
	note   string
	client *pulse.Client
	stream *pulse.PlaybackStream
	closed bool
}

func (p *player) connect() {
	defer close(p.settled)
	client, err := pulse.NewClient(pulse.ClientApplicationName("Osseo"))
	if err != nil {
		p.say(fmt.Sprintf("sound: no sound server (%v); start PulseAudio or PipeWire to hear the drill", err))
		return
	}
	stream, err := client.NewPlayback(pulse.Float32Reader(p.fill), pulse.PlaybackLatency(latency), pulse.PlaybackMediaName("trial"))
	if err != nil {
		client.Close()
		p.say(fmt.Sprintf("sound: the sound server gives no output (%v); choose an output device in the system's settings", err))
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		client.Close()
		return
	}
	p.client, p.stream, p.note = client, stream, ""
	go stream.Start()
}

// fill hands samples to the server from the stream's own goroutine.
func (p *player) fill(out []float32) (int, error) {
	p.Read(out)
	return len(out), nil
}

func (p *player) say(note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.note = note
}

// Notice implements Player.
func (p *player) Notice() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stream != nil && p.stream.Closed() {
		return "sound: the sound server went away; restart the program to hear again"
	}
	return p.note
}

// Close implements Player.
func (p *player) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.client != nil {
		p.client.Close()
		p.client, p.stream = nil, nil
	}
}

var _ Player = (*player)(nil)
