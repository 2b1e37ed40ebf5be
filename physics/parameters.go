package physics

// Site is a place where an intraosseous needle is put.
type Site string

// The sites.
const (
	ProximalTibia   Site = "proximal-tibia"
	DistalTibia     Site = "distal-tibia"
	ProximalHumerus Site = "proximal-humerus"
	DistalFemur     Site = "distal-femur"
	Sternum         Site = "sternum"
)

// Sex of a patient.
type Sex string

// The sexes the anatomy data distinguishes.
const (
	Female Sex = "female"
	Male   Sex = "male"
)

// Quality is the state of a patient's bone.
type Quality string

// The bone qualities.
const (
	NormalBone       Quality = "normal"
	OsteoporoticBone Quality = "osteoporotic"
)

// Patient is what decides an anatomy, together with a site and a seed.
type Patient struct {
	Age    float64 // years after birth, 0..95
	GA     float64 // gestational age at birth, weeks, 0 = term (40) or 24..42
	Sex    Sex
	Weight float64 // kg, 0.5..300
	BMI    float64 // kg/m2, 0 = typical for age, or 8..80
	Bone   Quality
	Donor  bool // after death: nothing circulates and the marrow has clotted
	// Set overrides sampled anatomy by name, in the unit of the name: cortex_mm, soft_tissue_mm, medulla_mm,
	// face_width_mm, growth_plate_mm, strength (multiplier), cancellous_g_cm3. Unknown names are an error.
	Set map[string]float64
}

// DriverKind is one of the three ways a needle is put through bone.
type DriverKind string

// The drivers.
const (
	Manual  DriverKind = "manual"
	Powered DriverKind = "powered"
	Spring  DriverKind = "spring"
)

// Needle is a needle set as data.
type Needle struct {
	ID           string
	Title        string
	Driver       DriverKind
	OuterRadius  float64 // m, 0.2e-3..3e-3
	InnerRadius  float64 // m, bore of the tube, < OuterRadius
	StyletRadius float64 // m, < InnerRadius
	Length       float64 // hub to tip, m
	TipLength    float64 // length of the taper, m
	ChiselRadius float64 // radius of the blunt point, m
	Sharpness    float64 // 1 new, 0 fully worn
	Cutting      float64 // cutting efficiency of the tip geometry against a plain trocar, 0.3..3; divides cutting pressure
	Mark         float64 // distance of the depth mark from the hub, m (the "5 mm" mark), 0 = no mark
	StopDepth    float64 // depth limiter or spring stop: greatest depth below skin, m, 0 = the hub stops it
	Step         float64 // stepped shaft: from the point to the step that stands on the wall, m, 0 = none
	HubTorque    float64 // torsional strength of the hub bond, N.m
	StyletHold   float64 // axial load at which the stylet lock slips back, N
	Modulus      float64 // Young's modulus of the tube, Pa
	YieldStress  float64 // Pa
	Guide        float64 // length of shaft next to the hub that fingers steady, m, 0..Length; 0 = held at the hub
	HubMass      float64 // kg, what the standing needle carries
	ShaftGrip    float64 // grip of bone on the shaft against a plain tube, 0 = 1, 0.01..3; a fluted drill clears its hole
	Web          float64 // twist drills: half the length of the chisel edge between the lips, m, 0..OuterRadius; 0 = a trocar
}

// Driver is the thing that turns or throws the needle.
type Driver struct {
	Kind        DriverKind
	NoLoadRPS   float64 // powered: rev/s at full battery, no torque
	StallTorque float64 // powered: N.m at full battery
	Battery     float64 // powered: charge 0..1; 0 is no power at all
	SpringMass  float64 // spring: moving mass, kg
	SpringRate  float64 // spring: N/m
	SpringSet   float64 // spring: compression when cocked, m
}

// Rendering is what the leg that renders the model can bear.
type Rendering struct {
	ContactStiffness float64 // N/m, stiffness of the tip against the material front
	ContactDamping   float64 // N.s/m
}

// DefaultRendering suits the virtual leg, which renders between ticks at 10 kHz or faster.
func DefaultRendering() Rendering {
	return Rendering{ContactStiffness: 40e3, ContactDamping: 8}
}
