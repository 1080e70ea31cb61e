// Holds Touchline against foreign programs. There is none yet: what could be compared (model weights, answers
// of other trainers, GRF's importer) comes with those parts, and its comparisons belong here.
console.log("test:interop: nothing to compare yet; no part of Touchline has a foreign counterpart so far.");
