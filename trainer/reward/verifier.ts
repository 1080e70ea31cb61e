/** @file Verifiers by name, as rows of data call them. */
import { verifyMathematics } from "../mathematics/index.ts";
import { exactMatch } from "./exact.ts";

/** The first where nothing is said. */
export const VERIFIERS = { mathematics: verifyMathematics, exact: exactMatch } as const;
export type VerifierName = keyof typeof VERIFIERS;
export const VERIFIER_NAMES = Object.keys(VERIFIERS) as VerifierName[];
