// Every stage is needed: with it its hazard does not happen, without it it does.
#include <math.h>
#include <string.h>

#include "check.h"
#include "hand.h"

static struct hand h;
static double given; // J, out of the leg

static void steps(unsigned n)
{
	while (n--) {
		struct sense s = hand_sense(&h);
		govern_ask(&h.g, &h.command);
		govern_step(&h.g, &s, &h.drive);
	}
}

static bool ramp_hazard(void)
{
	h.g.gain = 0;
	hand_ask(&h, 100, 0, 0, 0);
	steps(HZ / 100); // 10 ms of 200
	return h.drive.force > 150000 / 20 + 100;
}

// A renderer that pushes a tool along with its motion, to and fro at 1 m/s.
static bool energy_hazard(void)
{
	double v = 1;
	given = 0;
	h.x = 0;
	for (unsigned k = 0; k < HZ; k++) {
		v = h.x > 20e-3 ? -1 : h.x <= 0 ? 1 : v;
		h.v = v;
		hand_ask(&h, v > 0 ? -60 : 60, 0, 0, 0);
		steps(1);
		h.x += v / HZ;
		given -= h.drive.force * 1e-3 * v / HZ;
	}
	return given > 1.5 + 1 + 0.5 + 0.01;
}

// A stiff wall by feed-forward alone, 1000 times a second: 12 N/mm need 6 N.s/m (Colgate and Schenkel) and meet 2.
static void host_wall(struct hand *hand, double at)
{
	hand_ask(hand, 12e3 * fmax(0, hand->x), 0, 0, 0);
	hand->fastest = at < 1 ? 0 : hand->fastest;
}

static bool oscillation_hazard(void)
{
	h.mass = 0.5, h.drag = 2, h.push = 30, h.x = -1e-3;
	hand_run(&h, 4, host_wall);
	bool given_up = h.faulted && !(h.g.skip & ACTED_OSCILLATION); // on the wall: safe as well
	return !given_up && h.fastest > 0.35;
}

static bool speed_hazard(void)
{
	h.v = -2.5; // outward, and pushed on
	hand_ask(&h, 50, 0, 0, 0);
	steps(HZ / 100);
	return h.drive.force > 0;
}

static bool slew_hazard(void)
{
	hand_ask(&h, 140, 0, 0, 0);
	steps(1);
	return h.drive.force > 2000;
}

static bool clamp_hazard(void)
{
	hand_ask(&h, 320, 0, 0, 0);
	steps(HZ / 10);
	return h.drive.force > 150000;
}

// Full force for a minute, by a motor that bears it for 2 s and 60 N for ever.
static bool heat_hazard(uint16_t skip)
{
	hand_start(&h);
	h.limits.peak = 200;
	govern_init(&h.g, &h.limits, HZ);
	h.g.skip = skip;
	govern_begin(&h.g);
	h.g.gain = 1 << 24;
	hand_ask(&h, 150, 0, 0, 0);
	steps(HZ * 2);
	if (skip == 0)
		CHECK(h.drive.force == 150000, "%d mN at the end of the 2 s at full force", h.drive.force);
	steps(HZ * 58);
	return h.drive.force > 60500;
}

// heat_bears is the force a governor just armed gives after the ramp in.
static int32_t heat_bears(void)
{
	govern_begin(&h.g);
	h.g.gain = 1 << 24;
	steps(HZ / 50);
	return h.drive.force;
}

static bool travel_hazard(void)
{
	h.x = -40e-3;
	hand_ask(&h, 30, 0, 0, 0);
	steps(HZ / 20);
	return h.drive.force > 0;
}

// A full spring hit in every command.
static bool impulse_hazard(void)
{
	double impulse = 0;
	for (unsigned k = 0; k < HZ; k++) {
		if (k % (HZ / 1000) == 0) {
			h.command.kind = 2;
			h.command.shot = (h.command.shot + 1) % SHOTS;
			h.command.amplitude = 9000;
			h.command.decay = 100;
		}
		steps(1);
		impulse += h.drive.force * 1e-3 / HZ;
	}
	return impulse > 2.02;
}

static void begin(uint16_t skip)
{
	hand_start(&h);
	h.x = 0;
	h.g.skip = skip;
	h.g.gain = 1 << 24;
}

void test_stages(void)
{
	// The ramp, the credit, the heat and the travel are shares of the limit: each of them alone keeps to it.
	const uint16_t limit = ACTED_CLAMP | ACTED_RAMP | ACTED_ENERGY | ACTED_HEAT | ACTED_TRAVEL;
	const struct {
		const char *name;
		uint16_t stage;
		bool (*hazard)(void);
	} stages[] = {
	    {"ramp", ACTED_RAMP, ramp_hazard},		   {"energy", ACTED_ENERGY, energy_hazard},
	    {"oscillation", ACTED_OSCILLATION, oscillation_hazard}, {"over-speed", ACTED_SPEED, speed_hazard},
	    {"slew", ACTED_SLEW, slew_hazard},		   {"clamp", limit, clamp_hazard},
	    {"travel", ACTED_TRAVEL, travel_hazard},	   {"impulse", ACTED_IMPULSE, impulse_hazard},
	};
	for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
		begin(0);
		CHECK(!stages[i].hazard(), "with the stage %s its hazard happens", stages[i].name);
		begin(stages[i].stage);
		CHECK(stages[i].hazard(), "without the stage %s nothing bad happens: the stage or its test is of no use", stages[i].name);
	}
	CHECK(!heat_hazard(0), "%d mN after a minute of a motor that bears 60 N", h.drive.force);
	govern_cut(&h.g);
	int64_t hot = h.g.heat.square;
	govern_arm(&h.g);
	CHECK(h.g.heat.square == hot && heat_bears() < 61000, "armed anew, a hot motor is taken for a cold one");
	CHECK(heat_hazard(ACTED_HEAT), "without the stage heat nothing bad happens");
	printf("stages: each of 9 keeps its hazard away, and without it the hazard happens\n");
}
