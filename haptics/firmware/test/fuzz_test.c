// Random frames, half of them whole, with damage, at random times and with random sensors: nothing crashes, nothing
// overflows (the sanitizers see to that), the force stays within the limits, and without arming there is none.
#include <string.h>
#include <time.h>

#include "bench.h"
#include "check.h"

static const uint8_t types[] = {WIRE_HELLO, WIRE_ARM,	WIRE_HALT, WIRE_COMMAND, WIRE_COMMAND, WIRE_COMMAND, WIRE_PING, WIRE_SELF_TEST,
				WIRE_INJECT, WIRE_CLEAR, WIRE_GRIP, WIRE_STAGE, WIRE_STATE,   WIRE_COMMAND, 0x7E,      WIRE_COMMAND};

static void feed(struct bench *b, uint64_t *seed)
{
	uint64_t r = random_next(seed);
	if (r % 64 == 0) {
		bench_arm(b);
		return;
	}
	uint8_t payload[WIRE_MAX_PAYLOAD + 1], frame[WIRE_MAX_FRAME];
	uint8_t type = types[r >> 8 & 15];
	int n = wire_length(type) < 0 ? (int)(r >> 16 & 31) : wire_length(type);
	for (int i = 0; i < n; i++)
		payload[i] = (uint8_t)random_next(seed);
	size_t length = wire_write(frame, type, (r >> 24 & 7) ? ++b->number : (uint8_t)(r >> 32),
				   (r >> 28 & 15) ? (uint32_t)b->now + 1 : (uint32_t)(r >> 30), payload, (size_t)n);
	for (size_t i = 0; i < length; i++)
		leg_receive(&b->leg, (r >> 40) % 4 == 0 && random_next(seed) % 20 == 0 ? (uint8_t)random_next(seed) : frame[i], b->now);
}

void fuzz(uint64_t seed, unsigned seconds)
{
	static struct bench b;
	printf("fuzz: seed %llu, %u s\n", (unsigned long long)seed, seconds);
	bench_start(&b);
	time_t end = time(NULL) + (time_t)seconds;
	unsigned long long rounds = 0, active = 0;
	while (time(NULL) <= end) {
		for (int k = 0; k < 10000; k++, rounds++) {
			uint64_t r = random_next(&seed);
			enum mode was = b.leg.mode;
			if (r % 8 == 0)
				feed(&b, &seed);
			CHECK(was == MODE_IDLE || was == MODE_FAULT || b.leg.mode != MODE_ARMED || was == MODE_ARMED, "armed from mode %d", was);
			if (r >> 32 == 1)
				b.now += r & 0xFFFFF;
			if (r >> 8 << 40 == 0)
				b.offset = (int32_t)random_next(&seed);
			if ((r >> 16 & 0xFFFF) == 7)
				b.offset = 0;
			if ((r >> 16 & 0xFFFF) < 3)
				b.stop = !b.stop;
			if ((r >> 16 & 0xFFFF) == 9)
				b.temperature = (int8_t)(r >> 40);
			if ((r >> 16 & 0xFFFF) == 11)
				b.trouble = r >> 40 & 7;
			bench_step(&b);
			CHECK(abs(b.drive.force) <= 150000, "%d mN", b.drive.force);
			if (b.leg.mode == MODE_IDLE || b.leg.mode == MODE_STOPPED || b.leg.mode == MODE_ARMED)
				CHECK(b.drive.force == 0, "%d mN in mode %d", b.drive.force, b.leg.mode);
			active += b.leg.mode == MODE_ACTIVE;
		}
		if (b.leg.mode == MODE_FAULT || b.leg.mode == MODE_STOPPED) {
			b.stop = false;
			b.temperature = 30;
			b.trouble = 0;
			b.offset = 0;
			simulation_place(&b.simulation, 0);
			bench_step(&b);
			bench_send(&b, WIRE_CLEAR, NULL, 0);
		}
	}
	CHECK(active > 0, "the leg was never active");
	printf("fuzz: %llu evaluations, %llu of them active, %u frames accepted, %u damaged\n", rounds, active, b.leg.decoder.accepted,
	       b.leg.decoder.damaged);
}
