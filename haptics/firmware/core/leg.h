// A leg: protocol, modes, watchdog, faults and self-test around the governor. No heap, no board headers, no FPU.
//
//	leg_start(&leg, &config, now);
//	for each byte received:      leg_receive(&leg, byte, now);
//	config.render_hz a second:   leg_render(&leg, now, &sense, &drive);
//	1000 times a second:         leg_tick(&leg, now);
//
// All of them from one context or with interrupts that cannot nest; none of them waits.
#ifndef OSSEO_LEG_H
#define OSSEO_LEG_H

#include "govern.h"

enum mode { MODE_BOOT, MODE_IDLE, MODE_ARMED, MODE_ACTIVE, MODE_FAULT, MODE_STOPPED };

enum code {
	CODE_NONE,
	CODE_LINK,
	CODE_SPEED,
	CODE_TRAVEL,
	CODE_JUMP,
	CODE_STUCK,
	CODE_HOT,
	CODE_STOP,
	CODE_TEST,
	CODE_OSCILLATION,
	CODE_FORCE,
	CODE_OVERRUN,
	CODE_SUPPLY,
	CODE_INTERNAL,
};

// The value of CODE_INTERNAL.
enum trouble {
	TROUBLE_NONE,
	TROUBLE_WATCHDOG, // started anew by the controller's own watchdog
	TROUBLE_STACK,	  // nearly used up
	TROUBLE_BRIDGE,	  // the motor's driver reports a fault
	TROUBLE_BROWNOUT, // the controller's brown-out reset is off
};

enum outcome { RESULT_DONE, RESULT_UNSUPPORTED, RESULT_REFUSED };

enum why {
	WHY_NONE,
	WHY_MODE,
	WHY_CALIBRATION,
	WHY_LIMITS,
	WHY_FAULT,
	WHY_CAUSE,
	WHY_RANGE,
	WHY_TEST,
	WHY_MOVES,
};

enum test { TEST_CODEC, TEST_STAGE, TEST_LOAD, TEST_TEMPERATURE, TEST_SUPPLY, TEST_RENDER, TEST_STACK, TEST_STOP, TESTS };

enum {
	LEG_WATCHDOG_US = 20000,
	LEG_ARMED_US = 5000000,	 // armed without a first command for so long: idle again
	LEG_BOOT_US = 150000,	 // sensors settle
	LEG_LEAST_RATE = 5000,	 // Hz; slower rendering while armed is a fault
	LEG_LEAST_STACK = 256,	 // bytes; less left is a fault
	LEG_HEARD_US = 500000,	 // a host not heard for so long gets a state every 100 ms only
};

struct leg_config {
	struct limits limits; // render_rate is filled from render_hz
	struct identity identity;
	uint32_t render_hz;
	int8_t hottest; // degree Celsius
	uint16_t supply_least, supply_most; // mV
	void *context;
	// write queues a whole frame. It never waits; what does not fit is lost.
	void (*write)(void *context, uint8_t type, const uint8_t *frame, size_t n);
	// What only an emulated leg has; each may be NULL. They return an enum outcome.
	uint8_t (*inject)(void *context, const struct inject *m);
	uint8_t (*grip)(void *context, const struct grip *m);
	uint8_t (*stage)(void *context, const struct stage_order *m, bool may_move);
	uint16_t (*stack_used)(void *context); // bytes
	uint16_t stack_size;		       // bytes
	uint16_t (*overflows)(void *context);
	// trouble returns what the board has found wrong with itself, an enum trouble; NULL = nothing ever.
	uint8_t (*trouble)(void *context);
};

// What is watched at each evaluation.
struct watch {
	bool known;
	int32_t position;     // of the last evaluation, 0.1 um
	uint32_t fast;	      // us above the speed limit
	uint32_t still;	      // us without a count of motion under an unbalanced force
	uint32_t strong;      // us the load cell reads more than can be
	uint32_t frozen;      // us the load has not changed
	int32_t load;	      // mN, then
	int32_t least, most;  // mN, motor force since then
};

struct leg {
	const struct leg_config *config;
	struct limits limits;
	struct governor governor;
	struct wire_decoder decoder;
	struct wire_sequence commands;
	uint8_t sequence[8]; // of the frames sent, by type
	enum mode mode;
	struct fault fault; // code 0 = none
	uint8_t untold;	    // trouble of the board that another fault hid
	uint64_t started, armed, last_command, last_heard, last_render, now;
	uint64_t fault_sent;
	uint32_t ticks;
	uint8_t answers;
	bool tested;
	struct sense sense;
	int32_t force; // mN, last given to the motor
	struct watch watch;
	uint32_t renders, window, rate; // rate in Hz, of the last 100 ms
	uint32_t slowest, gap;		// us
};

void leg_start(struct leg *leg, const struct leg_config *config, uint64_t now);
void leg_receive(struct leg *leg, uint8_t byte, uint64_t now);
void leg_render(struct leg *leg, uint64_t now, const struct sense *s, struct drive *d);
void leg_tick(struct leg *leg, uint64_t now);

// For the parts of the core and its tests.
void leg_send(struct leg *leg, uint8_t type, const uint8_t *payload, size_t n);
void leg_trip(struct leg *leg, enum code code, int32_t value, int32_t limit, bool blind);
void leg_handle(struct leg *leg, const struct wire_frame *f);
void leg_send_fault(struct leg *leg);
uint16_t leg_test(struct leg *leg, uint16_t mask, bool tell); // returns the mask of failed tests
void watch_step(struct leg *leg, uint32_t passed);
void watch_board(struct leg *leg); // ten times a second
uint8_t watch_trouble(struct leg *leg);

#endif
