// Package virtual is the in-process twin of a leg: a stage with mass and friction, pushed by a hand and resisted by the
// command, integrated on its own fixed substep so that the tick rate does not change the motion.
//
//	hand := virtual.Novice(seed, virtual.Task{Driver: virtual.Powered})
//	leg := virtual.New(hand, virtual.Options{TickHz: 1000})
//	leg.Arm()
//	leg.Exchange(&command, &sample)
//	hand.Phase() // virtual.Approaching ... virtual.Released
//
// The hand is simulated (Novice, Trained, Expert, NewRobot), live (NewLive: mouse or keyboard through an Intent, which two
// processes can share) or recorded (NewPlayback). What a skill is stands in one table, profile.go. The package knows
// nothing of bones: a hand feels only what a person holding the tool would feel, and decides by that alone.
package virtual
