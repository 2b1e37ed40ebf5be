package draw

// sketch writes lumps in the adult's leg and places them in a build.
type sketch struct {
	b    *build
	body body
}

// fat is what lies between a bone and the skin there beyond the muscular adult's; bone shows less the more there is.
func (s *sketch) rod(a, b vec, r0, r1, blend float64, made stuff) {
	g0, g1 := s.b.girth(a.X), s.b.girth(b.X)
	s.body.lumps = append(s.body.lumps, lump{
		a: s.b.put(a), b: s.b.put(b), r0: r0*g0 + s.fat(made), r1: r1*g1 + s.fat(made), blend: s.soft(blend, g0, made), stuff: made,
	})
}

// tube adds a rod that winds smoothly through its knots, given in rising or falling order of X.
func (s *sketch) tube(made stuff, blend float64, knots ...knot) {
	placed := make([]knot, len(knots))
	for i, k := range knots {
		p := s.b.put(vec{k.X, k.Y, k.Z})
		placed[i] = knot{p.X, p.Y, p.Z, k.r*s.b.girth(k.X) + s.fat(made)}
	}
	first, last := placed[0], placed[len(placed)-1]
	line := newSpine(placed)
	s.body.lumps = append(s.body.lumps, lump{
		a: vec{first.X, first.Y, first.Z}, b: vec{last.X, last.Y, last.Z}, r0: line.thick, r1: line.thick,
		blend: s.soft(blend, s.b.girth(knots[len(knots)/2].X), made), spine: line, stuff: made,
	})
}

func (s *sketch) ball(at, radii vec, blend float64, made stuff) {
	g := s.b.girth(at.X)
	f := s.fat(made)
	s.body.lumps = append(s.body.lumps, lump{
		a: s.b.put(at), ball: vec{radii.X*g + f, radii.Y*g + f, radii.Z*g + f}, blend: s.soft(blend, g, made), stuff: made,
	})
}

func (s *sketch) fat(made stuff) float64 {
	if made == flesh {
		return s.b.fat
	}
	return 0
}

func (s *sketch) soft(blend, girth float64, made stuff) float64 {
	if made == flesh {
		return blend*girth*(1+0.35*(1-s.b.relief)) + 0.8*s.b.fat
	}
	return blend * girth
}

// bump is a bony landmark under the skin: it sinks as fat and softness grow.
func (s *sketch) bump(at, radii vec, blend float64) {
	g := s.b.girth(at.X)
	k := 0.55 + 0.45*s.b.relief
	f := s.b.fat * 0.93 // a little less than around it, so that the bone's place stays a hint
	s.body.lumps = append(s.body.lumps, lump{
		a: s.b.put(at), ball: vec{radii.X*g + f, radii.Y*g*k + f, radii.Z*g + f}, blend: s.soft(blend, g, flesh), stuff: flesh,
	})
}

// skin models the outside of a leg, knee a little bent, from the thigh to the toes.
func (b *build) skin() *body {
	s := &sketch{b: b}
	s.thigh()
	s.knee()
	s.shin()
	s.foot()
	for _, f := range b.folds {
		s.body.folds = append(s.body.folds, fold{b.along(f.at), f.lean, f.depth, f.width, f.fade, f.soft})
	}
	s.body.size = b.knee
	return s.body.ready()
}

func (s *sketch) thigh() {
	s.tube(flesh, 2, knot{-2.5, -1.2, 0.1, 4.9}, knot{-10, -4.2, 0.4, 5.4}, knot{-26, -10.6, 0.7, 7.5}, knot{-48, -20.4, 0.8, 9.4})
	s.tube(flesh, 3, knot{-7, 1.3, -1.2, 3.2}, knot{-22, -5, -1.4, 5.0}, knot{-44, -14.6, -1, 6.2})     // rectus and vastus lateralis
	s.tube(flesh, 2.4, knot{-5.4, 0.2, 3.0, 1.8}, knot{-10, -1.5, 3.8, 3.0}, knot{-20, -5.6, 3.5, 3.6}) // vastus medialis
	s.tube(flesh, 3, knot{-3.6, -4.0, 2.4, 1.7}, knot{-12, -7.6, 2.8, 3.0}, knot{-30, -15.6, 3, 4.8})   // hamstrings and gracilis
	s.tube(flesh, 2.2, knot{-4.6, 3.5, -0.3, 1.6}, knot{-8, 2.4, -0.4, 2.0}, knot{-14, 0.2, -0.6, 2.7})
}

func (s *sketch) knee() {
	s.ball(vec{-0.9, -0.9, 2.6}, vec{3.6, 3.7, 2.5}, 2.4, flesh)
	s.ball(vec{-0.9, -0.9, -2.7}, vec{3.4, 3.6, 2.5}, 2, flesh)
	s.ball(vec{2, 0.1, 0}, vec{3.2, 3.3, 4.2}, 2.4, flesh)
	s.bump(vec{-2.5, 3.55, -0.2}, vec{2.45, 1.85, 2.3}, 0.5)                                              // kneecap
	s.tube(flesh, 1.0, knot{-0.4, 3.7, -0.2, 1.1}, knot{2.2, 3.5, -0.25, 0.9}, knot{4.6, 2.9, -0.3, 0.9}) // its tendon
	s.bump(vec{tuberosityX, 2.9, -0.3}, vec{1.55, 1.2, 1.25}, 0.8)
	s.tube(flesh, 1.8, knot{2, 0.2, 3.1, 1.4}, knot{5, 0, 2.7, 1.2}, knot{9, -0.3, 1.8, 1.0})
}

func (s *sketch) shin() {
	s.tube(flesh, 2, knot{4, 0.5, 0, 2.7}, knot{18, 0.2, 0.2, 2.3}, knot{33, 0, 0.5, 1.9})
	// crest and medial border: between them lies the flat face
	s.tube(flesh, 1.3, knot{6, 2.6, -0.3, 0.9}, knot{12, 2.5, -0.2, 0.8}, knot{20, 2.0, 0, 0.8}, knot{28, 1.4, 0.3, 0.8}, knot{34, 0.9, 0.5, 0.8})
	s.tube(flesh, 1.3, knot{7, -0.4, 2.1, 0.95}, knot{14, -0.6, 1.9, 0.9}, knot{22, -0.7, 1.75, 0.85}, knot{30, -0.6, 1.8, 0.85}, knot{36, -0.3, 2.1, 0.9})
	s.tube(flesh, 2.2, knot{1.5, -2.9, 1.8, 2.4}, knot{6, -3.7, 1.9, 3.0}, knot{11, -4.3, 1.9, 3.5}, knot{16, -4.1, 1.5, 3.0}, knot{21, -3.6, 0.9, 2.1}) // gastrocnemius, medial head
	s.tube(flesh, 2.4, knot{1.5, -2.9, -1.8, 2.4}, knot{6, -3.6, -1.9, 2.9}, knot{11, -4.1, -2, 3.3}, knot{18, -3.6, -1.1, 2.4})
	s.tube(flesh, 2, knot{12, -2.8, 0.5, 3.2}, knot{20, -2.8, 0.3, 2.9}, knot{27, -2.7, 0.2, 2.2}, knot{33, -3.1, 0.1, 1.5}, knot{38.5, -4.3, 0, 1.1}) // soleus and tendon of the heel
	s.tube(flesh, 1.8, knot{4.5, 1.2, -2.7, 1.8}, knot{11, 1.2, -2.6, 2.15}, knot{20, 1.0, -1.9, 1.9}, knot{33, 0.9, -0.4, 1.1})
}

func (s *sketch) foot() {
	s.rod(vec{30, -0.7, 0.2}, vec{38, -0.7, 0}, 2.2, 2.6, 2, flesh)
	s.bump(vec{37.3, -0.2, 2.2}, vec{1.5, 1.2, 1.1}, 0.8) // medial malleolus
	s.ball(vec{40.6, -4.5, 0}, vec{2.7, 2.9, 2.5}, 1.8, flesh)
	s.rod(vec{39.2, -0.8, 0.1}, vec{42.6, 4.8, 0.7}, 2.8, 2.0, 2, flesh)
	s.rod(vec{41.6, -2.6, -1.2}, vec{45.2, 7.0, -2.2}, 1.9, 1.4, 2, flesh) // outer edge
	s.rod(vec{42.4, 4.6, 1.0}, vec{46.2, 11.2, 2.2}, 1.9, 1.55, 1.6, flesh)
	s.rod(vec{42.6, 4.8, -0.6}, vec{46.2, 10.8, -0.9}, 1.7, 1.3, 1.6, flesh)
	s.rod(vec{43.2, 5, -1.8}, vec{46.2, 9.4, -2.8}, 1.5, 1.2, 1.4, flesh)
	s.ball(vec{46.4, 11.2, 2.5}, vec{1.5, 1.8, 1.5}, 0.8, flesh) // ball of the foot
	s.rod(vec{46.6, 12.2, 2.3}, vec{47.6, 15.2, 2.1}, 1.15, 1.2, 0.45, flesh)
	s.rod(vec{46.6, 11.8, 0.6}, vec{47.5, 15.2, 0.6}, 0.85, 0.85, 0.35, flesh)
	s.rod(vec{46.7, 11.3, -0.7}, vec{47.5, 14.2, -0.7}, 0.8, 0.8, 0.35, flesh)
	s.rod(vec{46.7, 10.6, -1.9}, vec{47.4, 13.0, -1.9}, 0.78, 0.76, 0.35, flesh)
	s.rod(vec{46.6, 9.8, -3.0}, vec{47.2, 11.7, -3.0}, 0.78, 0.74, 0.35, flesh)
	s.ball(vec{47.0, 16.0, 2.1}, vec{0.35, 0.75, 0.8}, 0.15, nail)
}

// bones models the skeleton of the same leg.
func (b *build) bones() *body {
	s := &sketch{b: b}
	end := bone
	if b.girth(0) < 0.3 { // a newborn's joint ends are still cartilage
		end = cartilage
	}
	s.tube(bone, 1.6, knot{-4.5, -1.6, 0.1, 2.2}, knot{-8, -2.6, 0, 1.8}, knot{-16, -6, -0.2, 1.45}, knot{-48, -20, -0.8, 1.5}) // thigh bone
	s.ball(vec{-2.0, -1.2, 2.0}, vec{3.0, 3.2, 1.7}, 1.4, end)
	s.ball(vec{-2.0, -1.2, -2.0}, vec{3.0, 3.2, 1.7}, 1.4, end)
	s.ball(vec{-3.4, 0.5, 0}, vec{2.2, 2.1, 2.2}, 1.2, end)
	s.ball(vec{-2.5, 3.6, -0.2}, vec{2.2, 1.05, 2.1}, 0.05, kneecap)
	s.ball(vec{2.4, 0.2, 1.9}, vec{1.3, 2.6, 1.9}, 1.2, end) // plateau
	s.ball(vec{2.4, 0.2, -1.9}, vec{1.3, 2.6, 1.9}, 1.2, end)
	s.tube(bone, 1.6, knot{3.4, 0.3, 0, 2.6}, knot{6, 0.5, 0, 1.9}, knot{9, 0.6, 0.1, 1.5}, knot{20, 0.3, 0.2, 1.2}, knot{34, 0, 0.4, 1.3})
	s.ball(vec{tuberosityX, 2.4, -0.3}, vec{1.4, 0.9, 1.0}, 0.9, bone)
	s.tube(bone, 1.2, knot{5.5, 2.2, -0.3, 0.7}, knot{12, 2.1, -0.2, 0.55}, knot{20, 1.7, 0, 0.5}, knot{34, 0.8, 0.5, 0.7})
	s.tube(bone, 1.4, knot{4, -0.3, 2.2, 0.9}, knot{10, -0.5, 1.5, 0.7}, knot{20, -0.6, 1.3, 0.6}, knot{35, -0.3, 1.6, 0.8})
	s.tube(bone, 1.4, knot{4, -0.3, -2.1, 0.9}, knot{10, -0.5, -1.3, 0.7}, knot{20, -0.5, -0.9, 0.6}, knot{35, -0.4, -0.7, 0.8})
	s.ball(vec{35.2, -0.3, 0.5}, vec{1.6, 1.8, 2.0}, 1.2, end)
	s.ball(vec{37.0, -0.2, 2.2}, vec{1.3, 0.8, 0.5}, 0.6, end) // medial malleolus
	s.ball(vec{3.4, -1.4, -3.6}, vec{1.3, 1.1, 1.1}, 0.6, end) // fibula
	s.rod(vec{4, -1.5, -3.5}, vec{35, -1.2, -2.4}, 0.65, 0.6, 0.6, bone)
	s.ball(vec{38.1, -0.5, 0.2}, vec{1.7, 2.4, 1.7}, 0.5, end)
	s.ball(vec{40.2, -3.9, 0}, vec{1.9, 2.8, 1.4}, 0.6, end)
	s.ball(vec{40.6, 2.4, 0.5}, vec{1.5, 1.6, 2.0}, 0.5, end)
	s.ball(vec{41.8, 4.4, 0.3}, vec{1.3, 1.3, 2.3}, 0.4, end)
	for i, z := range [...]float64{2.1, 0.7, -0.6, -1.8, -2.9} {
		f := float64(i)
		s.rod(vec{42.4 + 0.15*f, 5.2 - 0.3*f, z * 0.7}, vec{46 - 0.05*f, 11.0 - 0.75*f, z}, 0.6-0.05*f, 0.6-0.05*f, 0.3, bone)
		s.rod(vec{46.4, 11.8 - 0.75*f, z}, vec{47.4, 14.8 - 0.8*f, z}, 0.5-0.05*f, 0.45-0.05*f, 0.2, bone)
	}
	s.body.size = b.knee
	return s.body.ready()
}
