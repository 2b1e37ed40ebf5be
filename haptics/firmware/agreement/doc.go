// Package agreement holds the firmware against the host: its tests write what haptics.Governor makes of a set of scenes
// into testdata/governor.txt, which the firmware's own tests (../test/agreement_test.c) replay, and count what the
// firmware costs its controller. It has no code of its own.
package agreement
