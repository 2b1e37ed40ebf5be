//go:build headless

package main

import "context"

// window is nil: this build has every command and no window.
var window func(context.Context) error
