// Package trial runs one case: patient, needle, driver, leg, model, procedure and recorder joined into one run, offline as
// fast as the machine allows or inside the servo in real time. It also runs a recording again and grades it.
//
//	result, err := trial.Run(ctx, trial.Setup{Case: c, Hand: "expert", Seed: 7})
//
// It deliberately draws nothing and talks to no other process.
package trial
