// The least of a test bench: a check that says what failed, and a random generator with a printed seed.
#ifndef OSSEO_CHECK_H
#define OSSEO_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define CHECK(ok, ...)                                                        \
	do {                                                                  \
		if (!(ok)) {                                                  \
			fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #ok); \
			fprintf(stderr, __VA_ARGS__);                         \
			fprintf(stderr, "\n");                                \
			exit(1);                                              \
		}                                                             \
	} while (0)

static inline uint64_t random_next(uint64_t *state) // splitmix64
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

void test_golden(const char *path);
void test_govern(void);
void test_stages(void);
void test_ordinary(void);
void test_agreement(const char *path);
void test_leg(void);
void test_time(void);
void test_injection(void);
void fuzz(uint64_t seed, unsigned seconds);

#endif
