// What the core costs: run under QEMU with -icount shift=0, where an instruction takes a nanosecond of the clock, it prints
// instructions per evaluation, per received byte and per tick, and how deep the stack got. No line, no stage: a program
// that measures, not a leg.
#include "board.h"
#include "leg.h"

#include <string.h>

#define REGISTER(a) (*(volatile uint32_t *)(a))
#define UART0_DR REGISTER(0x4000C000)
#define SYSTICK_CTRL REGISTER(0xE000E010)
#define SYSTICK_LOAD REGISTER(0xE000E014)
#define SYSTICK_VAL REGISTER(0xE000E018)

enum { PER_TICK = 80 }; // instructions per count of SysTick, 12.5 MHz

static struct leg leg;
static struct drive drive;
static struct sense sense = {.temperature = 30, .supply = 24000};
static uint64_t now;
static uint8_t number;
static unsigned sent;
static uint16_t acted;

void uart_irq(void) {}
void timer_irq(void) {}

static void ignore(void *context, uint8_t type, const uint8_t *frame, size_t n)
{
	(void)context;
	(void)type;
	(void)frame;
	sent += n;
}

static const struct leg_config config = {
    .limits = {
	.force = 12000, .continuous = 6000, .torque = 1500, .stiffness = 20000, .damping = 1000, .peak = 200,
	.rise = 20000, .fall = 100000, .speed = 2000000, .travel_in = 400000, .travel_out = -200000,
    },
    .identity = {.calibration = 1},
    .render_hz = 10000, .hottest = 80, .supply_least = 20000, .supply_most = 28000,
    .write = ignore, .stack_used = board_stack_used, .stack_size = BOARD_STACK,
};

// A span of work, in counts of SysTick.
struct cost {
	uint32_t count, most;
	uint64_t sum;
	uint32_t from;
};

static void begin(struct cost *c) { c->from = SYSTICK_VAL; }

static void end(struct cost *c)
{
	uint32_t took = (c->from - SYSTICK_VAL) & 0xFFFFFF;
	c->count++;
	c->sum += took;
	if (took > c->most)
		c->most = took;
}

static void say(const char *text)
{
	while (*text)
		UART0_DR = (uint8_t)*text++;
}

static void say_number(uint32_t x)
{
	char digits[11], *at = digits + 10;
	*at = 0;
	do
		*--at = (char)('0' + x % 10);
	while (x /= 10);
	say(at);
}

static void tell(const char *what, const struct cost *c)
{
	say("instructions, ");
	say(what);
	say(": mean ");
	say_number((uint32_t)(c->sum * PER_TICK / c->count));
	say(", most ");
	say_number((c->most + 1) * PER_TICK); // the clock's grain
	say("\n");
}

static struct cost byte, evaluation, tick;

static void send(uint8_t type, const uint8_t *payload, size_t n)
{
	uint8_t frame[WIRE_MAX_FRAME];
	size_t length = wire_write(frame, type, ++number, (uint32_t)now + 1, payload, n);
	for (size_t i = 0; i < length; i++) {
		begin(&byte);
		leg_receive(&leg, frame[i], now);
		end(&byte);
	}
}

static void arm(void)
{
	uint16_t digest = limits_digest(&leg.limits);
	const uint8_t p[6] = {1, 0, 0, 0, (uint8_t)digest, (uint8_t)(digest >> 8)};
	send(WIRE_ARM, p, sizeof p);
}

// command has every part of the renderer at work: spring, damper, cap, all axes, vibration, now and then a transient.
static void command(unsigned ms)
{
	const uint8_t p[28] = {100, 0, 0x20, 0x4E, 0xE8, 3, 0, 0, 0, 0, 0, 0x20, 100, 0, 100, 0, 50, 0, 100, 0, 200, 0, 120, 0,
			       (uint8_t)(1 | (ms / 20 % 16) << 4), 0x88, 0x13, 20};
	send(WIRE_COMMAND, p, sizeof p);
}

// move swings the tool over the wall, 8 mm in 50 ms and back.
static void move(unsigned k)
{
	int32_t phase = (int32_t)(k % 1000) - 500;
	sense.position = (500 - (phase < 0 ? -phase : phase)) * 160 - 10000;
	sense.velocity = phase < 0 ? 160000 : -160000;
	sense.load = leg.force;
	if (k / 1000 % 4 == 3) // now and then drive it, until the credit is used up
		leg.governor.account.stored = -9900000000LL;
}

static void run(unsigned ms)
{
	for (unsigned k = 0; k < ms * 10; k++) {
		if (k % 10 == 0 && leg.mode >= MODE_ARMED)
			command(k / 10);
		move(k);
		now += 100;
		begin(&evaluation);
		leg_render(&leg, now, &sense, &drive);
		end(&evaluation);
		acted |= leg.governor.acted;
		if (k % 10 == 9) {
			begin(&tick);
			leg_tick(&leg, now);
			end(&tick);
		}
	}
}

__attribute__((noreturn)) static void finish(void)
{
	register uint32_t call __asm("r0") = 0x18, reason __asm("r1") = 0x20026; // semihosting: the end
	__asm volatile("bkpt 0xAB" : : "r"(call), "r"(reason));
	for (;;)
		;
}

int main(void)
{
	SYSTICK_LOAD = 0xFFFFFF;
	SYSTICK_VAL = 0;
	SYSTICK_CTRL = 1 << 2 | 1;
	leg_start(&leg, &config, now);
	run(210);
	const uint8_t hello[4] = {1, 1, 0, 0}, every[2] = {0xFF};
	send(WIRE_HELLO, hello, sizeof hello);
	sense.velocity = 0;
	leg_render(&leg, now += 100, &sense, &drive);
	send(WIRE_SELF_TEST, every, sizeof every);
	arm();
	memset(&evaluation, 0, sizeof evaluation);
	memset(&byte, 0, sizeof byte);
	memset(&tick, 0, sizeof tick);
	run(3000);
	tell("evaluation", &evaluation);
	tell("received byte", &byte);
	tell("tick", &tick);
	say("stack used, bytes: ");
	say_number(board_stack_used(NULL));
	say(" of ");
	say_number(BOARD_STACK);
	say(leg.mode == MODE_ACTIVE && (acted & ACTED_ENERGY) ? "\n" : "\nthe leg did not stay active: the counts are of something else\n");
	finish();
}
