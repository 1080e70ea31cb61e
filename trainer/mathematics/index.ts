/** @file Whether an answer in mathematics is right: extraction, and a verifier that no input can hold up. */
export { type AnswerKind, extractAnswer, type ExtractOptions } from "./extract.ts";
export type { Verdict, VerdictStatus, Verifier } from "./verdict.ts";
export { type MathematicsOptions, type MathematicsVerdict, verifyMathematics } from "./verify.ts";
