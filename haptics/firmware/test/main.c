#include <string.h>

#include "check.h"

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "fuzz") == 0) {
		fuzz(argc > 3 ? strtoull(argv[3], NULL, 0) : 1, (unsigned)atoi(argv[2]));
		return 0;
	}
	CHECK(argc == 3, "usage: test frames.txt governor.txt | test fuzz SECONDS [SEED]");
	test_golden(argv[1]);
	test_agreement(argv[2]);
	test_govern();
	test_stages();
	test_ordinary();
	test_leg();
	test_time();
	test_injection();
	fuzz(1, 1);
	return 0;
}
