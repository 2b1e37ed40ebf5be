package trial

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime/pprof"
	"strings"
	"time"

	"osseo/physics"
)

// Stages is where the time of a step goes, by the lines of the outline of Step.
type Stages struct {
	Samples int64            `json:"samples"` // of the profiler, within a step
	Lines   map[string]Stage `json:"lines"`
}

// Stage is the part of a step that one line of its outline takes.
type Stage struct {
	Share float64 `json:"share"`      // of the samples that fell into a step, 0..1
	CI95  float64 `json:"ci95_share"` // half width of its interval
	NS    float64 `json:"ns"`         // that share of the mean step
}

// outline is the step's name in a profile; the function it calls is the stage.
const outline = "osseo/physics.(*Model).Step"

// stagesOf profiles steps for about d and says which line of the outline of Step they spend their time in. mean is that of
// a step, ns. The profiler of the runtime looks a hundred times a second; what is inlined into Step keeps its own name.
// Steps are not timed meanwhile, so that the clock takes no part.
func stagesOf(ctx context.Context, d time.Duration, mean float64) (*Stages, error) {
	type work struct {
		model  *physics.Model
		inputs []physics.Input
	}
	var all []work
	for _, c := range Conditions() {
		m, in, err := c.motion()
		if err != nil {
			return nil, err
		}
		all = append(all, work{m, in})
	}
	var b bytes.Buffer
	if err := pprof.StartCPUProfile(&b); err != nil {
		return nil, fmt.Errorf("trial: bench step: %w", err)
	}
	each := d / time.Duration(len(all))
	for _, w := range all { // as long in each condition
		for end := time.Now().Add(each); time.Now().Before(end) && ctx.Err() == nil; {
			state := w.model.Start()
			for i := range w.inputs {
				w.model.Step(&state, w.inputs[i], 1.0/DefaultTickHz)
			}
		}
	}
	pprof.StopCPUProfile()
	counts, total, err := countStages(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("trial: bench step: %w", err)
	}
	stages := &Stages{Samples: total, Lines: map[string]Stage{}}
	for name, n := range counts {
		p := float64(n) / float64(total)
		stages.Lines[name] = Stage{Share: p, CI95: 1.96 * math.Sqrt(p*(1-p)/float64(total)), NS: p * mean}
	}
	return stages, nil
}

// countStages counts the samples of a CPU profile by the function that Step called; "Step itself" is what is left.
func countStages(profile []byte) (counts map[string]int64, total int64, err error) {
	p, err := readProfile(profile)
	if err != nil {
		return nil, 0, err
	}
	counts = map[string]int64{}
	for _, s := range p.samples {
		stage, within := "Step itself", false
		for _, l := range s.locations { // from the leaf to the root
			for _, f := range p.lines[l] {
				name := p.functions[f]
				if within = name == outline; within {
					break
				}
				stage = name[strings.LastIndexByte(name, '.')+1:]
			}
			if within {
				break
			}
		}
		if within && !strings.HasPrefix(stage, "asyncPreempt") { // set aside by the runtime: nobody's time
			counts[stage] += s.count
			total += s.count
		}
	}
	return counts, total, nil
}

// cpuProfile is what is read of a profile: the form is that of github.com/google/pprof/proto/profile.proto.
type cpuProfile struct {
	samples   []stackSample
	lines     map[uint64][]uint64 // location to its functions, the inlined first
	functions map[uint64]string
}

type stackSample struct {
	locations []uint64
	count     int64
}

func readProfile(zipped []byte) (*cpuProfile, error) {
	z, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	p := &cpuProfile{lines: map[uint64][]uint64{}, functions: map[uint64]string{}}
	var texts []string
	names := map[uint64]uint64{}
	err = fields(data, func(field int, x uint64, part []byte) error {
		switch field {
		case 2:
			s, err := readSample(part)
			p.samples = append(p.samples, s)
			return err
		case 4:
			return p.location(part)
		case 5:
			var id, name uint64
			err := fields(part, func(field int, x uint64, _ []byte) error {
				switch field {
				case 1:
					id = x
				case 2:
					name = x
				}
				return nil
			})
			names[id] = name
			return err
		case 6:
			texts = append(texts, string(part))
		}
		return nil
	})
	for id, at := range names {
		if at < uint64(len(texts)) {
			p.functions[id] = texts[at]
		}
	}
	return p, err
}

func readSample(part []byte) (stackSample, error) {
	var s stackSample
	var values []uint64
	err := fields(part, func(field int, x uint64, packed []byte) error {
		switch field {
		case 1:
			s.locations = append(s.locations, numbers(x, packed)...)
		case 2:
			values = append(values, numbers(x, packed)...)
		}
		return nil
	})
	if len(values) > 0 {
		s.count = int64(values[0])
	}
	return s, err
}

func (p *cpuProfile) location(part []byte) error {
	var id uint64
	var functions []uint64
	err := fields(part, func(field int, x uint64, line []byte) error {
		switch field {
		case 1:
			id = x
		case 4:
			return fields(line, func(field int, x uint64, _ []byte) error {
				if field == 1 {
					functions = append(functions, x)
				}
				return nil
			})
		}
		return nil
	})
	p.lines[id] = functions
	return err
}

var errProfile = errors.New("profile: broken field")

// fields calls f for each field of a protocol buffer message: with its number, or with its bytes.
func fields(data []byte, f func(field int, x uint64, part []byte) error) error {
	for len(data) > 0 {
		key, n := binary.Uvarint(data)
		if n <= 0 {
			return errProfile
		}
		data = data[n:]
		var x uint64
		var part []byte
		switch key & 7 {
		case 0, 2:
			if x, n = binary.Uvarint(data); n <= 0 {
				return errProfile
			}
			data = data[n:]
			if key&7 == 2 {
				if x > uint64(len(data)) {
					return errProfile
				}
				part, data = data[:x], data[x:]
			}
		case 1, 5:
			wide := 8
			if key&7 == 5 {
				wide = 4
			}
			if len(data) < wide {
				return errProfile
			}
			data = data[wide:]
		default:
			return errProfile
		}
		if err := f(int(key>>3), x, part); err != nil {
			return err
		}
	}
	return nil
}

// numbers are those of a repeated field, packed or not.
func numbers(x uint64, packed []byte) []uint64 {
	if packed == nil {
		return []uint64{x}
	}
	var out []uint64
	for len(packed) > 0 {
		v, n := binary.Uvarint(packed)
		if n <= 0 {
			break
		}
		out, packed = append(out, v), packed[n:]
	}
	return out
}
