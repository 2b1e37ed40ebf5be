// The scenes of agreement/testdata/governor.txt: the firmware's governor and watch make of them what the host's do.
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "leg.h"

struct scene {
	char name[40];
	unsigned hz, slack;
	struct leg leg;
	struct leg_config config;
	struct command command;
	uint64_t now;
	unsigned samples;
	int worst; // mN
};

static void ignore(void *context, uint8_t type, const uint8_t *frame, size_t n)
{
	(void)context;
	(void)type;
	(void)frame;
	(void)n;
}

static void begin(struct scene *s, const char *text)
{
	unsigned peak;
	memset(s, 0, sizeof *s);
	CHECK(sscanf(text, "scene %39s %u %u %u", s->name, &s->hz, &peak, &s->slack) == 4, "%s", text);
	s->config = (struct leg_config){
	    .limits = {.force = 15000, .continuous = 6000, .torque = 1500, .stiffness = 40000, .damping = 2000, .rise = 20000,
		       .fall = 100000, .speed = 2000000, .travel_in = 600000, .travel_out = -400000, .peak = (uint16_t)peak},
	    .render_hz = s->hz, .hottest = 80, .supply_least = 20000, .supply_most = 28000, .write = ignore,
	};
	leg_start(&s->leg, &s->config, 0);
}

static void arm(struct scene *s)
{
	s->leg.mode = MODE_ACTIVE;
	govern_arm(&s->leg.governor);
	govern_begin(&s->leg.governor);
}

// reason is haptics.Reason of a fault, as wire.Code.Reason tells it.
static int reason(uint8_t code)
{
	switch (code) {
	case CODE_NONE:
		return 0;
	case CODE_SPEED:
	case CODE_JUMP:
		return 2;
	case CODE_TRAVEL:
		return 3;
	case CODE_OSCILLATION:
		return 4;
	default:
		return -1;
	}
}

static void sample(struct scene *s, const char *text)
{
	int position, velocity, force, want;
	CHECK(sscanf(text, "s %d %d %d %d", &position, &velocity, &force, &want) == 4, "%s", text);
	struct sense sense = {.position = position, .velocity = velocity, .temperature = 30, .supply = 24000};
	struct drive drive;
	sense.load = s->leg.force; // a load cell that is right
	s->leg.last_command = s->now += 1000000 / s->hz;
	govern_ask(&s->leg.governor, &s->command);
	leg_render(&s->leg, s->now, &sense, &drive);
	s->samples++;
	int off = abs(s->leg.governor.force - force), got = reason(s->leg.fault.code);
	s->worst = off > s->worst ? off : s->worst;
	if (want == 4 && got == 0) { // the host ramps one tick later what it names one tick earlier
		leg_render(&s->leg, s->now, &sense, &drive);
		got = reason(s->leg.fault.code);
	}
	CHECK(off <= (int)s->slack, "%s, sample %u: %d mN, the host %d, allowed to differ by %u", s->name, s->samples,
	      s->leg.governor.force, force, s->slack);
	CHECK(got == want, "%s, sample %u: fault %u, the host's reason is %d", s->name, s->samples, s->leg.fault.code, want);
}

void test_agreement(const char *path)
{
	static struct scene s;
	FILE *file = fopen(path, "r");
	CHECK(file != NULL, "cannot read %s", path);
	char text[200];
	unsigned scenes = 0, samples = 0;
	int worst = 0;
	while (fgets(text, sizeof text, file)) {
		struct command *c = &s.command;
		switch (text[0] == 's' && text[1] == 'c' ? 'n' : text[0]) {
		case 'n':
			begin(&s, text);
			scenes++;
			break;
		case 'a':
			arm(&s);
			break;
		case 'x':
			govern_stop(&s.leg.governor);
			break;
		case 'c':
			CHECK(sscanf(text, "c %hd %hu %hu %d %hu", &c->force, &c->stiffness, &c->damping, &c->anchor, &c->most) == 5, "%s", text);
			break;
		case 's':
			sample(&s, text);
			samples++;
			worst = s.worst > worst ? s.worst : worst;
			break;
		default:
			CHECK(text[0] == '#', "%s", text);
		}
	}
	fclose(file);
	CHECK(scenes >= 16 && samples > 5000, "%u scenes, %u samples", scenes, samples);
	printf("agreement: %u scenes, %u samples, force within %d mN of the host's, the same faults\n", scenes, samples, worst);
}
