/** @file Rates and means with their uncertainty, comparisons, repeats, and how many samples a claim needs. */
export { bootstrapMacroMean, bootstrapMean, type BootstrapOptions, type Clustered } from "./bootstrap.ts";
export { bradleyTerry, type Meeting, type Rating } from "./bradley-terry.ts";
export {
  apart,
  type Mean,
  meanOf,
  pairedDifference,
  type Rate,
  STUDENT_MOST,
  studentMean,
  wilson,
} from "./interval.ts";
export { comparePairs, mcNemar, type Pair, type PairedComparison } from "./paired.ts";
export { detectableDifference, pairsToTell, samplesToTell } from "./power.ts";
export { majority, passAll, passAny } from "./repeats.ts";
