// A leg on the bench: the core with a stage simulated around it, its frames caught.
#ifndef OSSEO_BENCH_H
#define OSSEO_BENCH_H

#include "leg.h"
#include "simulation.h"

enum { HZ = 10000, STEP_US = 1000000 / HZ };

struct bench {
	struct leg leg;
	struct leg_config config;
	struct simulation simulation;
	struct sense sense;
	struct drive drive;
	uint64_t now, ticked;
	uint8_t number;
	struct ack ack; // last
	unsigned acks, states, faults;
	int32_t offset;	     // of the encoder, 0.1 um
	bool stop, stuck, load_stuck;
	int32_t stuck_at, load_at;
	int8_t temperature;
	uint8_t shot;
	uint8_t trouble;
	uint16_t stack_used;
	struct status status; // last
	struct fault fault;   // last told
};

void bench_start(struct bench *b);
void bench_start_at(struct bench *b, uint64_t now);
void bench_step(struct bench *b); // one evaluation, and a tick when it is time
void bench_send(struct bench *b, uint8_t type, const uint8_t *payload, size_t n);
void bench_command(struct bench *b, int16_t force, uint16_t stiffness, int32_t anchor);
void bench_arm(struct bench *b);
void bench_run(struct bench *b, unsigned ms, int16_t force, uint16_t stiffness, int32_t anchor); // a command each ms

#endif
