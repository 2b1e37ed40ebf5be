// The leg's firmware on an STM32F405. Compiled, never powered; docs/wire.md is what it speaks, hardware.h its pins.
//
// It cannot arm as it stands: its calibration is 0 until somebody has measured the constants below on a leg and given
// them a number of their own.
#include "board.h"
#include "hardware.h"
#include "leg.h"

enum {
	RENDER_US = 100, // 10 kHz
	TICK_US = 1000,
	CALIBRATION = 0,
	COUNT = 100,		    // 0.1 um per count of the axial encoder
	ZERO = -200000,		    // 0.1 um where the encoder starts: the outer stop. Assumed; to be calibrated
	NEWTON_PERMILLE = 150,	    // mN per permille of PWM at standstill. Assumed; to be calibrated
	LOAD_ZERO = 2048,	    // ADC counts at no load. Assumed; to be calibrated
	LOAD_MN = 150,		    // mN per ADC count. Assumed; to be calibrated
	BRAKE_PERMILLE = 2,	    // mN.m per permille, nearly. Assumed; to be calibrated
	VELOCITY_US = 2000,	    // window of the velocity: 10 um in it are 5 mm/s
	WINDOW = VELOCITY_US / RENDER_US,
};

static struct leg leg;
static struct sense sense;
static struct drive drive;

static void send(void *context, uint8_t type, const uint8_t *frame, size_t n)
{
	(void)context;
	(void)type;
	hardware_send(frame, n);
}

static uint16_t overflows(void *context)
{
	(void)context;
	return hardware_overflows();
}

static uint8_t trouble(void *context)
{
	(void)context;
	return hardware_trouble();
}

static const struct leg_config config = {
    .limits = {
	.force = 12000, .continuous = 6000, .peak = 200, .torque = 1500, .stiffness = 20000, .damping = 1000,
	.rise = 20000, .fall = 100000, .speed = 2000000, .travel_in = 400000, .travel_out = -200000,
    },
    .identity = {
	.board = 2, .firmware = {FIRMWARE_VERSION},
	// axial, twist, tilt, trigger, vibration, transient, hand behind, emergency stop
	.capabilities = 0xCE7, .build = {FIRMWARE_BUILD}, .calibration = CALIBRATION, .name = "leg f405",
    },
    .render_hz = 1000000 / RENDER_US,
    .hottest = 80, .supply_least = 20000, .supply_most = 28000,
    .write = send, .stack_used = board_stack_used, .stack_size = BOARD_STACK, .overflows = overflows,
    .trouble = trouble,
};

// velocity over the last two milliseconds, um/s.
static int32_t velocity(int32_t position)
{
	static int32_t past[WINDOW];
	static unsigned at;
	static bool filled;
	int64_t way = (int64_t)position - past[at];
	past[at] = position;
	at = (at + 1) % WINDOW;
	if (!filled) {
		filled = at == 0;
		return 0;
	}
	int64_t v = way * 100000 / VELOCITY_US; // 0.1 um in us
	return v > 8000000 ? 8000000 : v < -8000000 ? -8000000 : (int32_t)v;
}

// temperature of a sensor of 10 mV per degree, such as an LM35, pulled up so that a broken wire is hot.
static int8_t temperature(uint16_t adc)
{
	uint32_t degrees = adc * 330u / 4095u;
	return (int8_t)(degrees > INT8_MAX ? INT8_MAX : degrees);
}

static int16_t angle(uint16_t adc) { return (int16_t)((adc - 2048) * 18000 / 4096); }

static void measure(void)
{
	hardware_sample();
	sense.position = ZERO + hardware_axial() * COUNT;
	sense.velocity = velocity(sense.position);
	sense.twist = (int32_t)((int64_t)hardware_twist() * 180000 / 4096);
	sense.load = (hardware_adc(ADC_LOAD) - LOAD_ZERO) * LOAD_MN;
	sense.temperature = temperature(hardware_adc(ADC_TEMPERATURE));
	sense.supply = (uint16_t)(hardware_adc(ADC_SUPPLY) * 36300u / 4095u); // divider 1:11
	sense.tilt_x = angle(hardware_adc(ADC_TILT_X));
	sense.tilt_y = angle(hardware_adc(ADC_TILT_Y));
	sense.trigger = (uint8_t)(hardware_adc(ADC_TRIGGER) * 200u / 4095u);
	sense.switches = (uint8_t)((hardware_stopped() ? SWITCH_STOP : 0) | (hardware_behind() ? SWITCH_BEHIND : 0) |
				   (hardware_stylet_out() ? SWITCH_STYLET : 0));
}

static int32_t permille(int32_t x, int32_t unit)
{
	int32_t p = x / unit;
	return p > 950 ? 950 : p < -950 ? -950 : p;
}

static void act(void)
{
	int32_t torque = drive.torque < 0 ? -drive.torque : drive.torque;
	hardware_motor(drive.powered, permille(drive.force, NEWTON_PERMILLE));
	hardware_brake(drive.powered ? permille(torque, BRAKE_PERMILLE) : 0);
}

int main(void)
{
	hardware_start();
	uint64_t rendered = hardware_us(), ticked = rendered;
	leg_start(&leg, &config, rendered);
	for (;;) {
		uint8_t x;
		uint64_t now = hardware_us();
		while (hardware_receive(&x))
			leg_receive(&leg, x, now);
		if (now - rendered >= RENDER_US) {
			rendered = now - (now - rendered) % RENDER_US;
			measure();
			leg_render(&leg, now, &sense, &drive);
			act();
			hardware_feed();
		}
		if (now - ticked >= TICK_US) {
			ticked = now - (now - ticked) % TICK_US;
			leg_tick(&leg, now);
		}
	}
}
