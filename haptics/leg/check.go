package leg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"osseo/haptics"
	"osseo/haptics/wire"
)

// Report is all there is to know of a leg, and what to save when somebody else has to help.
type Report struct {
	Port      string        `json:"port"`
	Usable    bool          `json:"usable"` // nothing but warnings
	Diagnoses []*Diagnosis  `json:"diagnoses"`
	System    Port          `json:"system"`     // the port as the operating system shows it
	Leg       *Card         `json:"leg"`        // null when it did not say who it is
	SelfTest  []TestOutcome `json:"self_test"`  // null when it was not run
	Link      *Figures      `json:"link"`       // null when there was none
	CheckedAt string        `json:"checked_at"` // UTC
}

// Card is what a leg says of itself.
type Card struct {
	Name         string     `json:"name"`
	Kind         string     `json:"kind"`
	Board        string     `json:"board"`
	Firmware     string     `json:"firmware"`
	Build        string     `json:"build"`
	Protocol     int        `json:"protocol"`
	Calibration  string     `json:"calibration"`
	Serial       string     `json:"serial"`
	Capabilities []string   `json:"capabilities"`
	Missing      []string   `json:"missing"` // what it cannot render or sense, so that the program says so
	Limits       CardLimits `json:"limits"`
}

// CardLimits are haptics.Limits with the units in the keys.
type CardLimits struct {
	Force       float64 `json:"force_n"`
	Continuous  float64 `json:"continuous_n"`
	PeakS       float64 `json:"peak_s"`
	Torque      float64 `json:"torque_nm"`
	Stiffness   float64 `json:"stiffness_n_per_m"`
	Damping     float64 `json:"damping_n_s_per_m"`
	Rise        float64 `json:"rise_n_per_s"`
	Fall        float64 `json:"fall_n_per_s"`
	Speed       float64 `json:"speed_m_per_s"`
	TravelInMM  float64 `json:"travel_in_mm"`
	TravelOutMM float64 `json:"travel_out_mm"`
	RenderHz    float64 `json:"render_hz"`
}

func cardLimits(l *haptics.Limits) CardLimits {
	return CardLimits{
		Force: l.Force, Continuous: l.ContinuousN, PeakS: l.PeakS, Torque: l.Torque, Stiffness: l.Stiffness, Damping: l.Damping,
		Rise: l.Rise, Fall: l.Fall, Speed: l.Speed, TravelInMM: l.TravelIn * 1e3, TravelOutMM: l.TravelOut * 1e3,
		RenderHz: l.RenderRate,
	}
}

// TestOutcome is one self-test of the leg, in the units of docs/wire.md.
type TestOutcome struct {
	Test   string `json:"test"`
	Passed bool   `json:"passed"`
	Value  int32  `json:"value"`
	Least  int32  `json:"least"`
	Most   int32  `json:"most"`
}

var capabilityNames = [...]string{
	"axial", "twist", "tilt", "tilt-stiffness", "plate", "trigger", "vibration", "transient", "syringe", "swelling",
	"hand-behind", "emergency-stop",
}

// Card tells who the leg is.
func (l *Leg) Card() Card {
	i := &l.identity
	c := Card{
		Name: i.Name, Kind: l.info.Kind, Board: i.Board.String(), Firmware: i.Version(), Build: fmt.Sprintf("%x", i.Build),
		Protocol: int(i.Protocol), Calibration: fmt.Sprintf("%08x", i.Calibration), Serial: fmt.Sprintf("%x", i.Serial),
		Limits: cardLimits(&l.info.Limits), Capabilities: []string{}, Missing: []string{},
	}
	for n, name := range capabilityNames {
		if i.Capabilities&(1<<n) != 0 {
			c.Capabilities = append(c.Capabilities, name)
		} else {
			c.Missing = append(c.Missing, name)
		}
	}
	return c
}

// Check looks at a port, opens the leg on it, runs its self-test and watches the link for a while. It never arms: no
// force is rendered. An empty path takes the only port, or the only one that calls itself an Osseo leg.
func Check(ctx context.Context, path string, o Options, watch time.Duration) Report {
	r := Report{Port: path, Diagnoses: []*Diagnosis{}, CheckedAt: time.Now().UTC().Format(time.RFC3339)}
	if path == "" {
		var d *Diagnosis
		if r.Port, d = Choose(); d != nil {
			r.Diagnoses = append(r.Diagnoses, d)
			return r
		}
	}
	r.System = here.describe(r.Port)
	for _, d := range r.System.Warnings() {
		if d.Warning {
			r.Diagnoses = append(r.Diagnoses, d)
		}
	}
	l, err := Open(r.Port, o)
	if err != nil {
		r.note(err)
		return r
	}
	defer l.Close() //nolint:errcheck // it was never armed
	card := l.Card()
	r.Leg = &card
	tests, err := l.SelfTest()
	for _, t := range tests {
		r.SelfTest = append(r.SelfTest, outcomeOf(t))
	}
	if err != nil {
		r.note(err)
	}
	select {
	case <-ctx.Done():
	case <-time.After(watch):
	}
	f := l.Figures()
	r.Link = &f
	r.judge(&f)
	return r
}

// judge adds what the figures of the link speak of, and says whether the leg can be used.
func (r *Report) judge(f *Figures) {
	const leastHz = 950 // states per second; below, the leg or the machine does not keep 1 kHz
	if f.States > 100 && f.RateHz < leastHz {
		r.Diagnoses = append(r.Diagnoses, slowLink(r.Port, f.RateHz))
	}
	if bad := f.CRCErrors + f.Broken; bad > 0 && float64(bad) > 1e-3*float64(f.States) {
		d := garbled(r.Port, f.States, bad)
		d.What = fmt.Sprintf("%d of %d frames from %s came damaged", bad, bad+f.States, r.Port)
		d.Warning = true
		r.Diagnoses = append(r.Diagnoses, d)
	}
	r.Usable = true
	for _, d := range r.Diagnoses {
		r.Usable = r.Usable && d.Warning
	}
}

func (r *Report) note(err error) {
	var d *Diagnosis
	if !errors.As(err, &d) {
		d = unknown(r.Port, err)
	}
	r.Diagnoses = append(r.Diagnoses, d)
}

func outcomeOf(o wire.Outcome) TestOutcome {
	return TestOutcome{Test: o.Test.String(), Passed: o.Passed, Value: o.Value, Least: o.Least, Most: o.Most}
}

// Choose returns the port of the only leg in sight.
func Choose() (string, *Diagnosis) {
	all, err := Ports()
	if err != nil {
		return "", unknown("", err)
	}
	return choose(all)
}

func choose(all []Port) (string, *Diagnosis) {
	var likely, usb []string
	for i := range all {
		if all[i].Likely {
			likely = append(likely, all[i].Name)
		}
		if all[i].USB {
			usb = append(usb, all[i].Name)
		}
	}
	switch {
	case len(likely) == 1:
		return likely[0], nil
	case len(usb) == 1:
		return usb[0], nil
	case len(usb) == 0:
		return "", nothingThere()
	}
	d := notThere("", nil, all)
	d.What = fmt.Sprintf("%d ports could be the leg", len(usb))
	return "", d
}
