// Package virtual is the in-process twin of a leg: a stage with mass and friction, pushed by a hand and resisted by the
// command, integrated on its own fixed substep so that the tick rate does not change the motion.
//
//	leg := virtual.New(virtual.Novice(seed), virtual.Options{TickHz: 1000})
//	leg.Arm()
//	leg.Exchange(&command, &sample)
//
// The hand is either simulated (novice, trained, expert, robot) or live (mouse or keyboard). The package knows nothing of
// bones: the hand feels only what a person holding the tool would feel.
package virtual
