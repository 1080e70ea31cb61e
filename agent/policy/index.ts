/** @file Policies: who decides on an action, and how each is written on the command line. */
export type {
  Decision,
  Policy,
  PolicyInput,
  PolicyStart,
  PrivilegedInput,
  PrivilegedPolicy,
  SeeingPolicy,
  Side,
} from "./policy.ts";
export { parsePolicy, POLICY_FORMS } from "./parse.ts";
