// The one gate every force passes on its way to the motor: haptics.Governor again, in integers, at the render rate.
//
// Whatever the commands and the sensors say: |force| <= the leg's limit, vibration and transient included; the axial
// force grows by at most rise and falls by at most fall per second while rendering; nothing while off; after a start no
// more than a share of the limit that grows from 0 to 1 in 200 ms; after stop or trip only a ramp to nothing; no more
// energy out of the leg than it took in but for a small allowance; nothing that drives the tool out of its travel or on
// above the speed limit; the mean square of the force stays what the motor bears.
//
// Order: ramp, energy, oscillation, over-speed, slew, clamp (limit, heat, travel). Finite needs no stage: all is integer.
#ifndef OSSEO_GOVERN_H
#define OSSEO_GOVERN_H

#include "message.h"

// What the board measures.
struct sense {
	int32_t position;	// 0.1 um, inward
	int32_t velocity;	// um/s, inward
	int32_t twist;		// 0.002 degree
	int16_t tilt_x, tilt_y; // 0.01 degree
	int16_t u, v;		// 10 um
	uint8_t trigger;	// 1/200
	int32_t load;		// mN, inward
	int16_t syringe;	// 10 Pa
	uint8_t switches;
	int8_t temperature; // degree Celsius
	uint16_t supply;    // mV
};

enum { SWITCH_BEHIND = 1, SWITCH_STYLET = 2, SWITCH_STOP = 4 };

// What the board's motors are to do.
struct drive {
	bool powered;
	int32_t force;		      // mN, outward; all included
	int32_t torque;		      // mN.m, resists twist
	int32_t lateral_u, lateral_v; // mN
	int32_t tilt_stiffness;	      // 10 mN.m/rad
	int32_t vibration;	      // mN, amplitude within force
};

enum gate { GATE_OFF, GATE_ON, GATE_OUT, GATE_HOLD };

enum {
	RAMP_IN_US = 200000,
	RAMP_OUT_US = 100000,
	RAMP_HOLD_US = 75000, // 20 ms of watchdog before it: zero 95 ms after the last command
	RAMP_BLIND_US = 30000,
};

struct burst {
	uint8_t kind;	 // 0 = none
	int32_t level;	 // mN in Q8
	int32_t keep;	 // Q24, share of level kept per evaluation
	uint32_t phase;	 // turn in Q32
	uint32_t step;	 // per evaluation
};

// The stages that may change an axial force; status tells which did.
enum {
	ACTED_RAMP = 1, // not told: every start and stop has one
	ACTED_ENERGY = 2,
	ACTED_OSCILLATION = 4,
	ACTED_SPEED = 8,
	ACTED_SLEW = 16,
	ACTED_CLAMP = 32,
	ACTED_HEAT = 64,
	ACTED_TRAVEL = 128,
	ACTED_IMPULSE = 256,
};

// An axis beside the axial one: its limit and how fast it may change per evaluation.
struct slope {
	int32_t most, rise, fall;
};

// What the leg took in from the hand less what it gave back, in mN * 0.1 um = 0.1 nJ.
struct account {
	bool known;	   // position is that of the last evaluation
	int32_t position;  // 0.1 um
	int64_t stored;	   // at most 1.5 J
	int64_t allowance; // may be given without having been taken
	int64_t plenty;	   // credit from which any force may be given
	int32_t way;	   // 0.1 um; force is at most credit / way
};

enum { SWING = 1000000, SWINGS_TO_STOP = 60 };

// Reversals of the motion that may be a limit cycle.
struct damper {
	int32_t direction;	     // +1, -1, or 0 before the first
	int32_t since, quiet;	     // us since the last reversal, since the last swing
	int32_t least, most;	     // mN since the last reversal
	int32_t peak, last, before; // um/s, greatest since the last reversal and in the two half periods before it
	int32_t swings;		     // in a row
	int32_t total;		     // SWING each, forgotten slowly; a fault from SWINGS_TO_STOP * SWING on
	int32_t gain;		     // Q24, what is left of the command
};

struct heat {
	int64_t square;	    // mN^2, mean of the motor's past
	int64_t bearable;   // mN^2
	int32_t continuous; // mN
	int32_t rate;	    // Q32 per evaluation; 0 = the motor does not heat
};

struct governor {
	const struct limits *limits;
	uint32_t hz;		 // evaluations per second
	int32_t period;		 // us
	int32_t ceiling;	 // mN
	int32_t rise, fall;	 // mN per evaluation
	int32_t reach;		 // 0.1 um at the speed limit in one evaluation
	enum gate gate;
	int32_t gain;		 // Q24
	int32_t envelope, step;	 // Q24
	int32_t start;		 // mN, |force| when the ramp out began
	int32_t force;		 // mN, axial, without burst
	int32_t given;		 // mN, all included, of the last evaluation
	int32_t torque, lateral_u, lateral_v, tilt; // as in drive, after slew
	struct slope slope_torque, slope_lateral, slope_tilt;
	struct command ask;	 // rendered
	bool blind;		 // hold without a spring
	uint8_t shot;
	struct burst burst;
	uint32_t shake, shake_step; // phase of the vibration and its growth per evaluation, turn in Q32
	int32_t impulse; // mN * 100 us of transients that may still be asked for
	struct account account;
	struct damper damper;
	struct heat heat;
	uint16_t acted; // ACTED_...; whoever reads clears
#ifdef OSSEO_TEST
	uint16_t skip; // stages left out
#endif
};

void govern_init(struct governor *g, const struct limits *l, uint32_t hz);
void govern_arm(struct governor *g);			   // from off; forgets bursts, shots, energy and swings, not the heat
void govern_ask(struct governor *g, const struct command *c); // the next command
void govern_begin(struct governor *g);			   // ramp in
void govern_stop(struct governor *g);			   // ramp out, commands go on shaping
void govern_trip(struct governor *g, const struct sense *s, bool blind, uint32_t us); // ramp out, holding
void govern_cut(struct governor *g);			   // at once; emergency stop only

// govern_step is one evaluation.
void govern_step(struct governor *g, const struct sense *s, struct drive *d);

#endif
