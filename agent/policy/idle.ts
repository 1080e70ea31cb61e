/** @file Does nothing: the floor that every other policy is held against. */
import { IDLE_ACTIONS } from "../../env/football/index.ts";
import type { SeeingPolicy } from "./policy.ts";

export function idlePolicy(): SeeingPolicy {
  return { name: "idle", start: () => undefined, decide: ({ set }) => ({ action: IDLE_ACTIONS[set] }) };
}
