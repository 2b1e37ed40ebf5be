package draw

import "testing"

func TestPartShots(t *testing.T) {
	onlyForShots(t)
	m := canvas(300, 190)
	Monitor(m, MonitorView{Rhythm: "sinus-tachycardia", HR: 188, SpO2: 84, Sys: 52, Dia: 28, RR: 62, CRTS: 6, TimeS: 12.7, Remarks: "teaching model, not a real patient"})
	shot(t, "monitor-tachy", m)
	Monitor(m, MonitorView{Rhythm: "vf", TimeS: 9.1, Remarks: "CPR running"})
	shot(t, "monitor-vf", m)
	wide := canvas(620, 120)
	Monitor(wide, MonitorView{Rhythm: "bradycardia", HR: 42, SpO2: 88, Sys: 82, Dia: 50, RR: 10, CRTS: 4.5, TimeS: 33})
	shot(t, "monitor-wide", wide)
	b := canvas(260, 40)
	Bar(b, BarView{Label: "Push", Value: "11.4 N", Part: 0.28, Asked: 0.4, From: 0.2, To: 0.5, Strong: true})
	shot(t, "bar", b)
	l := canvas(110, 110)
	BubbleLevel(l, LevelView{TiltU: 6, TiltV: -2})
	shot(t, "level", l)
	BubbleLevel(l, LevelView{TiltU: 16, TiltV: 9})
	shot(t, "level-off", l)
	card := canvas(340, 150)
	for name, v := range map[string]CaseView{
		"case-arrest":  {Needle: NeedleShape{LengthMM: 25}},
		"case-trauma":  {Needle: NeedleShape{LengthMM: 35, HubShape: ManualHub}, Side: RightSide, Tone: 1},
		"case-infant":  {Who: Infant, Needle: NeedleShape{LengthMM: 15}, Mottled: true},
		"case-obese":   {Who: Obese, Needle: NeedleShape{LengthMM: 45}},
		"case-convoy":  {Needle: NeedleShape{LengthMM: 35, HubShape: SpringHub}, Vehicle: true, Tone: 2},
		"case-newborn": {Who: Newborn, Needle: NeedleShape{LengthMM: 15}},
	} {
		CasePicture(card, v)
		shot(t, name, card)
	}
	n := canvas(140, 44)
	for i, s := range []NeedleShape{{LengthMM: 15}, {LengthMM: 25}, {LengthMM: 45}, {LengthMM: 35, HubShape: ManualHub}, {LengthMM: 35, HubShape: SpringHub}} {
		NeedleIcon(n, NeedleIconView{Needle: s})
		shot(t, "needle-"+string(rune('0'+i)), n)
	}
}
