package trial

import "osseo/app/recording"

// ReplayReport is what `osseo replay --json` prints.
type ReplayReport struct {
	File      string      `json:"file"`
	Ticks     int64       `json:"ticks"`
	Clean     bool        `json:"clean"` // closed by its writer, nothing missing
	End       string      `json:"end"`   // where and why it ends
	Identical bool        `json:"identical"`
	Exact     bool        `json:"exact"` // compared to the bit; otherwise within a tolerance
	Diverged  *Divergence `json:"diverged"`
	StateHash string      `json:"state_hash"`
	Recorded  string      `json:"recorded_state_hash"`
	Build     string      `json:"build"`
	Arch      string      `json:"arch"`
}

// Replay runs a recording through the model again and compares.
func Replay(path string) (*ReplayReport, *Evidence, error) {
	m, err := recording.Load(path)
	if err != nil {
		return nil, nil, err
	}
	e, err := Examine(m)
	if err != nil {
		return nil, nil, err
	}
	r := &ReplayReport{
		File: path, Ticks: e.End.Ticks, Clean: e.End.Whole(), End: e.End.Reason, Identical: e.Diverged == nil,
		Exact: e.Header.Arch == Arch() && e.Header.Build == Build, Diverged: e.Diverged, StateHash: e.Hash,
		Build: e.Header.Build, Arch: e.Header.Arch,
	}
	if e.End.Footer != nil {
		r.Recorded = e.End.Footer.StateHash
		if r.Exact && e.End.Whole() && r.Recorded != r.StateHash {
			r.Identical = false
		}
	}
	return r, e, nil
}
