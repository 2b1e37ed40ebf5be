package draw

// with returns a body with further lumps that join nothing.
func (b *body) with(more []lump) *body {
	n := &body{lumps: append(append([]lump(nil), b.lumps...), more...), folds: b.folds, size: b.size}
	return n.ready()
}

// props are the things around a limb: the roll under the knee and the other hand. Places are in the adult's frame.
func (s *scene) props(hand Hand) []lump {
	if !s.leg {
		return nil
	}
	f := s.size
	at := func(x, y, z float64) vec { return vec{x * f, y * f, z * f} }
	back := s.back(-2 * f)
	r := 3.0 * f
	list := []lump{
		{a: vec{-2.5 * f, back - r*0.72, -9 * f}, b: vec{-2.5 * f, back - r*0.72, 8.2 * f}, r0: r, r1: r, stuff: cloth},
		{a: vec{-2.2 * f, back - r*0.72, 9.2 * f}, b: vec{-2.2 * f, back - r*0.72, 10.4 * f}, r0: r * 0.62, r1: r * 0.30, stuff: cloth},
	}
	switch hand {
	case HandBeside:
		list = append(list, s.steadying(at)...)
	case HandBehind:
		list = append(list, s.behind()...)
	}
	return list
}

// back is the Y of the limb's underside at x.
func (s *scene) back(x float64) float64 {
	return s.skin.onto(vec{X: x}, vec{Y: -1}).Y
}

// gloveSize is the scale of a grown person's gloved hand beside any limb.
const gloveSize = 1.0

func (s *scene) finger(list []lump, made stuff, r float64, joints ...vec) []lump {
	for i := 1; i < len(joints); i++ {
		list = append(list, lump{a: joints[i-1], b: joints[i], r0: r, r1: r * 0.94, blend: 0.2, stuff: made})
	}
	return list
}

// behind is a hand cupped under the calf at the site: where the needle would come out.
func (s *scene) behind() []lump {
	x := s.site.bone.X + 0.6*gloveSize
	under := s.back(x)
	front := s.skin.onto(vec{x, under * 0.55, 0}, vec{Z: 1}).Z
	var list []lump
	for i := range 4 {
		fx := x + (float64(i)-1.5)*1.95*gloveSize
		list = s.finger(list, glove, 0.92*gloveSize, vec{fx, under - 1.1, -1}, vec{fx, under - 0.7, front * 0.75},
			vec{fx + 0.1, under*0.72 - 0.3, front + 0.6}, vec{fx + 0.15, under * 0.28, front + 0.85})
	}
	list = append(list, lump{a: vec{x, under - 1.6, -2}, ball: vec{4.6, 1.5, 4}, blend: 0.5, stuff: glove})
	return append(list, lump{a: vec{x - 1, under - 1.8, -4}, b: vec{x - 2, under - 7, -14}, r0: 2.8, r1: 3.4, blend: 1, stuff: glove})
}

// steadying is a hand that holds the shin from the front, well below the site.
func (s *scene) steadying(at func(x, y, z float64) vec) []lump {
	x := s.marks.malleolus.X*0.60 + s.site.bone.X*0.40
	top := s.skin.onto(vec{X: x}, vec{Y: 1}).Y
	near := s.skin.onto(vec{X: x}, vec{Z: 1}).Z
	var list []lump
	// the thumb lies along the near side, the fingers go over the far side
	list = s.finger(list, glove, 1.05, vec{x + 1.2, top + 1.3, 1.2}, vec{x - 0.6, top*0.55 + 0.8, near + 0.5}, vec{x - 1.6, -0.8, near + 0.75})
	for i := range 4 {
		fx := x + (float64(i)-1.2)*1.9
		list = s.finger(list, glove, 0.92, vec{fx, top + 1.2, 0.4}, vec{fx, top + 0.3, -near*0.9 - 0.6}, vec{fx, -1, -near - 1})
	}
	list = append(list, lump{a: vec{x + 1.6, top + 1.5, 0}, ball: vec{4.3, 1.4, 2.6}, blend: 0.8, stuff: glove})
	return append(list, lump{a: vec{x + 3, top + 2.2, -1}, b: vec{x + 9, top + 12, -5}, r0: 2.6, r1: 3.6, blend: 1.2, stuff: glove})
}
