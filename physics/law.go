package physics

// The constants of the laws in docs/model.md. Each has a source there; those without say "assumed".
const (
	maxSubstep = 0.25e-3 // s, longest internal step
	maxStep    = 20e-3   // s, longest tick that is answered in full; a longer dt is cut

	// Cutting of adult cortex, eq. 6-8. A fluted drill cuts this much better than a trocar: a trocar wire needs more work,
	// thrust and torque [rabbit femur, section 2.4]. Assumed: the size of it, from 2-6 s of a powered needle [Ngo2009].
	fluted = 1.35

	// The drill's own numbers, from 3.2 mm drills in human femur [MacAvelia2012].
	cutPressure  = 10e6 * fluted   // p0, Pa: pressure at vanishing feed, 10 MPa for the drill
	cutFeed      = 1.36e9 * fluted // Kf, Pa/(m/rev)^0.5: 43 MPa/mm^0.5 for the drill
	lipPressure  = 1e6             // p0 of the lips of a twist drill, Pa: what is left of 10 MPa when its chisel edge presses for itself, eq. 7a
	cutFeedMax   = 0.3e-3          // m/rev, what the relief of a trocar clears; a push beyond it rubs. Assumed: 5-10 s by hand
	torqueBase   = 3.75e6 * fluted // Pa, torque = A R (torqueBase + torqueFeed f)
	torqueFeed   = 89e9 * fluted   // Pa/(m/rev)
	wedge        = 2.2             // flank pressure of a 4 mm taper per thrust beyond that: 1/(sin a + mu cos a)
	hardness     = 150e6           // Pa, indentation without turning: 130-200 in adults, section 3.1
	indentTau    = 2e-3            // s, relaxation of a push above hardness. Assumed
	shear        = 68e6            // Pa, shear strength of cortex [Reilly1975]
	rimShare     = 0.12            // of the wall's force left at the rim of the crater, sharp tip. Assumed: 10-15 %
	rimDull      = 0.6             // added to rimShare by a fully worn tip, which crushes instead of cutting. Assumed
	dullPressure = 1.2             // a fully worn tip needs 1+this times the pressure [direction: Alam]
	dullTorque   = 0.45            // and this much less torque at the same feed [direction: Alam]
	breakTau     = 0.6e-3          // s, the front relaxes after the wall has broken. Assumed
	facets       = 2.0             // edges of a three-faced point lie twice as far out as its faces: the tube's rim begins at half the way to where all of it is open
	pointDepth   = 0.06e-3         // m, depth over which the chisel comes to bear. Assumed: no point is ground flat
	rattle       = 0.04            // share of the thrust felt as vibration while cutting, sharp tip. Assumed
	roughness    = 0.10            // amplitude of the cutting pressure's texture, sharp tip [direction: Wiggins & Malkin saw-tooth]. Assumed
	tipFriction  = 0.3             // mu of steel on cortex, 0.2-0.45 [Han2022]
	slideShare   = 0.7             // kinetic over static friction. Assumed

	// Periosteum, section 3.4.
	periosteumForce = 5.0 // N for a 15G tip, 3-8

	// Cancellous bone and marrow, eq. 11.
	crush        = 68e6 // Pa per (g/cm3)^2 [Carter1977]
	crushTexture = 0.35 // share of the crushing pressure that is texture. Assumed
	cancelTurn   = 0.35 // share of the crushing a turning tip is spared. Assumed

	// Soft tissue, eq. 2-4.
	punctureForce = 7.0   // N at a 15G trocar, 4-10, section 2.1
	punctureDepth = 6e-3  // m, greatest indentation at puncture, 4-8 mm
	punctureShare = 0.6   // of the tissue over the bone: no deeper than this
	cutShare      = 0.4   // of the puncture force that goes on cutting fat. Assumed, near the tearing share of Barnett2015
	muscleShare   = 0.6   // the same in muscle and fascia. Assumed
	contactLoss   = 6.0   // s/m, Hunt-Crossley damping of soft tissue. Assumed
	woundTau      = 2e-3  // s, the cut tissue springs back. Assumed
	softFriction  = 75.0  // N/m of shaft at 15G, 50-100
	deepCut       = 4.0   // N, cutting force in the tissue behind the bone and beside it. Assumed
	gripPerWall   = 13e3  // N per m of shaft in cortex at 15G, adult: 20-80 N in all, section 3.4
	heldSpeed     = 1e-3  // m/s, a slower tip is rendered as held: a leg that has the grip as a mere force would drift. Assumed
	marrowPress   = 0.5   // share of the crushing pressure with which cancellous bone that has been pushed aside bears on the shaft, eq. 5a. Assumed: 0.4-0.9 give the 1000 N of Mulligan2010 at 0.4-0.5 g/cm3
	freeDrag      = 0.5   // N.s/m, keeps a free needle's step finite. Assumed
	hubStiffness  = 9e3   // N/m, hub or housing against skin over bone. Assumed
	stepStiffness = 200e3 // N/m, the step of a shaft against the wall. Assumed: half a millimetre at the most a hand pushes

	// Sideways, eq. 14-17.
	handSide   = 600.0 // N/m, sideways stiffness of the holding hand. Assumed
	handTilt   = 1.6   // N.m/rad, tilting stiffness of the wrist. Assumed
	slideDrag  = 60.0  // N.s/m, viscous part while skating. Assumed
	ploughing  = 0.35  // of hardness over the side of the bite. Assumed
	walkShare  = 0.10  // of the thrust that a spinning tip turns sideways. Assumed
	walkSpeed  = 30e-3 // m/s of rim speed at which that is reached. Assumed
	seatBite   = 0.2e-3
	grooveR    = 0.6e-3 // m, a scratch this near catches the tip. Assumed
	scratch    = 15e-6  // m, depth of the scratch a skating tip keeps. Assumed
	yieldEvent = 0.5e-2 // rad of permanent bend reported as Yield
	bendEvent  = 3.5e-2 // rad (2 deg) reported as Bend
	breakWork  = 0.5    // J of plastic work at 15G. Assumed: about a radian back and forth
	wearWork   = 600.0  // J of tip work that blunt a 15G tip fully, growing as its section. Assumed: one adult wall costs a per cent

	// Driver.
	motorTau     = 40e-3 // s, spin-up. Assumed
	launchBack   = 12e-3 // m the cocked needle stands behind the housing's face. Assumed
	launchGrip   = 0.6   // share of the grip that brakes a flying shaft. Assumed
	launchStep   = 5e-6  // s, substep of a spring in flight
	housingMass  = 0.12  // kg, housing and fingers thrown back. Assumed
	launchSpread = 0.2   // of the energy either way, evenly. Assumed: 10 % of force is a usual tolerance of coil springs, friction adds to it
	launchRate   = 2.0   // strength of bone at 10 m/s against slow pushing: five decades of strain rate at rate^0.06 [Carter1977]
)
