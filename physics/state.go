package physics

// State is everything that changes in an insertion: a plain value without pointers, copied by assignment. Model.Start
// makes one; it belongs to one caller.
type State struct {
	started bool
	time    float64 // s since the start, summed dt
	last    Input   // last finite input
	axial   axial
	wall    [2]wall // near, far
	side    side
	turn    turn
	launch  launch
	steel   steel
	log     journal
	column  Column // under the tip, at columnU, columnV
	columnU float64
	columnV float64
	events  Events  // of this tick
	ever    Events  // since the start of the attempt
	opened  float64 // share of the marrow opened by the flush, 0..1
	holes   int32   // earlier holes through this bone
}

// axial is the state along the axis.
type axial struct {
	tip      float64 // true tip, m below undeformed skin along the axis
	cut      float64 // bottom of the hole below the periosteum's top, m along the axis
	wound    float64 // bottom of the wound in undeformed soft tissue, m
	cos      float64 // cosine of the tilt the path was laid at
	force    float64 // reaction, N, of the last substep
	feed     float64 // m/rev of the last cutting substep
	pierced  bool
	touching bool // tip on bone or in it
	stuck    bool // held in the last substep
}

// wall is the state of one cortex.
type wall struct {
	broken bool
	at     float64 // cut depth at which it broke, m
	rim    float64 // force left at the rim then, N
	path   float64 // cut depth over which the rim dwindles to nothing, m
}

// side is the state across the axis.
type side struct {
	u, v             float64 // tip on the site plate, m
	grooveU, grooveV float64 // a scratch or pit left behind, m
	groove           float64 // its depth, m; 0 = none
	atU, atV         float64 // where the present hole is, m
	toolU, toolV     float64 // where the tool stood when the tip seated, m
	tiltX, tiltY     float64 // tilt when the tip seated, rad
	momentX, momentY float64 // side moment at the bone, N.m
	way              float64 // m slid in the present slip
	before           float64 // reaction when the present slip began, N
	forceU, forceV   float64 // reaction on the tool, N
	oversize         float64 // m by which wobble has widened the hole in radius
	seated           bool
	sliding          bool
	dropped          bool // a false drop was told for this slip
	off              bool // slid off the bone and has not been drawn back
}

// turn is the state about the axis.
type turn struct {
	rps     float64 // of the driver
	torque  float64 // resisting torque while turning, N.m
	hold    float64 // torque on the hand with presliding, N.m, sign of the hand's twist
	path    float64 // revolutions since the start, counted both ways
	stalled bool
}

// launch is the state of a spring driver.
type launch struct {
	fired    bool
	flying   bool
	velocity float64 // m/s
	reach    float64 // needle beyond its housing, m
	recoil   float64 // housing thrown back, m
	kick     float64 // its speed, m/s
	hit      float64 // speed at bone or stop, for the transient, m/s
}

// steel is the state of the needle itself.
type steel struct {
	bendX, bendY float64 // permanent bend, rad
	work         float64 // plastic work, J
	wear         float64 // lost sharpness, 0..1
	slip         float64 // stylet pushed back, m
	fold         float64 // by which the shaft has been pushed together, m
	bow          float64 // angle it keeps of that, rad
	spent        float64 // work of turning at the point, J
	warm         float64 // bone beside the hole above the body, K
	hottest      float64 // the most it was, K
	harm         float64 // s for which it was harmful
	bare         float64 // way through bone or marrow with an open bore, m
	yielded      bool
	wrung        bool // twisted for good
	clogged      bool
	sheared      bool
	broken       bool
}
