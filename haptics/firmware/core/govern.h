// The one gate every force passes on its way to the motor: haptics.Governor again, in integers, at the render rate.
//
// Whatever the commands and the sensors say: |force| <= the leg's limit, vibration and transient included; the axial
// force grows by at most rise and falls by at most fall per second while rendering; nothing while off; after a start no
// more than a share of the limit that grows from 0 to 1 in 200 ms; after stop or trip only a ramp to nothing; nothing
// that drives the tool out of its travel or on above the speed limit.
//
// Not repeated here are the host's energy and oscillation stages: they judge seconds, this judges one evaluation.
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

struct governor {
	const struct limits *limits;
	uint32_t hz;		 // evaluations per second
	int32_t ceiling;	 // mN
	int32_t rise, fall;	 // mN per evaluation
	int32_t reach;		 // 0.1 um at the speed limit in one evaluation
	enum gate gate;
	int32_t gain;		 // Q24
	int32_t envelope, step;	 // Q24
	int32_t start;		 // mN, |force| when the ramp out began
	int32_t force;		 // mN, axial, without burst
	int32_t torque, lateral_u, lateral_v, tilt; // as in drive, after slew
	struct command ask;	 // rendered
	bool blind;		 // hold without a spring
	uint8_t shot;
	struct burst burst;
	uint32_t shake; // phase of the vibration, turn in Q32
};

void govern_init(struct governor *g, const struct limits *l, uint32_t hz);
void govern_arm(struct governor *g);			   // from off; forgets bursts and shots
void govern_ask(struct governor *g, const struct command *c); // the next command
void govern_begin(struct governor *g);			   // ramp in
void govern_stop(struct governor *g);			   // ramp out, commands go on shaping
void govern_trip(struct governor *g, const struct sense *s, bool blind, uint32_t us); // ramp out, holding
void govern_cut(struct governor *g);			   // at once; emergency stop only

// govern_step is one evaluation.
void govern_step(struct governor *g, const struct sense *s, struct drive *d);

#endif
