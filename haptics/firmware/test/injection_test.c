#include <string.h>

#include "check.h"
#include "injection.h"

static unsigned sent;
static uint8_t last[WIRE_MAX_FRAME];

static void put(const uint8_t *p, size_t n)
{
	sent++;
	memcpy(last, p, n);
}

static void ask(struct injection *i, uint8_t kind, uint16_t count, int32_t value, uint8_t want)
{
	struct inject m = {kind, count, value};
	struct sense s = {.position = 5, .load = 6};
	CHECK(injection_ask(i, &m, &s) == want, "injection %u", kind);
}

void test_injection(void)
{
	struct injection i = {.put = put};
	uint8_t frame[40];
	memset(frame, 0x55, sizeof frame);
	ask(&i, 2, 3, 0, RESULT_DONE); // drop
	for (int k = 0; k < 5; k++)
		injection_send(&i, WIRE_STATE, frame, sizeof frame);
	CHECK(sent == 2, "3 of 5 dropped: %u sent", sent);
	ask(&i, 3, 1, 0, RESULT_DONE); // duplicate
	injection_send(&i, WIRE_STATE, frame, sizeof frame);
	CHECK(sent == 4, "one twice: %u", sent);
	ask(&i, 1, 1, 0, RESULT_DONE); // corrupt
	injection_send(&i, WIRE_STATE, frame, sizeof frame);
	CHECK(memcmp(last, frame, sizeof frame) != 0, "not corrupted");
	ask(&i, 4, 1, 3000, RESULT_DONE); // delay
	sent = 0;
	injection_send(&i, WIRE_STATE, frame, sizeof frame);
	i.now = 2999;
	injection_flush(&i);
	CHECK(sent == 0, "sent too early");
	i.now = 3000;
	injection_flush(&i);
	CHECK(sent == 1, "not sent when due");
	ask(&i, 5, 0, 1000, RESULT_DONE); // freeze
	injection_send(&i, WIRE_STATE, frame, sizeof frame);
	CHECK(sent == 1 && injection_frozen(&i), "not frozen");
	i.now = 4000;
	CHECK(!injection_frozen(&i), "frozen for ever");
	struct sense s = {.position = 100, .velocity = 3, .load = 7, .temperature = 30};
	ask(&i, 6, 0, 50, RESULT_DONE);
	ask(&i, 8, 0, 99, RESULT_DONE);
	injection_sense(&i, &s);
	CHECK(s.position == 150 && s.temperature == 99, "position %d, %d degrees", s.position, s.temperature);
	ask(&i, 7, 0, 100, RESULT_DONE);
	ask(&i, 7, 1, 100, RESULT_DONE);
	injection_sense(&i, &s);
	CHECK(s.position == 5 && s.load == 6 && s.velocity == 0, "not stuck");
	ask(&i, 4, 1, 60000, RESULT_REFUSED);
	ask(&i, 10, 0, 0, RESULT_UNSUPPORTED); // unplug
	ask(&i, 200, 0, 0, RESULT_UNSUPPORTED);
	printf("injection: each does what it says\n");
}
