package draw

import "math"

// even returns a build that only grows and shrinks, for the parts above the legs.
func (b *build) even() *build {
	f := (b.calf + b.length) / 2
	return &build{length: f, knee: f, calf: f, ankle: f, thigh: f, fat: b.fat * 0.8, relief: b.relief, flex: builds[Adult].flex, young: b.young}
}

// armScene is the shoulder of a person lying down, the arm at the side, the hand on the belly: so the greater tubercle
// turns to the front. X runs down the arm from the shoulder, Y is anterior, Z medial.
func armScene(who *build) *scene {
	b := who.even()
	skin := &sketch{b: b}
	skin.arm()
	skin.body.size = b.knee
	bones := &sketch{b: b}
	bones.armBones()
	bones.body.size = b.knee
	s := &scene{skin: skin.body.ready(), bones: bones.body.ready(), size: b.knee, angle: -58 * math.Pi / 180, roll: -0.06}
	s.middle, s.wide, s.tall = b.put(vec{12.5, 2.5, 3}), 47*b.knee, 27*b.knee
	sin, cos := math.Sincos(-50 * math.Pi / 180)
	s.site = place{bone: b.put(vec{1.9, 1.5, -2.5}), normal: vec{0.12, cos, sin}.unit(), distal: vec{X: 1}, medial: vec{0, -sin, cos}}
	s.site.surface = s.skin.onto(s.site.bone, s.site.normal)
	if b.young {
		s.plates = []plate{{b.along(2.6), 0.3 * b.knee}}
	}
	s.names = []named{
		{at: b.put(vec{-2.6, 0.6, -3.0}), word: "tip of the shoulder"},
		{at: b.put(vec{1.2, 1.4, -2.9}), word: "greater tubercle", low: true},
		{at: b.put(vec{4.4, 0.6, -3.2}), word: "surgical neck", low: true},
		{at: b.put(vec{31, 1, -3.6}), word: "elbow", low: true},
	}
	if b.young {
		s.names = append(s.names, named{at: b.put(vec{2.6, 1.0, -1.6}), word: "growth plate", bone: true})
	}
	return s
}

func (s *sketch) arm() {
	s.ball(vec{24, -3, 19}, vec{30, 10.5, 14}, 4, flesh) // chest
	s.rod(vec{-1, -0.8, 1.5}, vec{-5, -2, 11}, 4.2, 5.0, 4, flesh)
	s.rod(vec{0, -1.5, 17}, vec{-13, -0.5, 17.5}, 6.4, 5.4, 5, flesh) // neck
	s.ball(vec{-21, 0.5, 17.5}, vec{10, 9.5, 7.6}, 2.5, flesh)
	s.rod(vec{2, 2.6, 4}, vec{8, 3.6, 14}, 4.2, 4.6, 4, flesh) // pectoral
	s.ball(vec{3.2, -0.2, -1.2}, vec{8.2, 5.6, 5.0}, 3, flesh) // deltoid
	s.tube(flesh, 2.4, knot{2, -0.4, 0, 5.0}, knot{9, -0.3, -0.2, 4.6}, knot{18, 0, 0, 4.1}, knot{27, 0, 0, 3.6}, knot{31, -0.2, 0, 3.6})
	s.tube(flesh, 2.2, knot{7, 1.9, 0.4, 2.6}, knot{16, 2.6, 0.4, 3.0}, knot{27, 1.4, 0.4, 2.0})
	s.tube(flesh, 2.4, knot{7, -2.4, 0, 2.7}, knot{17, -2.5, 0, 3.0}, knot{28, -1.2, 0, 2.3})
	s.ball(vec{31.2, -0.6, 0}, vec{3.2, 3.3, 3.7}, 2, flesh)
	s.rod(vec{31.5, 0.6, 0}, vec{32.5, 6.6, 10}, 3.9, 3.6, 2.5, flesh) // forearm
	s.rod(vec{32.5, 6.6, 10}, vec{33.5, 9.4, 19}, 3.6, 2.5, 2.5, flesh)
	s.ball(vec{33.6, 10.2, 23}, vec{4, 1.7, 5}, 2, flesh)
	s.bump(vec{-2.4, 0.8, -1.8}, vec{1.8, 1.5, 2.4}, 1.6)
	s.rod(vec{-2.8, 2.6, 0}, vec{-4.6, 4.6, 11}, 1.5, 1.5, 2, flesh) // collar bone
}

func (s *sketch) armBones() {
	end := bone
	if s.b.girth(0) < 0.3 {
		end = cartilage
	}
	s.ball(vec{0.2, -0.4, 0.9}, vec{2.3, 2.4, 2.3}, 0.6, end)
	s.ball(vec{1.2, 0.5, -1.3}, vec{1.9, 1.5, 1.5}, 0.9, end) // greater tubercle
	s.tube(bone, 1.4, knot{1.6, 0, -0.2, 2.1}, knot{4.6, 0, -0.2, 1.45}, knot{12, 0, 0, 1.15}, knot{22, 0, 0, 1.1}, knot{29, 0, 0, 1.4})
	s.ball(vec{30, -0.2, 0}, vec{1.5, 1.2, 2.9}, 1.2, end)
	s.rod(vec{-2.6, 1.2, -1.6}, vec{-2.8, -3.4, 3}, 0.75, 0.9, 0.5, bone) // acromion
	s.rod(vec{-2.7, 1.6, -0.6}, vec{-4.2, 4.0, 12}, 0.65, 0.75, 0.3, bone)
	s.ball(vec{1, -1.2, 4.2}, vec{2.0, 1.2, 1.4}, 0.6, bone)
	s.ball(vec{7, -4.4, 8}, vec{8, 0.8, 4.6}, 1, bone) // shoulder blade
	s.rod(vec{31, -1.4, 0.3}, vec{33.2, 8.6, 19.4}, 1.1, 0.6, 0.4, bone)
	s.rod(vec{31.6, 1.2, -0.8}, vec{34, 9.6, 18.6}, 0.9, 0.8, 0.3, bone)
}

// chestScene is the chest from the front: X runs from the notch of the breastbone to the feet, Z to the patient's right.
func chestScene(who *build) *scene {
	b := who.even()
	skin := &sketch{b: b}
	skin.chest()
	skin.body.size = b.knee
	bones := &sketch{b: b}
	bones.chestBones()
	bones.body.size = b.knee
	s := &scene{skin: skin.body.ready(), bones: bones.body.ready(), size: b.knee, angle: 14 * math.Pi / 180}
	s.middle, s.wide, s.tall = b.put(vec{9, 6, 0}), 42*b.knee, 34*b.knee
	s.site = place{bone: b.put(vec{1.8, 4.6, 0}), normal: vec{-0.18, 1, 0}.unit(), distal: vec{X: 1}, medial: vec{Z: 1}}
	s.site.surface = s.skin.onto(s.site.bone, s.site.normal)
	s.names = []named{
		{at: b.put(vec{-0.4, 4.2, 0}), word: "notch of the breastbone"},
		{at: b.put(vec{3.2, 5.0, 0}), word: "manubrium", low: true},
		{at: b.put(vec{11, 6.0, 0}), word: "body of the breastbone"},
		{at: b.put(vec{-1.4, 4.2, 8}), word: "collar bone", low: true},
	}
	return s
}

func (s *sketch) chest() {
	s.ball(vec{25, -3.5, 0}, vec{31, 10.2, 16.5}, 4, flesh)
	s.rod(vec{-20, -1.5, 0}, vec{-1, -1.2, 0}, 5.6, 6.2, 3, flesh)
	for _, side := range [...]float64{-1, 1} {
		s.rod(vec{-6, -2.6, 4 * side}, vec{1, -1.6, 15 * side}, 4.2, 4.6, 4, flesh)
		s.ball(vec{4, -1.4, 17.5 * side}, vec{7.6, 6.0, 5.2}, 3.4, flesh)
		s.rod(vec{8, -1.8, 19.5 * side}, vec{38, -4, 22.5 * side}, 4.8, 4.0, 2.5, flesh)
		s.ball(vec{9.5, 3.3, 8.4 * side}, vec{8.5, 3.9, 8.0}, 3.2, flesh)
		s.rod(vec{0.4, 3.7, 2.4 * side}, vec{-1.4, 3.2, 8 * side}, 1.0, 0.9, 1.6, flesh)
		s.rod(vec{-1.4, 3.2, 8 * side}, vec{-0.4, 2.2, 15 * side}, 0.9, 0.9, 2.2, flesh)
		s.rod(vec{-0.6, 3.2, 1.9 * side}, vec{-12, 1.6, 4.6 * side}, 0.8, 1.6, 2.2, flesh)
	}
	s.ball(vec{11, -2.2, 0}, vec{15, 8.0, 14}, 4, flesh)
	s.rod(vec{3, 3.6, 0}, vec{14, 5.0, 0}, 0.9, 0.8, 2.5, flesh)
}

func (s *sketch) chestBones() {
	s.ball(vec{2.6, 3.9, 0}, vec{2.6, 0.8, 2.8}, 1.2, bone)
	s.ball(vec{9.8, 4.7, 0}, vec{5.6, 0.7, 1.8}, 0.6, bone)
	s.ball(vec{16.2, 4.9, 0}, vec{1.6, 0.4, 0.8}, 0.3, cartilage)
	for _, side := range [...]float64{-1, 1} {
		s.rod(vec{0.8, 3.6, 2.2 * side}, vec{-1.4, 3.0, 8 * side}, 0.85, 0.7, 0.4, bone)
		s.rod(vec{-1.4, 3.0, 8 * side}, vec{-0.4, 2.0, 15.5 * side}, 0.7, 0.75, 0.4, bone)
		for i := range 8 {
			f := float64(i)
			x := 2.2 + 2.05*f
			drop := 0.9 * f
			s.rod(vec{x, 4.3, (2.2 - 0.05*f) * side}, vec{x + 1.2 - 0.15*f, 4.1, (5.6 + 0.3*f) * side}, 0.5, 0.5, 0.2, cartilage)
			s.rod(vec{x + 1.2 - 0.15*f, 4.1, (5.6 + 0.3*f) * side}, vec{x + 0.4 + drop*0.4, 1.6, (11.0 + 0.25*f) * side}, 0.5, 0.52, 0.2, bone)
			s.rod(vec{x + 0.4 + drop*0.4, 1.6, (11.0 + 0.25*f) * side}, vec{x - 2.5, -4, (13.4 + 0.1*f) * side}, 0.52, 0.5, 0.2, bone)
		}
	}
}
