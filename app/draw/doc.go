package draw
