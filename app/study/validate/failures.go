package validate

// failures says why a row fails, where it does; shown only for rows that fail.
var failures = map[string]string{}
