#include <string.h>

#include "bench.h"
#include "check.h"

static struct bench b;

static void hand(int16_t effort)
{
	struct grip g = {.effort = effort, .mass = 1500, .stiffness = 200, .damping = 2000};
	simulation_grip(&b.simulation, &g);
}

// pressed has the hand push 80 N on a wall of 20 N/mm at the skin.
static void pressed(void)
{
	bench_start(&b);
	simulation_place(&b.simulation, 0);
	bench_step(&b);
	bench_arm(&b);
	CHECK(b.leg.mode == MODE_ARMED, "not armed: why %u", b.ack.why);
	hand(8000);
	bench_run(&b, 600, 0, 20000, 0);
	CHECK(b.leg.mode == MODE_ACTIVE && b.drive.force > 70000 && b.drive.force < 95000, "mode %d, force %d mN, fault %u",
	      b.leg.mode, b.drive.force, b.leg.fault.code);
}

// until_zero runs without a command and returns the time to zero force, us.
static uint64_t until_zero(int32_t step)
{
	uint64_t from = b.now;
	int32_t last = b.drive.force;
	while (b.drive.force != 0 && b.now - from < 1000000) {
		bench_step(&b);
		CHECK(abs(b.drive.force) <= abs(last) + step, "force went from %d to %d mN", last, b.drive.force);
		last = b.drive.force;
	}
	return b.now - from;
}

static void test_ramp_in(void)
{
	bench_start(&b);
	simulation_place(&b.simulation, 0);
	bench_step(&b);
	bench_arm(&b);
	hand(8000);
	for (int ms = 0; ms < 200; ms++) {
		bench_run(&b, 1, 15000, 0, 0);
		CHECK(b.drive.force <= 150000 * (ms + 1) / 200 + 100, "%d mN after %d ms", b.drive.force, ms + 1);
	}
}

static void test_watchdog(void)
{
	pressed();
	uint64_t from = b.now;
	while (b.leg.fault.code == 0)
		bench_step(&b);
	CHECK(b.leg.fault.code == CODE_LINK && b.now - from >= 19000 && b.now - from <= 20500, "code %u after %llu us", b.leg.fault.code,
	      (unsigned long long)(b.now - from));
	until_zero(100);
	CHECK(b.now - from <= 100000, "zero after %llu us", (unsigned long long)(b.now - from));
	printf("watchdog: 80 N to zero %llu us after the last command\n", (unsigned long long)(b.now - from));
	bench_run(&b, 50, 5000, 0, 0);
	CHECK(b.drive.force == 0 && b.leg.mode == MODE_FAULT, "a fault does not stick");
	bench_arm(&b);
	CHECK(b.ack.result == RESULT_REFUSED && b.ack.why == WHY_FAULT, "armed in a fault");
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.leg.mode == MODE_IDLE && b.leg.fault.code == 0, "not cleared");
	bench_run(&b, 50, 5000, 0, 0);
	CHECK(b.drive.force == 0, "force without arming");
}

static void test_halt(void)
{
	pressed();
	bench_send(&b, WIRE_HALT, NULL, 0);
	uint64_t from = b.now;
	int32_t last = b.drive.force;
	while (b.leg.mode != MODE_IDLE && b.now - from < 200000) {
		bench_command(&b, 0, 20000, 0);
		bench_step(&b);
		CHECK(b.drive.force > last - 10001, "a snap from %d to %d mN", last, b.drive.force);
		last = b.drive.force;
	}
	CHECK(b.drive.force == 0 && b.now - from >= 90000 && b.now - from <= 101000, "halt took %llu us", (unsigned long long)(b.now - from));
}

static void test_faults(void)
{
	pressed();
	b.offset = 100000; // 10 mm
	bench_step(&b);
	CHECK(b.leg.fault.code == CODE_JUMP, "a jump of 10 mm: code %u", b.leg.fault.code);
	CHECK(until_zero(100) <= 31000, "blind ramp");

	pressed();
	b.temperature = 90;
	bench_step(&b);
	CHECK(b.leg.fault.code == CODE_HOT, "90 degrees: code %u", b.leg.fault.code);
	until_zero(10000);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.ack.why == WHY_CAUSE, "cleared while hot");
	b.temperature = 40;
	bench_step(&b);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.leg.mode == MODE_IDLE, "not cleared when cool");

	pressed();
	b.stop = true;
	bench_step(&b);
	CHECK(b.drive.force == 0 && !b.drive.powered && b.leg.mode == MODE_STOPPED, "emergency stop: %d mN", b.drive.force);
	bench_run(&b, 20, 5000, 0, 0);
	CHECK(b.drive.force == 0, "force while stopped");
	b.stop = false;
	bench_step(&b);
	bench_send(&b, WIRE_CLEAR, NULL, 0);
	CHECK(b.leg.mode == MODE_IDLE, "not idle after release and clear");

	pressed(); // first reason sticks
	b.temperature = 90;
	bench_step(&b);
	b.offset = 100000;
	bench_step(&b);
	CHECK(b.leg.fault.code == CODE_HOT, "the first fault did not stick: %u", b.leg.fault.code);
}

// A stuck encoder, a hand that goes on: the imbalance of load and motor shows it. A stuck load cell: the motor's change.
static void test_stuck(void)
{
	pressed();
	struct grip g = {.effort = 16000, .mass = 500, .stiffness = 200, .damping = 2000};
	simulation_grip(&b.simulation, &g);
	b.stuck = true;
	b.stuck_at = b.sense.position;
	bench_run(&b, 40, 0, 20000, 0);
	CHECK(b.leg.fault.code == CODE_STUCK && b.leg.fault.value == 0, "a stuck encoder: code %u", b.leg.fault.code);
	bench_run(&b, 40, 0, 20000, 0);
	CHECK(b.drive.force == 0, "%d mN after a stuck encoder", b.drive.force);

	pressed();
	b.load_stuck = true;
	b.load_at = b.sense.load;
	hand(4000);
	bench_run(&b, 400, 0, 20000, 0);
	CHECK(b.leg.fault.code == CODE_STUCK && b.leg.fault.value == 1, "a stuck load cell: code %u", b.leg.fault.code);
}

// ready has the hand hold the tool at the skin, with all authority and nothing to push against.
static void ready(void)
{
	bench_start(&b);
	simulation_place(&b.simulation, 0);
	bench_step(&b);
	bench_arm(&b);
	hand(0);
	bench_run(&b, 250, 0, 20000, 0);
	CHECK(b.leg.mode == MODE_ACTIVE && b.leg.governor.gain == 1 << 24, "mode %d, gain %d", b.leg.mode, b.leg.governor.gain);
}

static void test_transient(void)
{
	ready();
	hand(1000);
	bench_run(&b, 300, 0, 20000, 0);
	int32_t before = b.drive.force;
	b.shot = 1;
	bench_command(&b, 0, 20000, 0);
	bench_step(&b);
	CHECK(b.drive.force > before + 80000, "a hit of 90 N gave %d after %d mN", b.drive.force, before);
	bench_run(&b, 3, 0, 20000, 0); // repeated three times: played once
	int32_t level = b.leg.governor.burst.level >> 8;
	CHECK(level > 60000 && level < 70000, "level after 3.1 ms is %d mN, 90 N * exp(-0.31) are 66012", level);
}

static void test_refusals(void)
{
	bench_start(&b);
	uint8_t wrong[6] = {1};
	bench_send(&b, WIRE_ARM, wrong, 6);
	CHECK(b.ack.result == RESULT_REFUSED && b.ack.why == WHY_CALIBRATION, "armed with a wrong calibration");
	uint8_t digest[6] = {77};
	bench_send(&b, WIRE_ARM, digest, 6);
	CHECK(b.ack.result == RESULT_REFUSED && b.ack.why == WHY_LIMITS, "armed with wrong limits");
	const uint8_t inject[8] = {1, 0, 5};
	bench_send(&b, WIRE_INJECT, inject, 8);
	CHECK(b.ack.result == RESULT_UNSUPPORTED, "a leg without a simulation injects");
	const uint8_t mask[2] = {0xFF};
	unsigned before = b.acks;
	bench_send(&b, WIRE_SELF_TEST, mask, 2);
	CHECK(b.acks == before + 1 && b.ack.result == RESULT_DONE && b.leg.mode == MODE_IDLE, "self-test");
	bench_arm(&b);
	for (int k = 0; k < 5100 * 10; k++)
		bench_step(&b);
	CHECK(b.leg.mode == MODE_IDLE, "armed for ever without a command");
}

void test_leg(void)
{
	test_ramp_in();
	test_watchdog();
	test_halt();
	test_faults();
	test_stuck();
	test_transient();
	test_refusals();
	printf("leg: modes, ramps, watchdog, faults, transients, refusals\n");
}
