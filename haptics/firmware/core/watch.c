// What is not believed of the sensors, and the self-test.
#include "leg.h"

#include <string.h>

enum {
	FAST_US = 3000,		  // above the speed limit for so long is a fault
	JUMP_SLACK = 10000,	  // 1 mm of jump always borne
	TRAVEL_MARGIN = 50000,	  // 5 mm beyond the travel are a fault
	STUCK_MN = 10000,	  // 10 N move 0.4 kg by 5 mm in 20 ms: a stage that does not move under them is not measured
	STUCK_US = 20000,
	STOP_MARGIN = 10000,	  // within 1 mm of an end of the travel nothing need move
	FROZEN_US = 100000,	  // a load that does not change by a count while the motor force changes by STUCK_MN
	FROZEN_MN = 2000,	  // a cell that reads nearly nothing may rest
	STRONG_US = 20000,
	QUIET_MN = 20000,	  // load at a self-test
	STILL = 50000,		  // um/s
	COLDEST = -10,
};

static int64_t magnitude(int64_t x) { return x < 0 ? -x : x; }

static void watch_motion(struct leg *leg, uint32_t passed)
{
	const struct limits *l = &leg->limits;
	const struct sense *s = &leg->sense;
	struct watch *w = &leg->watch;
	if (s->position > (int64_t)l->travel_in + TRAVEL_MARGIN)
		leg_trip(leg, CODE_TRAVEL, s->position, l->travel_in, true);
	if (s->position < (int64_t)l->travel_out - TRAVEL_MARGIN)
		leg_trip(leg, CODE_TRAVEL, s->position, l->travel_out, true);
	int64_t way = magnitude((int64_t)s->position - w->position);
	int64_t most = 2 * (int64_t)l->speed * passed / 100000 + JUMP_SLACK;
	if (w->known && way > most)
		leg_trip(leg, CODE_JUMP, s->position, w->position, true);
	w->fast = magnitude(s->velocity) > l->speed ? w->fast + passed : 0;
	if (w->fast > FAST_US)
		leg_trip(leg, CODE_SPEED, s->velocity, (int32_t)l->speed, false);
}

static void watch_sensors(struct leg *leg, uint32_t passed)
{
	const struct limits *l = &leg->limits;
	const struct sense *s = &leg->sense;
	struct watch *w = &leg->watch;
	bool free = s->position > l->travel_out + STOP_MARGIN && s->position < l->travel_in - STOP_MARGIN;
	bool pushed = magnitude((int64_t)s->load - leg->force) > STUCK_MN;
	w->still = w->known && free && pushed && s->position == w->position ? w->still + passed : 0;
	if (w->still > STUCK_US)
		leg_trip(leg, CODE_STUCK, 0, 0, true);
	if (!w->known || s->load != w->load || magnitude(s->load) < FROZEN_MN) {
		w->load = s->load;
		w->frozen = 0;
		w->least = w->most = leg->force;
	}
	w->frozen += passed;
	w->least = leg->force < w->least ? leg->force : w->least;
	w->most = leg->force > w->most ? leg->force : w->most;
	if (w->frozen > FROZEN_US && w->most - w->least > STUCK_MN)
		leg_trip(leg, CODE_STUCK, 1, 1, false);
	int32_t strong = l->force * 15; // mN, half more than the limit
	w->strong = magnitude(s->load) > strong ? w->strong + passed : 0;
	if (w->strong > STRONG_US)
		leg_trip(leg, CODE_FORCE, s->load, strong, false);
}

void watch_step(struct leg *leg, uint32_t passed)
{
	const struct sense *s = &leg->sense;
	const struct leg_config *c = leg->config;
	if (leg->mode == MODE_ARMED || leg->mode == MODE_ACTIVE) {
		watch_motion(leg, passed);
		watch_sensors(leg, passed);
	}
	if (leg->mode == MODE_ACTIVE && leg->governor.damper.total >= SWINGS_TO_STOP * SWING)
		leg_trip(leg, CODE_OSCILLATION, leg->governor.damper.total / SWING, SWINGS_TO_STOP, false);
	leg->watch.known = true;
	leg->watch.position = s->position;
	if (leg->mode == MODE_BOOT)
		return;
	if (s->temperature >= c->hottest)
		leg_trip(leg, CODE_HOT, s->temperature, c->hottest, false);
	if (s->supply < c->supply_least || s->supply > c->supply_most)
		leg_trip(leg, CODE_SUPPLY, s->supply, s->supply < c->supply_least ? c->supply_least : c->supply_most, false);
}

static int32_t stack_left(const struct leg *leg)
{
	const struct leg_config *c = leg->config;
	return c->stack_used ? c->stack_size - c->stack_used(c->context) : INT16_MAX;
}

uint8_t watch_trouble(struct leg *leg)
{
	const struct leg_config *c = leg->config;
	if (stack_left(leg) < LEG_LEAST_STACK)
		return TROUBLE_STACK;
	uint8_t trouble = c->trouble ? c->trouble(c->context) : TROUBLE_NONE;
	// A board tells of a restart once; behind another fault it waits its turn.
	bool told = leg->fault.code == CODE_NONE || (leg->fault.code == CODE_INTERNAL && leg->fault.value == trouble);
	if (trouble != TROUBLE_NONE && !told)
		leg->untold = trouble;
	return trouble;
}

void watch_board(struct leg *leg)
{
	if (leg->mode == MODE_BOOT)
		return;
	uint8_t trouble = watch_trouble(leg);
	if (leg->fault.code == CODE_NONE && trouble == TROUBLE_NONE) {
		trouble = leg->untold;
		leg->untold = TROUBLE_NONE;
	}
	if (trouble != TROUBLE_NONE)
		leg_trip(leg, CODE_INTERNAL, trouble, 0, false);
	bool armed = leg->mode == MODE_ARMED || leg->mode == MODE_ACTIVE;
	if (armed && leg->rate < LEG_LEAST_RATE)
		leg_trip(leg, CODE_OVERRUN, (int32_t)leg->rate, LEG_LEAST_RATE, false);
}

// test_codec encodes a frame known in advance and decodes it again: the hello of testdata/frames.txt.
static bool test_codec(void)
{
	static const uint8_t known[] = {0x06, 0x01, 0x01, 0x01, 0xe8, 0x03, 0x01, 0x08, 0x01,
					0x01, 0xef, 0xbe, 0x41, 0x9f, 0xa3, 0x00};
	const uint8_t payload[] = {0x01, 0x01, 0xef, 0xbe};
	uint8_t frame[WIRE_MAX_FRAME];
	size_t n = wire_write(frame, WIRE_HELLO, 1, 1000, payload, sizeof payload);
	if (n != sizeof known || memcmp(frame, known, n) != 0)
		return false;
	struct wire_decoder d = {0};
	struct wire_frame f;
	bool got = false;
	for (size_t i = 0; i < n; i++)
		got = wire_take(&d, frame[i], &f);
	return got && f.time == 1000 && memcmp(f.payload, payload, sizeof payload) == 0;
}

static struct result examine(struct leg *leg, enum test t)
{
	const struct leg_config *c = leg->config;
	const struct sense *s = &leg->sense;
	struct result r = {.test = (uint8_t)t};
	switch (t) {
	case TEST_CODEC:
		r.value = test_codec();
		r.least = r.most = 1;
		break;
	case TEST_STAGE:
		r.value = s->position;
		r.least = leg->limits.travel_out;
		r.most = leg->limits.travel_in;
		if (magnitude(s->velocity) > STILL)
			r.most = r.least;
		break;
	case TEST_LOAD:
		r.value = s->load / 10;
		r.least = -QUIET_MN / 10;
		r.most = QUIET_MN / 10;
		break;
	case TEST_TEMPERATURE:
		r.value = s->temperature;
		r.least = COLDEST;
		r.most = c->hottest - 1;
		break;
	case TEST_SUPPLY:
		r.value = s->supply;
		r.least = c->supply_least;
		r.most = c->supply_most;
		break;
	case TEST_RENDER:
		r.value = (int32_t)leg->rate;
		r.least = LEG_LEAST_RATE;
		r.most = (int32_t)c->render_hz * 2;
		break;
	case TEST_STACK:
		r.value = stack_left(leg);
		r.least = LEG_LEAST_STACK;
		r.most = UINT16_MAX;
		break;
	default:
		r.value = !(s->switches & SWITCH_STOP);
		r.least = r.most = 1;
		break;
	}
	r.passed = r.value >= r.least && r.value <= r.most;
	return r;
}

uint16_t leg_test(struct leg *leg, uint16_t mask, bool tell)
{
	uint16_t failed = 0;
	for (unsigned t = 0; t < TESTS; t++) {
		if (!(mask & 1u << t))
			continue;
		struct result r = examine(leg, (enum test)t);
		if (!r.passed)
			failed |= (uint16_t)(1u << t);
		for (unsigned left = t + 1; left < TESTS; left++)
			r.left += mask >> left & 1;
		if (tell) {
			uint8_t p[WIRE_MAX_PAYLOAD];
			leg_send(leg, WIRE_RESULT, p, write_result(p, &r));
		}
	}
	leg->tested = failed == 0;
	if (failed)
		leg_trip(leg, CODE_TEST, failed, 0, false);
	return failed;
}
