// When things happen, by the firmware's own clock.
#include <string.h>

#include "bench.h"
#include "check.h"

static struct bench b;

static void hand(int16_t effort)
{
	struct grip g = {.effort = effort, .mass = 1500, .stiffness = 200, .damping = 2000};
	simulation_grip(&b.simulation, &g);
}

// pushing has a hand push on a wall of 20 N/mm at the skin, with all authority.
static void pushing(uint64_t start, int16_t effort)
{
	bench_start_at(&b, start);
	simulation_place(&b.simulation, 0);
	bench_step(&b);
	bench_arm(&b);
	hand(0);
	bench_run(&b, 250, 0, 20000, 0);
	hand(effort);
	bench_run(&b, 400, 0, 20000, 0);
	CHECK(b.leg.mode == MODE_ACTIVE && b.drive.force > effort * 9, "mode %d, fault %u, %d mN", b.leg.mode, b.leg.fault.code, b.drive.force);
}

// step evaluates at a time that need not be on the grid.
static void step_at(uint64_t now)
{
	b.now = now - STEP_US;
	bench_step(&b);
}

// The watchdog bears 20,000 us without a command and trips at the first evaluation after them, wherever the clock is.
static void test_boundary(uint64_t start)
{
	for (unsigned silent = 19900; silent <= 20100; silent += 50) {
		pushing(start, 8000);
		bench_command(&b, 0, 20000, 0);
		uint64_t last = b.now;
		while (b.now + STEP_US - last < 19900)
			bench_step(&b);
		CHECK(b.leg.fault.code == 0, "a fault %llu us after the last command", (unsigned long long)(b.now - last));
		step_at(last + silent);
		CHECK((b.leg.fault.code == CODE_LINK) == (silent > 20000), "code %u after %u us without a command", b.leg.fault.code, silent);
		bench_step(&b);
		bench_step(&b);
		CHECK(b.leg.fault.code == CODE_LINK && b.leg.fault.value > 20000 && b.leg.fault.value <= 20300, "code %u, %d us",
		      b.leg.fault.code, b.leg.fault.value);
		while (b.drive.force != 0 && b.now - last < 200000)
			bench_step(&b);
		CHECK(b.now - last <= 100000, "no force only %llu us after the last command", (unsigned long long)(b.now - last));
	}
	for (unsigned late = 0; late < 2; late++) { // to the microsecond
		pushing(start, 8000);
		bench_command(&b, 0, 20000, 0);
		step_at(b.now + 20000 + late);
		CHECK((b.leg.fault.code == CODE_LINK) == (late == 1), "code %u %u us late", b.leg.fault.code, late);
	}
}

// A command 19.9 ms after the last one, again and again, is no fault; and none is forgotten when the clock wraps.
static void test_slow_host(uint64_t start)
{
	pushing(start, 4000);
	bench_command(&b, 0, 20000, 0);
	for (int k = 0; k < 30; k++) {
		for (int step = 0; step < 199; step++)
			bench_step(&b);
		bench_command(&b, 0, 20000, 0);
	}
	CHECK(b.leg.mode == MODE_ACTIVE && b.leg.gap == 19900, "mode %d, fault %u, gap %u us", b.leg.mode, b.leg.fault.code, b.leg.gap);
}

// The edge of a transient is in the first evaluation after the last byte of its command, and what falls with a pop follows
// at the slew: whatever the time between byte and evaluation.
static void test_edge(void)
{
	for (unsigned early = 1; early <= STEP_US; early += 33) {
		pushing(0, 8000);
		int32_t before = b.drive.force;
		uint8_t p[28] = {0};
		uint16_t amplitude = 4000, floor = 1500; // 40 N of crack on 15 N of tissue
		memcpy(p, &floor, 2);
		p[24] = 2 | 1 << 4;
		memcpy(p + 25, &amplitude, 2);
		p[27] = 50;
		uint64_t evaluation = b.now + STEP_US, heard = evaluation - early;
		b.now = heard;
		bench_send(&b, WIRE_COMMAND, p, sizeof p);
		uint64_t arrived = b.leg.last_command;
		step_at(evaluation);
		int32_t jump = b.drive.force - (before - 10000);
		CHECK(arrived == heard && b.now - arrived <= STEP_US, "edge after %llu us", (unsigned long long)(b.now - arrived));
		CHECK(jump > 39000 && jump < 41000, "in the first evaluation the force changed by %d mN, wanted 40 N", jump);
		while (b.leg.governor.force > 15100 && b.now - heard < 5000)
			bench_step(&b);
		CHECK(b.now - heard <= 750, "from %d to 15000 mN in %llu us", before, (unsigned long long)(b.now - heard));
		CHECK((b.leg.governor.acted & ~(ACTED_SLEW | ACTED_RAMP)) == 0, "the governor acted by %#x", b.leg.governor.acted);
	}
	printf("time: a pop's edge is in the first evaluation, at most %d us after its command\n", STEP_US);
}

// Rendering that does not keep 5 kHz while armed is a fault; just above is none.
static void test_overrun(void)
{
	for (unsigned period = 190; period <= 230; period += 40) {
		pushing(0, 3000);
		for (int k = 0; k < 2000; k++) {
			if (k % 5 == 0)
				bench_command(&b, 0, 20000, 0);
			b.now += period - STEP_US;
			bench_step(&b);
		}
		CHECK((b.leg.fault.code == CODE_OVERRUN) == (period > 200), "rendering each %u us: code %u, %d Hz", period, b.leg.fault.code,
		      b.leg.fault.value);
	}
}

static void test_trouble(void)
{
	pushing(0, 3000);
	b.trouble = TROUBLE_BRIDGE;
	bench_run(&b, 100, 0, 20000, 0);
	CHECK(b.leg.fault.code == CODE_INTERNAL && b.leg.fault.value == TROUBLE_BRIDGE, "code %u", b.leg.fault.code);
	bench_run(&b, 150, 0, 20000, 0);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.ack.why == WHY_CAUSE, "cleared while the bridge reports a fault");
	b.trouble = TROUBLE_NONE;
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.leg.mode == MODE_IDLE, "not cleared");
	b.stack_used = 8192 - 255;
	bench_run(&b, 100, 0, 0, 0);
	CHECK(b.leg.fault.code == CODE_INTERNAL && b.leg.fault.value == TROUBLE_STACK, "code %u", b.leg.fault.code);
}

// What a board tells once, behind another fault, is told when that one has been cleared.
static void test_trouble_behind(void)
{
	pushing(0, 3000);
	leg_trip(&b.leg, CODE_LINK, 0, 0, false);
	b.trouble = TROUBLE_WATCHDOG;
	bench_run(&b, 110, 0, 20000, 0); // the board is asked every 100 ms
	b.trouble = TROUBLE_NONE;
	bench_run(&b, 150, 0, 20000, 0);
	CHECK(b.leg.fault.code == CODE_LINK, "code %u", b.leg.fault.code);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	bench_run(&b, 110, 0, 0, 0);
	CHECK(b.leg.fault.code == CODE_INTERNAL && b.leg.fault.value == TROUBLE_WATCHDOG, "code %u after the link's", b.leg.fault.code);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	bench_run(&b, 110, 0, 0, 0);
	CHECK(b.leg.fault.code == CODE_NONE, "code %u told twice", b.leg.fault.code);
}

// A limit cycle that will not be cured is a fault, told by its name; an ordinary status tells of no stage.
static void test_oscillation(void)
{
	pushing(0, 3000);
	bench_run(&b, 100, 0, 20000, 0);
	CHECK(b.status.acted == 0, "pushing on a wall, the governor acted by %#x", b.status.acted);
	b.leg.governor.damper.total = SWINGS_TO_STOP * SWING + 100000;
	bench_step(&b);
	CHECK(b.leg.fault.code == CODE_OSCILLATION && b.fault.code == CODE_OSCILLATION, "code %u", b.leg.fault.code);
	bench_run(&b, 110, 30000, 0, 0);
	CHECK(b.drive.force == 0, "%d mN 110 ms after the fault", b.drive.force);
}

void test_time(void)
{
	const uint64_t starts[] = {0, (1ull << 32) - 860000, (1ull << 32) - 1100000, UINT64_MAX - 860000};
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		test_boundary(starts[i]);
		test_slow_host(starts[i]);
	}
	printf("time: the watchdog bears 20,000 us, not 20,001; the same where 32 and 64 bits of the clock end\n");
	test_edge();
	test_overrun();
	test_trouble();
	test_trouble_behind();
	test_oscillation();
}
