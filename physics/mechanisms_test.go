package physics

import (
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// mechanism is one mechanism of docs/model.md, the equations that say it, and the tests that hold it: one shows its closed form
// or what never changes in it, the other what is missing when its term is taken away. Both may be one test that does the two.
type mechanism struct {
	name      string
	equations string // numbers in docs/model.md, separated by blanks
	form      func(*testing.T)
	without   func(*testing.T)
}

var mechanisms = []mechanism{
	// 1 frame
	{"tilted path", "1", TestTiltLengthensThePath, TestTiltKeepsDepthUntilTheTipHasSeated},
	{"way between ticks", "", TestToolFollowsTheCubicBetweenTicks, TestWithoutVelocityTheWayIsStraight},
	{"substeps", "", TestSubstepsAreEqualAndShort, TestTheSameHandMeetsTheSameBoneAtEveryRate},
	{"not finite", "", TestNotFiniteIsTheLastFinite, TestAnyoneIsAnsweredWithinBounds},
	// 2 patient
	{"layers", "", TestMeansMatchTheSources, TestDirectionsMatchTheSources},
	{"spread between people", "", TestSpreadsMatchTheSources, TestSetOverridesWhatWasDrawn},
	{"map of the bone", "", TestColumnsAreOrderedEverywhere, TestThePointIsTheBestPlace},
	{"narrow shaft", "", TestShaftIsNarrowerThanTheEnd, TestDistalPointIsHarder},
	{"growth plate and joint", "", TestNewbornGrowthPlateLiesWhereBoonFoundIt, TestShellOverTheGrowthPlateIsThin},
	{"zones", "", TestEveryZoneIsReached, TestEveryZoneIsReached},
	// 3 soft tissue
	{"indentation", "2", TestSkinPushesAsTheSquareOfTheDent, TestSkinPushesAsTheSquareOfTheDent},
	{"puncture", "3", TestPunctureForceFollowsNeedleAndSkin, TestWithoutSkinOrPeriosteumContactIsLighter},
	{"wound", "4", TestWoundFollowsTheTip, TestWoundFollowsTheTip},
	{"loss in tissue", "", TestSkinLosesWithSpeed, TestSkinLosesWithSpeed},
	// 4 friction
	{"friction that holds", "5", TestSlideSolvesItsEquation, TestWithoutGripTheNeedleIsLoose},
	{"hold of a needle let go", "", TestNeedleLetGoIsHeld, TestHeldNeedleResistsAPullBetweenTicks},
	{"friction of spongy bone", "5a", TestSpongyBoneGripsTheShaft, TestSpongyBoneGripsTheShaft},
	{"play and bend in the hole", "", TestPlayLoosensAndBendHolds, TestPlayLoosensAndBendHolds},
	// 5 cutting
	{"engaged area", "6", TestEngagedAreaIsADifferenceOfSections, TestDeepTissueResistsBehindTheBone},
	{"thrust against feed", "7", TestThrustFollowsFeed, TestThrustFollowsFeed},
	{"chisel edge", "7a", TestChiselEdgePressesIn, TestChiselEdgePressesIn},
	{"limit of the feed", "", TestFeedIsLimited, TestFeedIsLimited},
	{"dent without turning", "8", TestTipThatIsNotTurnedOnlyDents, TestGripBearsAPartOfThePush},
	{"way of a substep", "9", TestCutSolvesItsEquation, TestCutSolvesItsEquation},
	{"torque", "10", TestTorqueFallsWithWear, TestFrictionOpposesTheSlip},
	{"marrow", "11", TestMarrowIsCrushed, TestMarrowIsCrushed},
	{"texture", "", TestTextureIsAFunctionOfPlace, TestWithoutTextureTheCutIsSmooth},
	{"dullness", "", TestDrillMatchesMacAvelia, TestWornTipGivesNoDrop},
	{"wear", "", TestWearIsWork, TestWearIsWork},
	// 6 pop
	{"breakout", "12", TestWallBreaksWhereShearSays, TestWithoutBreakoutThereIsNoPop},
	{"rim", "", TestRimIsLeftOfABrokenWall, TestRimIsLeftOfABrokenWall},
	{"fall of the force", "", TestForceFallsAfterThePop, TestWithoutBreakoutThereIsNoPop},
	{"plunge", "", TestHarderPushPlungesDeeper, TestWithoutGripTheNeedleIsLoose},
	{"clarity", "", TestClarityIsDropOverNoise, TestClarityIsDropOverNoise},
	{"far wall", "", TestFarWallIsMetAndBroken, TestFarWallIsMetAndBroken},
	// 7 drivers
	{"motor", "13", TestMotorSettlesOnItsLoadLine, TestMotorSpinsUp},
	{"stall", "", TestStallAndRelease, TestDriverNeedsChargeAndMeasure},
	{"heat", "13a", TestTheShellWarmsToWhatItLoses, TestTheShellWarmsToWhatItLoses},
	{"spring", "18", TestSpringEnergyIsTheNeedles, TestShotsDiffer},
	{"recoil", "", TestHousingRecoils, TestSpringEnergyIsTheNeedles},
	{"glancing shot", "", TestALeaningShotGlancesOff, TestALeaningShotGlancesOff},
	// 8 sideways
	{"friction cone", "14", TestTipSkatesAtTheFrictionCone, TestSlidingHasLessFriction},
	{"walking", "", TestSpinningTipWalksAcrossItsTilt, TestSpinningTipWalksAcrossItsTilt},
	{"bite", "15", TestBiteGrowsWithTheDent, TestWithoutBiteTheTipSkates},
	{"slide", "16", TestSlideEndsWhereTheSpringHolds, TestSlidingHasLessFriction},
	{"seat", "", TestSeatedTipDoesNotSlide, TestSeatedTipDoesNotSlide},
	{"groove and false drop", "", TestPitCatchesASlidingTip, TestPitCatchesASlidingTip},
	{"pit left behind", "", TestSlippingTipLeavesItsPit, TestPitCatchesASlidingTip},
	{"off the edge", "", TestFalseDropOffTheFace, TestATipThatFellOffHasNoBoneUnderIt},
	{"side of the bone", "", TestBoneIsNotEnteredThroughItsSide, TestBoneIsNotEnteredThroughItsSide},
	{"tilt stiffness", "17", TestPurchaseIsShaftAndWallInSeries, TestPurchaseIsShaftAndWallInSeries},
	{"bend and yield", "", TestWhatTheSteelDoesNotBearStays, TestWhatTheSteelDoesNotBearStays},
	{"break", "", TestTubeBreaksByItsWork, TestTubeBreaksByItsWork},
	{"buckling of a standing shaft", "17a 17b", TestAStraightShaftBearsItsEulerLoad, TestAPushAsideBearsLess},
	{"folding", "17c", TestAnOverloadedShaftFolds, TestAnOverloadedShaftFolds},
	{"buckling while sliding", "", TestLongShaftBucklesWhileItSlides, TestLongShaftBucklesWhileItSlides},
	{"torsion of the tube", "", TestTubesYieldInTorsion, TestTubesYieldInTorsion},
	{"hub bond", "", TestHubShearsAboveItsTorque, TestHubShearsAboveItsTorque},
	{"stylet lock", "", TestStyletSlipsAboveItsHold, TestStyletSlipsAboveItsHold},
	{"clogging", "", TestOpenBoreClogsByItsWay, TestOpenBoreClogs},
	{"wobble", "", TestRockingWidensTheHole, TestRockingWidensTheHole},
	// 9 felt
	{"split of the reaction", "19", TestHousingIsASpringBetweenTicks, TestHeldNeedleResistsAPullBetweenTicks},
	{"front half a tick ahead", "19a", TestFrontIsRenderedHalfATickAhead, TestFrontIsRenderedHalfATickAhead},
	{"damping in bone", "", TestBoneDampsATool, TestBoneDampsATool},
	{"hub and limiter", "", TestHubAndLimiterMeetTheSkin, TestHubAndLimiterMeetTheSkin},
	{"ring and step", "3a", TestLimitersHoldThePointBack, TestLimitersHoldThePointBack},
	{"torque in the handle", "", TestHandleWindsUp, TestHandleWindsUp},
	{"vibration", "", TestVibrationFollowsTheTip, TestVibrationFollowsTheTip},
	{"bursts", "", TestBurstsFollowWhatHappened, TestBurstsFollowWhatHappened},
	{"mark and gap", "", TestMarkAndGapFollowTheTip, TestMarkAndGapFollowTheTip},
	// 10 afterwards
	{"standing", "20", TestNeedleStandsByItsWall, TestNeedleStandsByItsWall},
	{"mouth behind the point", "20a", TestBoreOpensBehindThePoint, TestHalfInLeaksInThinBone},
	{"opening of the bore", "", TestBoreOpensBehindThePoint, TestThePointIsThroughBeforeTheCannulaIs},
	{"line and needle", "21", TestNeedleFlow, TestLinesRunAsMeasured},
	{"marrow's flow", "22", TestSeriesIsAQuadratic, TestBagAgainstGravity},
	{"leaks", "22a 22b 22c", TestLeakConductancesMatchTheirClosedForms, TestEachFaultLeaksAndItsAbsenceDoesNot},
	{"swelling", "22d 22e", TestCompartmentFillsAndPushesBack, TestVolumeIsConserved},
	{"snags", "23", TestSnags, TestSnags},
	{"pain", "24 25", TestPainIsNearWhatWasReported, TestPainIsOrdered},
	{"drugs", "26", TestMixedVolumesConserve, TestDrugTransitIsOrdered},
}

// Every mechanism has a test of its form and one of its absence, every equation of docs/model.md belongs to one, and what the
// table names are tests that run by themselves.
func TestEveryMechanismIsTested(t *testing.T) {
	page, err := os.ReadFile("../docs/model.md")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, m := range mechanisms {
		have = append(have, strings.Fields(m.equations)...)
		for _, f := range []func(*testing.T){m.form, m.without} {
			if f == nil {
				t.Errorf("%s lacks a test", m.name)
				continue
			}
			name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
			if !strings.Contains(name, ".Test") {
				t.Errorf("%s: %s is no test by itself", m.name, name)
			}
		}
	}
	bone, _, _ := strings.Cut(string(page), "\n## 11. The hand") // the people are tested in haptics/virtual
	for _, found := range regexp.MustCompile(`(?m)^ +\((\d+[a-z]?)\)`).FindAllStringSubmatch(bone, -1) {
		if !slices.Contains(have, found[1]) {
			t.Errorf("equation (%s) of docs/model.md belongs to no mechanism of the table", found[1])
		}
	}
	if len(have) < 25 {
		t.Errorf("only %d equations in the table", len(have))
	}
}
