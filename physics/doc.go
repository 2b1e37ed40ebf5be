// Package physics is the bone: the reaction of skin, fat, cortex and marrow on an intraosseous needle, one tick at a time.
//
// It is a pure function of (Model, State, Input, dt). It has no clock, no I/O and no randomness it was not handed; two
// equal calls give equal bits. A Model is immutable and may be shared; a State belongs to one caller.
//
//	anatomy, err := physics.SampleAnatomy(patient, physics.ProximalTibia, seed)
//	model, err := physics.NewModel(anatomy, needle, driver, physics.DefaultRendering())
//	state := model.Start()
//	for each tick {
//		out := model.Step(&state, input, 1e-3)
//	}
//
// The equations are numbered in docs/model.md. The package deliberately has no hand, no device, no training case and no
// picture: it is told where the tool is and answers with what the tool feels and where the tip truly is.
package physics
