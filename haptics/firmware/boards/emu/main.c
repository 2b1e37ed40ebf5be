// The leg's firmware on a Cortex-M3 under QEMU, machine lm3s6965evb: UART0, SysTick as a free-running clock, timer 0 to
// wake up 1000 times a second. The motor and what it moves are simulated.
//
// Time is that of SysTick, but a pause of more than LONGEST_PAUSE_US, in which QEMU itself was not run, counts as so long:
// a pause of the emulator is no pause of the host. A grip with GRIP_STEP stops the clock, and each further one lets TICK_US
// pass: a host without a clock of its own may then take its time.
#include "board.h"
#include "injection.h"
#include "leg.h"
#include "simulation.h"

#include <string.h>

#define REGISTER(a) (*(volatile uint32_t *)(a))
#define UART0_DR REGISTER(0x4000C000)
#define UART0_FR REGISTER(0x4000C018)
#define UART0_IBRD REGISTER(0x4000C024)
#define UART0_FBRD REGISTER(0x4000C028)
#define UART0_LCRH REGISTER(0x4000C02C)
#define UART0_CTL REGISTER(0x4000C030)
#define UART0_IFLS REGISTER(0x4000C034)
#define UART0_IM REGISTER(0x4000C038)
#define UART0_ICR REGISTER(0x4000C044)
#define TIMER0_CFG REGISTER(0x40030000)
#define TIMER0_TAMR REGISTER(0x40030004)
#define TIMER0_CTL REGISTER(0x4003000C)
#define TIMER0_IMR REGISTER(0x40030018)
#define TIMER0_ICR REGISTER(0x40030024)
#define TIMER0_TAILR REGISTER(0x40030028)
#define SYSTICK_CTRL REGISTER(0xE000E010)
#define SYSTICK_LOAD REGISTER(0xE000E014)
#define SYSTICK_VAL REGISTER(0xE000E018)
#define NVIC_ENABLE0 REGISTER(0xE000E100)
#define SCB_AIRCR REGISTER(0xE000ED0C)

enum {
	RENDER_US = 100,	   // 10 kHz
	SUBSTEPS = 2,		   // of the stage per evaluation: 20 kHz, as the virtual leg
	AXES_EVERY = 5,		   // evaluations: 2 kHz
	TICK_US = 1000,
	LONGEST_PAUSE_US = 5000,
	DEAD_HOST_US = 5000000, // a host that steps and says nothing for so long has gone, and time passes again
	RING = 8192, // bytes: what piles up on the host while QEMU is not run for 100 ms
	UART_IRQ = 5,
	TIMER_IRQ = 19,
	FR_RXFE = 1 << 4,
	FR_TXFF = 1 << 5,
};

static struct leg leg;
static struct simulation simulation;
static struct injection injection;
static struct sense sense;
static struct drive drive;
static bool stop_pressed;
static volatile uint8_t ring[RING];
static volatile uint16_t ring_head;
static uint16_t ring_tail;
static volatile uint16_t overflown;
static bool stepping, stopping; // the clock goes by steps; it has just been stopped
static uint32_t granted;	// us it may go on
static uint32_t silent;		// us since the last byte, while it stands

void uart_irq(void)
{
	UART0_ICR = 0x7FF;
	while (!(UART0_FR & FR_RXFE)) {
		uint8_t x = (uint8_t)UART0_DR;
		uint16_t next = (uint16_t)((ring_head + 1) % RING);
		if (next == ring_tail) {
			overflown++;
			continue;
		}
		ring[ring_head] = x;
		ring_head = next;
	}
}

void timer_irq(void) { TIMER0_ICR = 1; }

static uint64_t clock_us(void)
{
	static uint32_t last = 0xFFFFFF;
	static uint64_t us;
	static uint32_t left; // of 2/25 us
	uint32_t now = SYSTICK_VAL, ticks = (last - now) & 0xFFFFFF;
	last = now;
	if (ticks > LONGEST_PAUSE_US * 25 / 2)
		ticks = LONGEST_PAUSE_US * 25 / 2;
	left += ticks * 2;
	uint32_t passed = left / 25;
	left %= 25;
	if (stepping) {
		silent += passed;
		stepping = silent < DEAD_HOST_US;
		passed = granted;
		granted = 0;
	}
	us += passed;
	return us;
}

static void put(const uint8_t *b, size_t n)
{
	while (n--) {
		while (UART0_FR & FR_TXFF)
			;
		UART0_DR = *b++;
	}
}

static void send(void *context, uint8_t type, const uint8_t *frame, size_t n)
{
	(void)context;
	injection_send(&injection, type, frame, n);
}

static uint8_t on_inject(void *context, const struct inject *m)
{
	(void)context;
	return injection_ask(&injection, m, &sense);
}

static uint8_t on_grip(void *context, const struct grip *g)
{
	(void)context;
	bool step = g->flags & GRIP_STEP;
	if (step && stepping)
		granted += TICK_US;
	stopping = step && !stepping;
	stepping = step;
	simulation_grip(&simulation, g);
	return RESULT_DONE;
}

static uint8_t on_stage(void *context, const struct stage_order *m, bool may_move)
{
	(void)context;
	const struct limits *l = &leg.limits;
	if (m->flags & STAGE_MOVE) {
		if (!may_move || m->position < l->travel_out || m->position > l->travel_in)
			return RESULT_REFUSED;
		simulation_place(&simulation, m->position);
	}
	stop_pressed = m->flags & STAGE_STOP;
	return RESULT_DONE;
}

static uint16_t overflows(void *context)
{
	(void)context;
	return overflown;
}

static const struct leg_config config = {
    .limits = {
	.force = 15000, .continuous = 6000, .torque = 1500, .stiffness = 40000, .damping = 2000,
	.rise = 20000, .fall = 100000, .speed = 2000000, .travel_in = 600000, .travel_out = -400000,
    },
    .identity = {
	.board = 1, .firmware = {FIRMWARE_VERSION},
	// axial, twist, tilt, tilt stiffness, plate, trigger, vibration, transient, hand behind, emergency stop
	.capabilities = 0xCFF, .build = {FIRMWARE_BUILD}, .calibration = 0xE1E60001,
	.serial = {'e', 'm', 'u', 0, 0, 0, 0, 1}, .name = "emulated leg",
    },
    .render_hz = 1000000 / RENDER_US,
    .hottest = 80, .supply_least = 20000, .supply_most = 28000,
    .write = send, .inject = on_inject, .grip = on_grip, .stage = on_stage,
    .stack_used = board_stack_used, .stack_size = BOARD_STACK, .overflows = overflows,
};

static void render(uint64_t at)
{
	static unsigned count;
	for (int k = 0; k < SUBSTEPS; k++)
		simulation_stage(&simulation, &drive, RENDER_US * 1e-6f / SUBSTEPS);
	if (++count % AXES_EVERY == 0)
		simulation_axes(&simulation, &drive, RENDER_US * 1e-6f * AXES_EVERY);
	injection.now = at;
	simulation_sense(&simulation, &sense);
	if (stop_pressed)
		sense.switches |= SWITCH_STOP;
	injection_sense(&injection, &sense);
	leg_render(&leg, at, &sense, &drive);
}

static void start(void)
{
	UART0_CTL = 0;
	UART0_IBRD = 0;
	UART0_FBRD = 50; // 12.5 MHz / (16 * 0.78) = 1 Mbaud; QEMU does not care
	UART0_LCRH = 3 << 5 | 1 << 4; // 8 bits, FIFO
	UART0_IFLS = 0;
	UART0_IM = 1 << 4 | 1 << 6; // receive, receive timeout
	UART0_CTL = 1 | 1 << 8 | 1 << 9;
	SYSTICK_LOAD = 0xFFFFFF;
	SYSTICK_VAL = 0;
	SYSTICK_CTRL = 1 << 2 | 1;
	TIMER0_CTL = 0;
	TIMER0_CFG = 0;
	TIMER0_TAMR = 2;
	TIMER0_TAILR = 12500;
	TIMER0_IMR = 1;
	TIMER0_CTL = 1;
	NVIC_ENABLE0 = 1u << UART_IRQ | 1u << TIMER_IRQ;
}

int main(void)
{
	start();
	uint64_t rendered = clock_us(), ticked = rendered;
	simulation_start(&simulation, &config.limits);
	injection.put = put;
	leg_start(&leg, &config, rendered);
	for (;;) {
		__asm volatile("cpsid i");
		if (ring_tail == ring_head && granted == 0)
			__asm volatile("wfi");
		__asm volatile("cpsie i");
		uint64_t now = clock_us();
		injection.now = now;
		while (ring_tail != ring_head) {
			uint8_t x = ring[ring_tail];
			ring_tail = (uint16_t)((ring_tail + 1) % RING);
			silent = 0;
			if (!injection_frozen(&injection))
				leg_receive(&leg, x, now);
		}
		if (stopping) { // from here on a step is a whole tick
			stopping = false;
			rendered = ticked = now;
		}
		while (now - rendered >= RENDER_US) {
			rendered += RENDER_US;
			render(rendered);
			if (rendered - ticked >= TICK_US) {
				ticked += TICK_US;
				leg_tick(&leg, rendered);
			}
		}
		injection_flush(&injection);
		if (injection.reset_at != 0 && now >= injection.reset_at)
			SCB_AIRCR = 0x05FA0004;
	}
}
