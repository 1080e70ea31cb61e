/** @file Policies: who decides on an action, and how each is written on the command line. */
export type {
  Decision,
  DecisionSteps,
  Policy,
  PolicyInput,
  PolicyStart,
  PrivilegedInput,
  PrivilegedPolicy,
  SeeingPolicy,
  Side,
} from "./policy.ts";
export { AT_REST, type Hands, type HumanPolicy, humanPolicy, LET_GO, type Press, PRESSES } from "./human.ts";
export { whileLoading } from "./loading.ts";
export { parsePolicy, POLICY_FORMS, type PolicyOptions, SHIPPED_MODEL } from "./parse.ts";
export { wordsPolicy, type WordsOptions } from "./words.ts";
