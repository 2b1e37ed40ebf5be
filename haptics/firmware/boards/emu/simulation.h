// The stage, the load cell and the hand of an emulated leg: osseo/haptics/virtual's in C, single precision but for the
// position. The hand is what the host's grip frames say.
#ifndef OSSEO_SIMULATION_H
#define OSSEO_SIMULATION_H

#include "govern.h"

struct tilt_axis {
	float angle, anchor, hold; // rad, rad, N.m/rad
};

struct simulation {
	double x;	 // m, inward
	float v;	 // m/s
	float load;	 // N, inward
	double twist;	 // rad
	float spin;	 // rad/s
	struct tilt_axis tilt_x, tilt_y;
	float u, v_plate, hold_u, hold_v; // m
	bool placed;
	float least, most; // m, travel
	// the grip
	float effort, mass, stiffness, damping, rest, twist_rate, want_x, want_y, want_u, want_v;
	uint8_t trigger, flags;
};

void simulation_start(struct simulation *s, const struct limits *l);
void simulation_grip(struct simulation *s, const struct grip *g);
void simulation_place(struct simulation *s, int32_t position);
void simulation_stage(struct simulation *s, const struct drive *d, float dt);
void simulation_axes(struct simulation *s, const struct drive *d, float dt);
void simulation_sense(const struct simulation *s, struct sense *out);

#endif
