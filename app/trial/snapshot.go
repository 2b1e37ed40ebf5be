package trial

// Snapshot is the newest state of a run, of fixed size and without pointers so that it can live in shared memory.
type Snapshot struct {
	Tick      int64
	Time      float64 // s since the case began
	Position  float64 // m
	Tip       float64 // true tip, m below skin
	TipU      float64
	TipV      float64
	U, V      float64 // where the tool stands
	Force     float64 // rendered axial force, N
	Effort    float64 // push of the hand, N
	Torque    float64 // N.m
	TiltX     float64 // rad
	TiltY     float64
	TwistRate float64 // rad/s
	Twist     float64 // rad
	Trigger   float64
	Rev       float64 // rev/s of the driver
	MarkMM    float64
	FarGap    float64 // m
	Extension float64 // m
	Swelling  float64 // of the limb around the needle, 0..1; seen from 0.5 on
	RateHz    float64
	LateP99   float64 // us
	LateMax   float64 // us
	Overruns  int64
	Dropped   int64
	Link      LinkNow // all 0 on the virtual leg
	Events    uint32  // all events since the attempt began
	Zone      uint8
	Fault     uint8
	Sched     uint8 // index into haptics scheduling classes
	Stylet    bool
	Running   bool
}

// LinkNow is how the link to a leg does.
type LinkNow struct {
	RateHz  float64 // states a second
	RTTUS   float64 // median round trip, us
	Lost    int64   // states that never came
	Damaged int64   // frames that failed a check
	Celsius float64 // of the stage
}

// Point is one tick for the scopes.
type Point struct {
	Tick   int64
	Time   float32 // s
	Depth  float32 // true tip, m
	Force  float32 // N
	Events uint32
}
