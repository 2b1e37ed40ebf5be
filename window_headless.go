//go:build headless

package main

import "context"

// window is nil: this build has every command and no window.
var window func(ctx context.Context, device string) error
