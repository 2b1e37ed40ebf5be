package servo

// ignoreBrokenPipe does nothing: here such a write is an error anyway.
func ignoreBrokenPipe() {}
