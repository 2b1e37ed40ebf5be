// For any sequence of commands and sensor readings the output stays within the limits.
#include <string.h>

#include "bench.h"
#include "check.h"

static int32_t any(uint64_t *seed, int32_t most)
{
	uint64_t r = random_next(seed);
	int64_t x = (int64_t)(r >> 8) % (2 * (int64_t)most + 1) - most;
	return (r & 7) == 0 ? (x < 0 ? -most : most) : (int32_t)x;
}

static void random_sense(uint64_t *seed, struct sense *s)
{
	uint64_t r = random_next(seed);
	if (r % 16 == 0) {
		s->position = any(seed, INT32_MAX);
		s->velocity = any(seed, INT32_MAX);
	} else {
		s->position = (int32_t)((uint32_t)s->position + (uint32_t)any(seed, 2000));
		if (s->position > 700000 || s->position < -500000)
			s->position = 0;
		s->velocity = random_next(seed) % 64 == 0 ? any(seed, 3000000) : s->velocity;
	}
	s->load = any(seed, 400000);
}

static void random_command(uint64_t *seed, struct command *c)
{
	uint8_t p[28];
	for (int i = 0; i < 28; i++)
		p[i] = (uint8_t)random_next(seed);
	if (random_next(seed) % 4 == 0)
		memset(p, 0xFF, 12);
	read_command(p, c);
	c->vibration %= 4000;
}

// The worst renderer pushes along with every motion a tool can make, and shakes and hits besides: what the leg gives in any
// span of time beyond what it took stays bounded. Returned is the most, J.
static double most_given(uint64_t *seed, const struct limits *l, uint16_t skip)
{
	struct governor g;
	govern_init(&g, l, HZ);
	g.skip = skip;
	double most = 0;
	for (int run = 0; run < (skip ? 3 : 60); run++) {
		govern_arm(&g);
		govern_begin(&g);
		g.gain = 1 << 24;
		struct sense s = {.position = any(seed, 300000)};
		struct drive d = {0};
		struct command c = {0};
		double taken = 0, highest = 0, v = 0;
		for (unsigned k = 0; k < HZ; k++) {
			v += any(seed, 100000);
			v = v > 2e6 ? 2e6 : v < -2e6 ? -2e6 : v;
			int32_t from = s.position;
			s.position += (int32_t)(v * 10 / HZ);
			if (s.position > l->travel_in || s.position < l->travel_out)
				s.position = from, v = -v;
			s.velocity = (int32_t)v;
			taken += (double)d.force * (s.position - from) * 1e-10 + 0.5 / HZ;
			highest = taken > highest ? taken : highest;
			most = highest - taken > most ? highest - taken : most;
			if (k % 10 == 0) {
				bool resist = k < HZ / 2; // first it is given all the credit there is
				c.force = (int16_t)((v > 0) == resist ? 20000 : -20000);
				c.damping = (uint16_t)(random_next(seed) % 2000);
				c.vibration = (uint16_t)(random_next(seed) % 2000);
				c.vibration_hz = (uint16_t)(random_next(seed) % 500);
				c.kind = (uint8_t)(random_next(seed) % 4);
				c.shot = (c.shot + 1) % SHOTS;
				c.amplitude = 9000;
				c.decay = (uint8_t)random_next(seed);
				govern_ask(&g, &c);
			}
			govern_step(&g, &s, &d);
		}
	}
	return most;
}

static void test_energy(uint64_t *seed, const struct limits *l)
{
	const double bound = 1.5 + 1 + 0.01;
	double most = most_given(seed, l, 0), without = most_given(seed, l, ACTED_ENERGY);
	CHECK(most < bound, "the leg gave %g J more than it took, allowed %g", most, bound);
	CHECK(most > 2.4 && without > 10, "the leg gave %g J, and %g without the stage: the test tests nothing", most, without);
	printf("govern: at most %.2f J given beyond what was taken, allowed %.2f; without the stage %.0f J\n", most, bound, without);
}

void test_govern(void)
{
	uint64_t seed = 20261121;
	printf("govern: seed %llu\n", (unsigned long long)seed);
	struct limits l = {.force = 15000, .continuous = 6000, .torque = 1500, .stiffness = 40000, .damping = 2000, .rise = 20000,
			   .fall = 100000, .speed = 2000000, .travel_in = 600000, .travel_out = -400000};
	struct governor g;
	govern_init(&g, &l, HZ);
	struct sense s = {0};
	struct drive d;
	struct command c;
	int32_t last = 0;
	unsigned since = 0, fast = 0; // evaluations since the ramp began, above the speed limit in one direction
	int32_t last_v = 0;
	for (unsigned k = 0; k < 2000000; k++) {
		enum gate was = g.gate;
		if (k % 10 == 0) {
			random_command(&seed, &c);
			govern_ask(&g, &c);
		}
		uint64_t r = random_next(&seed) % 20000;
		if (g.gate == GATE_OFF && r < 2000) {
			govern_arm(&g);
			govern_begin(&g);
		} else if (r == 1)
			govern_stop(&g);
		else if (r == 2)
			govern_trip(&g, &s, false, RAMP_HOLD_US);
		else if (r == 3)
			govern_trip(&g, &s, true, RAMP_BLIND_US);
		if (g.gate != was)
			since = 0;
		random_sense(&seed, &s);
		bool blind = g.gate == GATE_HOLD && g.blind;
		g.acted = 0;
		govern_step(&g, &s, &d);
		since++;
		if (s.velocity > 2000000 || s.velocity < -2000000)
			fast = (s.velocity > 0) == (last_v > 0) ? fast + 1 : 1;
		else
			fast = 0;
		last_v = s.velocity;
		// From full force the slew is through after 15 evaluations: then nothing drives on what is too fast.
		CHECK(fast <= 16 || (s.velocity > 0 ? g.force >= 0 : g.force <= 0), "evaluation %u: %d mN drive on %d um/s", k, g.force,
		      s.velocity);
		CHECK(abs(d.force) <= 150000, "evaluation %u: %d mN", k, d.force);
		CHECK(abs(d.torque) <= 1500 && abs(d.lateral_u) <= 75000 && abs(d.tilt_stiffness) <= 5000, "evaluation %u: aside", k);
		if (g.gate == GATE_OFF)
			CHECK(d.force == 0 && d.torque == 0 && !d.powered, "evaluation %u: force while off", k);
		if (g.gate == GATE_ON) {
			int64_t most = 150000LL * since / (HZ / 5) + 100;
			CHECK(since > HZ / 5 || abs(d.force) <= most, "evaluation %u: %d mN %u after start", k, d.force, since);
		}
		if (g.gate == GATE_OUT || g.gate == GATE_HOLD)
			CHECK(since <= HZ / 10 + 10, "evaluation %u: a ramp out of %u", k, since);
		if (g.gate != GATE_OFF && !blind) {
			if (g.force > 0)
				CHECK(g.force <= (last > 0 ? last : 0) + g.rise, "evaluation %u: rise from %d to %d", k, last, g.force);
			else
				CHECK(-g.force <= (last < 0 ? -last : 0) + g.rise, "evaluation %u: rise from %d to %d", k, last, g.force);
			if (!(g.acted & ACTED_TRAVEL))
				CHECK(abs(g.force) >= abs(last) - g.fall, "evaluation %u: a snap from %d to %d", k, last, g.force);
			CHECK(s.position >= l.travel_out + g.reach || g.force <= 0, "evaluation %u: driven out of the travel", k);
			CHECK(s.position <= l.travel_in - g.reach || g.force >= 0, "evaluation %u: driven into the end", k);
		}
		last = g.force;
	}
	printf("govern: 2000000 random evaluations within limits\n");
	test_energy(&seed, &l);
}
