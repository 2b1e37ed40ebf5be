// Package haptictest holds what every leg must pass and the legs that tests are made of.
//
//	func TestLeg(t *testing.T) {
//		haptictest.RunDeviceTests(t, func(t testing.TB) haptics.Device { return virtual.New(hand, virtual.Options{}) })
//	}
//
// Record keeps what passed between a loop and a leg, Playback is a leg that repeats a recording, Faulty spoils the samples
// of another leg at given ticks. The package deliberately knows no particular leg.
package haptictest
