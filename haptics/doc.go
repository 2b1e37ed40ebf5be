// Package haptics moves force: the contract of a leg (Device), the 1 kHz servo (Loop) and the one governor that every
// force passes (Governor).
//
//	governor := haptics.NewGovernor(device.Info().Limits)
//	loop := haptics.NewLoop(device, renderer, governor, observer)
//	stats, err := loop.Run(ctx) // in real time; Advance instead runs one tick of nominal time
//
// The tick never allocates, locks, logs or waits for anything but the device. The package knows nothing of bones, cases,
// windows or serial ports: it calls the Renderer it declares, and app/trial supplies one.
package haptics
