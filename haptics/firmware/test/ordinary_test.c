// What hands do must pass: the motions of haptics/ordinary_test.go, at the firmware's rate.
#include <math.h>

#include "check.h"
#include "hand.h"

static const double pi = 3.14159265358979;
static struct hand h;

static void expect(const char *what, uint16_t allowed)
{
	CHECK(!h.faulted, "%s is a fault", what);
	CHECK((h.acted & ~allowed) == 0, "%s: the governor acted by %#x, allowed %#x", what, h.acted, allowed);
}

static void twist(struct hand *hand, double at)
{
	hand->push = fmin(40 * at, 90 + 25 * sin(2 * pi * 4 * at)) + 4 * sin(2 * pi * 10 * at);
	hand_ask(hand, 4, 20e3, 10, 1e-3 * at);
	hand->command.torque = (int16_t)(1200 * tanh(8 * sin(2 * pi * 2 * at)));
	hand->command.tilt_stiffness = 500;
}

static void hammer(struct hand *hand, double at)
{
	hand->push = 70 * sin(2 * pi * 4 * at);
	hand_ask(hand, 0, 20e3, 15, 0);
}

static double released, popped;

// A hard pop: the wall that held the push is gone within a command, the hand goes on until it has felt that.
static void pop(struct hand *hand, double at)
{
	if (at > 2)
		popped = fmin(popped, at);
	if (at < popped + 0.005)
		hand->push = fmin(released, 80 * at);
	else
		hand->push = at < popped + 0.15 ? fmax(0, released * (1 - (at - popped) / 0.05)) : 0;
	if (at <= 2) {
		hand_ask(hand, 0, 20e3, 10, 0);
		return;
	}
	hand_ask(hand, 8 * tanh(hand->v / 0.01), 0, 15, 0);
	hand->command.kind = 1;
	hand->command.shot = 1;
	hand->command.amplitude = 600;
	hand->command.decay = 20;
}

static void recoil(struct hand *hand, double at)
{
	hand->push = 30;
	hand_ask(hand, at > 1 && at < 1.004 ? 300 : 0, 10e3, 10, 0);
	hand->command.kind = at > 1 ? 2 : 0;
	hand->command.shot = 1;
	hand->command.amplitude = 20000;
	hand->command.decay = 30;
}

static void wall(struct hand *hand, double at)
{
	hand->push = at < 0.2 ? 0 : 60;
	hand_ask(hand, 0, 40e3, 20, 0);
}

void test_ordinary(void)
{
	hand_start(&h);
	hand_run(&h, 6, twist);
	expect("twisting at 90 N", 0);

	hand_start(&h);
	h.mass = 0.8, h.arm = 1500, h.drag = 25;
	hand_run(&h, 4, hammer);
	expect("hammering", ACTED_SLEW | ACTED_CLAMP);

	for (released = 60; released <= 120; released += 30) {
		hand_start(&h);
		h.drag = 25, h.arm = 500, h.x = 0;
		popped = 1e9;
		hand_run(&h, 3, pop);
		expect("a pop", ACTED_SLEW | ACTED_CLAMP);
		CHECK(h.fastest > 0.1, "the pop from %g N reached %g m/s only: the test tests nothing", released, h.fastest);
	}

	hand_start(&h);
	h.arm = 500, h.drag = 20;
	hand_run(&h, 2, recoil);
	expect("recoil", ACTED_SLEW | ACTED_CLAMP);
	CHECK(h.acted & (ACTED_CLAMP | ACTED_SLEW), "300 N passed");

	hand_start(&h);
	h.x = -1e-4, h.mass = 0.5, h.drag = 2;
	hand_run(&h, 3, wall);
	expect("a wall of 40 N/mm", 0);
	CHECK(fabs(h.v) < 1e-3, "after 3 s the tool still moves at %g m/s", h.v);
	printf("ordinary: twisting, hammering, pops of 60 to 120 N, recoil and a wall of 40 N/mm are left alone\n");
}
