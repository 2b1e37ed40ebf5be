package scenarios

// rules holds every key of a case file. Ranges are wide enough for any real patient and narrow enough to catch a slip of
// the finger (kg for g, s for min); what is merely unusual is the instructor's business.
var rules = []rule{
	text("id", 1, 40, "Stable name of the case, used on the command line and in the gradebook.").need().like(idPattern, idWords),
	text("title", 1, 60, "What the gallery shows.").need(),
	word("situation", ids(situations), "Which of the five situations it trains.").need(),
	number("difficulty", "", 1, 3, "1 easy, 2 middling, 3 hard.").need(),
	number("minutes", "min", 1, 60, "How long a run takes, for the gallery.").need(),
	word("picture", pictures, "Which leg is drawn.").need(),
	list("story", 1, 8, "Paragraphs the learner reads before and during the case.").need(),
	text("story[]", 1, 600, "One paragraph."),
	word("scene", scenes, "`vehicle` shakes the leg while the case runs."),

	group("patient", "The person.").need(),
	number("patient.age_years", "years", 0, 95, "Age after birth.").need(),
	text("patient.age_text", 1, 40, "Age as it is spoken: \"7 months\"."),
	number("patient.ga_weeks", "weeks", 0, 42, "Gestational age at birth; 0 or absent means term, otherwise 24 to 42."),
	word("patient.sex", []string{"female", "male"}, "Sex, as far as the anatomy data distinguish it.").need(),
	number("patient.weight_kg", "kg", 0.5, 300, "Body weight.").need(),
	number("patient.bmi", "kg/m2", 0, 80, "Body mass index; 0 or absent means typical for the age, otherwise 8 to 80."),
	word("patient.bone", []string{"normal", "osteoporotic"}, "State of the bone; absent means normal."),
	yesNo("patient.awake", "Feels pain: lidocaine before the flush."),
	list("patient.allergies", 0, 10, "Drug ids the patient must not have."),
	word("patient.allergies[]", ids(drugs), "A drug id."),
	group("patient.anatomy", "Overrides of the sampled anatomy, wherever the needle goes."),
	number("patient.anatomy.soft_tissue_mm", "mm", 1, 80, "Skin and fat over the bone."),
	number("patient.anatomy.cortex_mm", "mm", 0.2, 12, "Near cortex at the ideal point."),
	number("patient.anatomy.medulla_mm", "mm", 2, 60, "Depth of the cavity at the ideal point."),
	number("patient.anatomy.face_width_mm", "mm", 3, 60, "Width of the flat face."),
	number("patient.anatomy.growth_plate_mm", "mm", 0, 60, "From the ideal point up to the growth plate."),
	number("patient.anatomy.strength", "x", 0.1, 4, "Multiplier of the bone's strength."),
	number("patient.anatomy.cancellous_g_cm3", "g/cm3", 0.02, 1, "Density of the cancellous bone."),

	list("vitals", 1, 40, "What the monitor shows, in order of `at_s`; the first at 0.").need(),
	group("vitals[]", "One state of the monitor."),
	number("vitals[].at_s", "s", 0, 3600, "From when on, since the case began.").need(),
	word("vitals[].rhythm", rhythms, "Rhythm on the trace.").need(),
	number("vitals[].hr", "1/min", 0, 300, "Heart rate; 0 without a pulse.").need(),
	number("vitals[].spo2", "%", 0, 100, "Saturation; 0 shows no trace."),
	number("vitals[].sys", "mmHg", 0, 300, "Systolic pressure; 0 is not measurable."),
	number("vitals[].dia", "mmHg", 0, 200, "Diastolic pressure."),
	number("vitals[].rr", "1/min", 0, 120, "Breaths."),
	number("vitals[].crt_s", "s", 0, 15, "Capillary refill time."),
	text("vitals[].remarks", 1, 200, "What the team says or sees."),

	group("clock", "Time targets.").need(),
	number("clock.decide_s", "s", 5, 600, "Decision for the bone, since the case began.").need(),
	number("clock.cortex_s", "s", 1, 300, "From bone contact to the pop.").need(),
	number("clock.drug_s", "s", 5, 1800, "From the pop to drug or fluid.").need(),
	number("clock.limit_s", "s", 60, 3600, "The case ends.").need(),

	group("tray", "What can be picked up.").need(),
	list("tray.drivers", 1, 3, "Drivers on the tray.").need(),
	word("tray.drivers[]", ids(drivers), "A driver."),
	list("tray.needles", 1, 12, "Needles on the tray, wrong ones too.").need(),
	word("tray.needles[]", needleIDs(), "A needle id."),
	number("tray.battery", "of full charge", 0, 1, "Charge of the drill; 0 is no power at all."),
	list("tray.drugs", 1, 10, "Drugs and fluids; saline for flushing is always there.").need(),
	word("tray.drugs[]", ids(drugs), "A drug id."),

	list("limbs", 1, 10, "Where a needle could go.").need(),
	group("limbs[]", "One place."),
	word("limbs[].side", sides, "Side of the patient.").need(),
	word("limbs[].site", ids(sites), "Site.").need(),
	list("limbs[].findings", 0, 12, "What examination of it shows; a check without a finding shows nothing unusual."),
	group("limbs[].findings[]", "One finding."),
	word("limbs[].findings[].check", ids(checks), "Which check reveals it.").need(),
	text("limbs[].findings[].text", 1, 240, "What is seen, felt or said.").need(),
	yesNo("limbs[].findings[].contraindicates", "It forbids this place."),

	group("plan", "What a good learner does.").need(),
	word("plan.driver", ids(drivers), "Driver.").need(),
	list("plan.needles", 1, 6, "Any of these is right, the first is best.").need(),
	word("plan.needles[]", needleIDs(), "A needle id."),
	word("plan.site", ids(sites), "Site.").need(),
	word("plan.side", []string{"left", "right", "either"}, "Side.").need(),
	number("plan.tolerance_mm", "mm", 1, 40, "Greatest distance from the ideal point.").need(),
	number("plan.tilt_deg", "deg", 1, 45, "Greatest tilt from the perpendicular.").need(),
	list("plan.push_n", 2, 2, "Least and greatest good push.").need(),
	number("plan.push_n[]", "N", 0, 200, "A push."),
	list("plan.lidocaine_mg", 2, 2, "Least and greatest dose; 0, 0 or absent when not awake."),
	number("plan.lidocaine_mg[]", "mg", 0, 200, "A dose."),
	number("plan.flush_ml", "mL", 1, 20, "Least volume of the flush.").need(),
	word("plan.drug", ids(drugs), "First drug or fluid.").need(),

	list("steps", 1, 30, "The guide of learn mode, in order.").need(),
	group("steps[]", "One step."),
	text("steps[].id", 1, 40, "Name, unique in the case.").need().like(idPattern, idWords),
	text("steps[].title", 1, 60, "What to do.").need(),
	text("steps[].how", 1, 200, "How, in one line.").need(),
	text("steps[].why", 1, 240, "Why, in one line.").need(),
	word("steps[].done", actionWords, "The action that completes it.").need(),

	group("rubric", "How it is graded.").need(),
	number("rubric.pass", "points", 0, 100, "Least score that passes.").need(),
	list("rubric.items", 1, 40, "The checklist; points add up to 100.").need(),
	group("rubric.items[]", "One line of the checklist."),
	text("rubric.items[].id", 1, 40, "Name, unique in the rubric.").need().like(idPattern, idWords),
	text("rubric.items[].title", 1, 60, "What was to be done.").need(),
	number("rubric.items[].points", "points", 0, 100, "Points for it; 0 for a rule that only fails.").need(),
	text("rubric.items[].when", 1, 300, "Expression: the item counts only if it holds; absent means always."),
	text("rubric.items[].full", 1, 300, "Expression: all points.").need(),
	text("rubric.items[].partial", 1, 300, "Expression: half the points; absent means none."),
	yesNo("rubric.items[].critical", "Without any points for it the run is not passed."),
	text("rubric.items[].evidence", 1, 240, "What the debrief shows, with {fact} holes.").need(),
	text("rubric.items[].at", 1, 40, "Fact that holds the time of the evidence."),
	text("rubric.items[].advice", 1, 240, "One sentence when full points were missed, with {fact} holes."),

	list("sources", 0, 40, "Where figures and rules come from."),
	group("sources[]", "One source."),
	text("sources[].claim", 1, 160, "What it is about.").need(),
	text("sources[].used", 1, 300, "What this case teaches.").need(),
	text("sources[].original", 1, 300, "What the clinical document says where it differs."),
	text("sources[].reference", 1, 300, "Where it can be read.").need(),

	number("seed", "", 0, 1<<53, "Seed of the patient's bone."),
}

// actionWords are the actions a step can wait for.
var actionWords = func() []string {
	words := make([]string, len(Actions))
	for i, a := range Actions {
		words[i] = string(a)
	}
	return words
}()
