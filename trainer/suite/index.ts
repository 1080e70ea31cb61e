/** @file Suites of questions, by name. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import { aime } from "./aime.ts";
import { gpqaDiamond } from "./gpqa.ts";
import { gsm8k } from "./gsm8k.ts";
import { math500 } from "./math500.ts";
import { mathverse } from "./mathverse.ts";
import { mathvision } from "./mathvision.ts";
import { mathvista } from "./mathvista.ts";
import { mmmu } from "./mmmu.ts";
import { mmstar } from "./mmstar.ts";
import { olympiadbench } from "./olympiadbench.ts";
import { reasoningFrames, reasoningText } from "./reasoning.ts";
import type { Suite } from "./suite.ts";

export * from "./suite.ts";

const ALL: readonly Suite[] = [
  math500,
  gpqaDiamond,
  gsm8k,
  aime,
  olympiadbench,
  mathvision,
  mathverse,
  mathvista,
  mmstar,
  mmmu,
  reasoningText,
  reasoningFrames,
];

/** By name, those of LMM-R1's paper among the first. */
export const SUITES: Readonly<Record<string, Suite>> = Object.fromEntries(
  ALL.map((suite) => [suite.name, suite]),
);

export function listSuites(): readonly Suite[] {
  return ALL;
}

/** @throws TouchlineError `suite/unknown`, with the name that was most likely meant. */
export function loadSuite(name: string): Suite {
  const suite = ALL.find((one) => one.name === name);
  if (suite) return suite;
  throw new TouchlineError(
    "suite/unknown",
    unknownName(
      "suite",
      name,
      ALL.map((one) => one.name),
    ),
  );
}
