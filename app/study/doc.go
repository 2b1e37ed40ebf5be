// Package study runs many virtual trials at once and says what they amount to, with intervals.
//
//	people, err := study.ParseSpec("age=3..9mo,weight=5..9kg,sex=any")
//	plan := study.Plan{People: people, N: 500, Hand: "trained", Needle: "ez-15", Seed: 7}
//	summary, err := study.Run(ctx, plan, nil)
//	fmt.Println(summary.Success.Rate, summary.Success.CI95)
//
// Every virtual person is drawn from one seed of their own, so the result is the same whatever the number of jobs. The
// package also compares two needles on the same bones and hands, lets an infusion run, and drills through tubular bones.
//
// It does not grade people without a case, does not draw and does not judge the model: app/study/validate does that.
package study
