package draw

import (
	"testing"
	"time"
)

func TestLimbShots(t *testing.T) {
	onlyForShots(t)
	take := func(name string, v LimbView) {
		img := canvas(800, 500)
		start := time.Now()
		Limb(img, v)
		t.Log(name, time.Since(start))
		shot(t, name, img)
	}
	take("limb-adult", LimbView{Labels: true, ShowIdeal: true})
	take("limb-adult-inside", LimbView{Labels: true, Inside: true, ShowIdeal: true, Side: RightSide, Tone: 1})
	take("limb-adult-near", LimbView{Zoom: 2.2, Inside: true, Labels: true, ShowIdeal: true, ShowNeedle: true, TipMM: -2})
	take("limb-child", LimbView{Who: Child, Labels: true, Tone: 2, ShowChosen: true, Chosen: Point{0.005, 0.002}, ShowHover: true, Hover: Point{0.02, 0.01}})
	take("limb-infant", LimbView{Who: Infant, Labels: true, ShowIdeal: true, ShowNeedle: true, Needle: NeedleShape{LengthMM: 15}, TipMM: 6})
	take("limb-infant-inside", LimbView{Who: Infant, Labels: true, ShowIdeal: true, Inside: true, Mottled: true, Zoom: 1.6})
	take("limb-newborn", LimbView{Who: Newborn, Labels: true, Tone: 3, Inside: true, Hand: HandBehind})
	take("limb-humerus", LimbView{Site: ProximalHumerus, Labels: true, ShowIdeal: true})
	take("limb-humerus-inside", LimbView{Site: ProximalHumerus, Side: RightSide, Who: Child, Zoom: 1.6, Labels: true, ShowIdeal: true, Inside: true, Tone: 1, ShowNeedle: true})
	take("limb-sternum", LimbView{Site: Sternum, Labels: true, ShowIdeal: true})
	take("limb-sternum-inside", LimbView{Site: Sternum, Labels: true, ShowIdeal: true, Inside: true})
	take("limb-ankle", LimbView{Site: DistalTibia, Zoom: 2, Labels: true, ShowIdeal: true, ShowNeedle: true})
	take("limb-femur", LimbView{Site: DistalFemur, Who: Infant, Zoom: 1.5, Labels: true, ShowIdeal: true, Inside: true, ShowNeedle: true, Needle: NeedleShape{LengthMM: 15}})
	take("sign-bruise", LimbView{Signs: Bruise})
	take("sign-scar", LimbView{Signs: Scar, Side: RightSide})
	take("sign-dressing", LimbView{Signs: Dressing, Tone: 1})
	take("sign-red", LimbView{Signs: Redness, Who: Obese})
	take("sign-band", LimbView{Signs: PaleBand, Who: Infant, Mottled: true})
	take("sign-white", LimbView{Signs: White, Who: Newborn})
	take("sign-burn", LimbView{Signs: Burn, Site: ProximalHumerus})
	take("limb-obese", LimbView{Who: Obese, Labels: true, Hand: HandBeside, Swelling: 0.8})
}
