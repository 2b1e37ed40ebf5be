package physics

import (
	"math"
	"testing"
)

// beside returns a needle pushed down beside a newborn's bone, well below its surface.
func beside(t *testing.T) *bench {
	t.Helper()
	b := newBench(t, newborn, ProximalTibia, "manual-18g", 2)
	soft := b.model.anatomy.SoftTissue()
	b.in.V = b.model.anatomy.FaceHalfWidth + 1*mm
	for depth := -1 * mm; depth < soft+4*mm; depth += 10e-6 {
		b.in.Depth, b.in.Velocity = depth, 10e-3
		b.out = b.model.Step(&b.state, b.in, 1e-3)
	}
	if b.out.Zone != BesideBone {
		t.Fatalf("ended in %v", b.out.Zone)
	}
	return b
}

// A needle that went in beside the bone and is then moved sideways does not pass through the side of the bone: the push of the
// bone's face does not fall upon it from one tick to the next.
func TestBoneIsNotEnteredThroughItsSide(t *testing.T) {
	b := beside(t)
	felt := b.out.Reaction
	b.in.Velocity = 0
	for b.in.V > 0 {
		b.in.V -= 20e-6
		b.out = b.model.Step(&b.state, b.in, 1e-3)
		if math.Abs(b.out.Reaction-felt) > 1 || b.out.Zone != BesideBone {
			t.Fatalf("at %.2f mm of %.2f: %.1f to %.1f N in a tick, in %v", b.in.V/mm, b.model.anatomy.FaceHalfWidth/mm, felt, b.out.Reaction, b.out.Zone)
		}
		felt = b.out.Reaction
	}
	if b.out.LateralV < 0.1 {
		t.Errorf("the side of the bone is felt with %.2f N; want a push back", b.out.LateralV)
	}
	for b.in.Depth > -2*mm {
		b.in.Depth -= 20e-6
		b.out = b.model.Step(&b.state, b.in, 1e-3)
	}
	if b.out.LateralV != 0 || b.out.Zone != Outside {
		t.Errorf("drawn out it still pushes sideways with %.2f N in %v", b.out.LateralV, b.out.Zone)
	}
}

// A tip that slides off the edge of the face is off from that substep on: it has no bone under it to meet again.
func TestATipThatFellOffHasNoBoneUnderIt(t *testing.T) {
	b := newBench(t, newborn, ProximalTibia, "manual-18g", 2)
	b.in.V = 0.8 * b.model.anatomy.FaceHalfWidth
	b.in.TiltY = 20 * math.Pi / 180
	b.force, b.reflex = 12, 0
	for b.time < 2 {
		b.tick(1e-4)
		if b.state.side.off && b.state.column.Place != OffBone {
			t.Fatalf("at %.4f s it fell off %.4f mm beside the middle of a face of %.4f mm and stands on the %v",
				b.time, b.state.side.v/mm, 2*b.model.anatomy.FaceHalfWidth/mm, b.state.column.Place)
		}
	}
	if !b.state.side.off {
		t.Error("it never fell off")
	}
}

// The housing of a spring device meets the skin with a stiffness the leg renders between ticks, not with a force that lags.
func TestHousingIsASpringBetweenTicks(t *testing.T) {
	b := benchOf(t, plain(3*mm), "spring-15g-adult")
	b.in.Depth = 2 * mm
	o := b.model.Step(&b.state, b.in, 1e-3)
	o = b.model.Step(&b.state, b.in, 1e-3)
	same(t, "push", o.Reaction, hubStiffness*2*mm, 1e-9)
	at := func(depth float64) float64 { return o.Force + max(0, o.Stiffness*(depth-o.Anchor)) }
	same(t, "push 0.5 mm back", at(1.5*mm), hubStiffness*1.5*mm, 1e-9)
	same(t, "push off the skin", at(-1*mm)+1, 1, 1e-9)
}
