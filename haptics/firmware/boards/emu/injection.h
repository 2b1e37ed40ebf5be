// Faults an emulated leg can be told to have, on its link and in its sensors.
#ifndef OSSEO_INJECTION_H
#define OSSEO_INJECTION_H

#include "leg.h"

enum { DELAYED = 64 };

struct late_frame {
	uint64_t due;
	uint8_t length;
	uint8_t bytes[WIRE_MAX_FRAME];
};

struct injection {
	void (*put)(const uint8_t *b, size_t n); // to the line
	uint64_t now;				 // us
	uint16_t corrupt, drop, duplicate, delay; // states still to come
	uint32_t late;				  // us
	uint64_t frozen_until, encoder_until, load_until, reset_at;
	int32_t offset;				  // 0.1 um
	bool hot;
	int8_t temperature;
	int32_t position, load; // while stuck
	struct late_frame queue[DELAYED];
	uint8_t first, count;
};

uint8_t injection_ask(struct injection *i, const struct inject *m, const struct sense *s);
void injection_send(struct injection *i, uint8_t type, const uint8_t *frame, size_t n);
void injection_flush(struct injection *i); // sends what is due
void injection_sense(struct injection *i, struct sense *s);
bool injection_frozen(const struct injection *i);

#endif
