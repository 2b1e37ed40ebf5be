#include "hand.h"

#include <math.h>
#include <string.h>

#include "check.h"

void hand_start(struct hand *h)
{
	memset(h, 0, sizeof *h);
	h->limits = (struct limits){.force = 15000, .continuous = 6000, .torque = 1500, .stiffness = 40000, .damping = 2000,
				    .rise = 20000, .fall = 100000, .speed = 2000000, .travel_in = 600000, .travel_out = -400000};
	h->mass = 1.2;
	h->drag = 10;
	h->x = -1e-3;
	govern_init(&h->g, &h->limits, HZ);
	govern_arm(&h->g);
	govern_begin(&h->g);
}

struct sense hand_sense(const struct hand *h)
{
	return (struct sense){.position = (int32_t)lround(h->x * 1e7), .velocity = (int32_t)lround(h->v * 1e6)};
}

void hand_step(struct hand *h)
{
	struct sense s = hand_sense(h);
	govern_step(&h->g, &s, &h->drive);
	const double dt = 1.0 / (2 * HZ);
	for (int k = 0; k < 2; k++) {
		double a = (h->push - h->drive.force * 1e-3 - h->drag * h->v - h->arm * h->x) / h->mass;
		h->v += a * dt;
		h->x += h->v * dt;
		if (h->x > 60e-3)
			h->x = 60e-3, h->v = 0;
		if (h->x < -40e-3)
			h->x = -40e-3, h->v = 0;
	}
	h->t += 1.0 / HZ;
	h->faulted |= h->g.damper.total >= SWINGS_TO_STOP * SWING;
	if (h->t <= RAMP_IN_US * 1e-6) {
		h->g.acted = 0;
		return;
	}
	h->acted |= h->g.acted;
	h->fastest = fmax(h->fastest, fabs(h->v));
}

void hand_run(struct hand *h, double seconds, render r)
{
	for (int ms = 0; ms < (int)(seconds * 1000); ms++) {
		r(h, h->t);
		govern_ask(&h->g, &h->command);
		for (int k = 0; k < HZ / 1000; k++)
			hand_step(h);
	}
}

void hand_ask(struct hand *h, double force, double stiffness, double damping, double anchor)
{
	h->command.force = (int16_t)lround(fmax(-32767, fmin(32767, force * 100)));
	h->command.stiffness = (uint16_t)lround(stiffness);
	h->command.damping = (uint16_t)lround(damping * 100);
	h->command.anchor = (int32_t)lround(anchor * 1e7);
}
