package servo

import (
	"strings"
	"sync"
)

// tailLines is how much of the servo's standard error is kept.
const tailLines = 20

// tail keeps the last lines of a stream, and the first that tells of a crash: a Go trace is longer than any tail.
type tail struct {
	mu    sync.Mutex
	lines []string
	crash string
}

func (t *tail) add(line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.crash == "" && (strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "fatal error:") ||
		strings.HasPrefix(line, "SIG")) {
		t.crash = line
	}
	if len(t.lines) == tailLines {
		t.lines = append(t.lines[:0], t.lines[1:]...)
	}
	t.lines = append(t.lines, line)
}

// word is the line that says most.
func (t *tail) word() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.crash != "" || len(t.lines) == 0 {
		return t.crash
	}
	return t.lines[len(t.lines)-1]
}

// Log returns the last lines the servo wrote to its standard error.
func (c *Client) Log() []string {
	c.errs.mu.Lock()
	defer c.errs.mu.Unlock()
	return append([]string(nil), c.errs.lines...)
}
