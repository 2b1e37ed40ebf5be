// Package emulator runs the leg's own firmware under QEMU, behind a pseudo terminal that opens like any serial port.
//
//	leg, err := emulator.Start(ctx)
//	defer leg.Kill()
//	port := leg.Port() // "/dev/pts/5"
//
// The firmware is the file OSSEO_FIRMWARE names, or emu.elf beside the program or in bin/firmware of the source tree,
// where it is built when it is missing or older than its sources. It needs qemu-system-arm and, to build,
// gcc-arm-none-eabi; tools/setup.sh installs both. The package does not open the port: haptics/leg does.
package emulator
