// Package sound makes what a trainee hears: the drill, the crack of the cortex, the blow of a spring driver, the monitor.
// Every sound is computed; there are no files.
//
//	player := sound.Open()
//	defer player.Close()
//	player.Drill(0.8)
//	player.Pop()
//	if note := player.Notice(); note != "" { ... } // why nothing is heard
//
// Sound never gets in the way: without a device, or when the device goes away, every call still returns at once. Calls may
// come from any goroutine. It deliberately knows no window and no physics; who calls it decides what is heard when.
package sound
