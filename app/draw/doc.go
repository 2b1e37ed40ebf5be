// Package draw paints the program's pictures: the limb, the live section of needle and layers, charts, the patient monitor,
// gauges, needles for the tray and pictures for the case gallery. Every function fills an *image.RGBA from a plain view.
//
//	limb := draw.LimbView{Who: draw.Adult, Site: draw.ProximalTibia, Labels: true}
//	draw.Limb(dst, limb)
//	u, v := limb.ToSite(dst.Bounds(), x, y) // metres on the bone from the ideal point
//
// Still parts are kept between frames, so that a frame costs a copy and what moves. All functions may be called from any
// goroutine as long as each has its own destination. Views hold display units named in the field (MM, N, S); colours and
// tissues come from a Theme. Nothing here panics for any size, number or text.
//
// It deliberately knows no window, no case and no model, and keeps no clock: what moves is told the time.
package draw
