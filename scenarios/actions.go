package scenarios

// Actions lists every action in the order a good procedure takes them.
var Actions = []ActionKind{
	Decide, Check, ChooseSite, ChooseDriver, ChooseNeedle, Locate, Clean, SteadyHand, Insert, CheckMark, Release,
	StyletRemove, CheckStands, Aspirate, Lidocaine, Flush, Watch, Secure, Drug, Document, Hint, Withdraw, Finish,
}
