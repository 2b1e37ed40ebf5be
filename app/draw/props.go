package draw

// props are the things around a limb: the cushion under the knee and the other hand.
func (s *scene) props(hand Hand) *body {
	b := &body{size: s.size}
	if s.leg {
		f := s.size
		x := -1.2 * f
		back := s.back(x)
		b.lumps = append(b.lumps,
			lump{a: vec{x, back - 2.6*f, 1.5 * f}, ball: vec{5.6 * f, 3.6 * f, 9.5 * f}, blend: 0.1, stuff: cloth},
			lump{a: vec{x, back - 5.0*f, 1.5 * f}, ball: vec{7.2 * f, 2.6 * f, 10 * f}, blend: 2.5 * f, stuff: cloth})
	}
	switch hand {
	case HandBeside:
		s.steadying(b)
	case HandBehind:
		s.behind(b)
	}
	return b.ready()
}

// back is the Y of the limb's underside at x.
func (s *scene) back(x float64) float64 {
	return s.skin.onto(vec{X: x}, vec{Y: -1}).Y
}

// digits adds the four fingers of a gloved hand and its palm. Each finger goes through the same joints, given in the
// plane across the limb, a finger's width apart along it. A hand is a grown person's whatever the limb.
func (b *body) digits(x, r float64, joints ...vec) {
	for i := range 4 {
		f := float64(i) - 1.5
		short := 1 - 0.05*f*f
		for j := 1; j < len(joints); j++ {
			p, q := joints[j-1], joints[j]
			if j == len(joints)-1 {
				q = p.toward(q, short)
			}
			p.X, q.X = x+f*1.9*r+p.X*f, x+f*1.9*r+q.X*f
			b.lumps = append(b.lumps, lump{a: p, b: q, r0: r * (1.04 - 0.04*float64(j)), r1: r * (1 - 0.05*float64(j)), blend: 0.25, stuff: glove})
		}
	}
}

// behind is a hand cupped under the calf at the site: where the needle would come out.
func (s *scene) behind(b *body) {
	x, r := s.site.bone.X+0.8, 0.86
	under := s.back(x)
	near := s.skin.onto(vec{x, under * 0.45, 0}, vec{Z: 1}).Z
	b.digits(x, r, vec{0, under - 1.0, -2}, vec{0, under - 0.8, near * 0.55}, vec{0.02, under*0.80 - 0.4, near + 0.45}, vec{0.05, under*0.30 - 0.5, near + 0.75})
	b.lumps = append(b.lumps,
		lump{a: vec{x, under - 1.5, -3}, ball: vec{4.2, 1.4, 3.6}, blend: 0.8, stuff: glove},
		lump{a: vec{x - 1, under - 2.2, -5}, b: vec{x - 3, under - 9, -16}, r0: 2.6, r1: 3.4, blend: 1.5, stuff: glove})
}

// steadying is a hand laid over the shin from the front, well below the site.
func (s *scene) steadying(b *body) {
	x, r := s.marks.malleolus.X*0.62+s.site.bone.X*0.38, 0.84
	top := s.skin.onto(vec{X: x}, vec{Y: 1}).Y
	near := s.skin.onto(vec{X: x, Y: top * 0.2}, vec{Z: 1}).Z
	b.digits(x, r, vec{0, top + 1.2, -1.5}, vec{0, top + 0.9, near * 0.35}, vec{0, top*0.72 + 0.5, near*0.9 + 0.5}, vec{0.03, -top * 0.25, near + 0.75})
	b.lumps = append(b.lumps,
		lump{a: vec{x, top + 1.6, -3}, ball: vec{3.7, 1.3, 3.2}, blend: 0.9, stuff: glove},
		lump{a: vec{x + 0.3, top + 2.0, -5}, b: vec{x + 2.5, top + 7, -15}, r0: 2.3, r1: 3.3, blend: 1.5, stuff: glove},
		lump{a: vec{x - 3.2, top + 1.0, -3}, b: vec{x - 4.6, top + 0.8, 0.6}, r0: 1.1, r1: 0.95, blend: 0.6, stuff: glove})
}
