// A hand on a governor: the mass of haptics/fake_test.go, pushed against what the governor lets through, so that the same
// motions that must not trip the host's must not trip this one.
#ifndef OSSEO_HAND_H
#define OSSEO_HAND_H

#include "bench.h"

struct hand {
	struct governor g;
	struct limits limits;
	struct drive drive;
	struct command command;
	double mass, drag, arm, push; // kg, N.s/m, N/m about 0, N inward
	double x, v, t, fastest;      // m, m/s, s
	bool faulted;		      // oscillation
	uint16_t acted;		      // stages, since the ramp in
};

// Commands come 1000 times a second, evaluations HZ.
typedef void (*render)(struct hand *h, double at);

void hand_start(struct hand *h);
struct sense hand_sense(const struct hand *h);
void hand_step(struct hand *h); // one evaluation
void hand_run(struct hand *h, double seconds, render r);
void hand_ask(struct hand *h, double force, double stiffness, double damping, double anchor);

#endif
