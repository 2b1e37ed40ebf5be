// Package validate compares the model with published figures: the cases A1 to A46 of docs/validation.md. Every row is
// computed by running the one model with its one set of parameters; nothing is fitted per row, no row is left out.
//
//	rows, err := validate.Run(ctx, validate.Options{Only: []string{"A4"}})
//	for _, r := range rows {
//		fmt.Println(r.ID, r.Value, r.Band, r.Pass)
//	}
//
// A row whose mechanism does not exist has no value and does not pass. The package does not judge people; app/study does
// the same for populations somebody asks for.
package validate
