/** @file Does nothing: the floor that every other policy is held against. */
import type { SeeingPolicy } from "./policy.ts";

export function idlePolicy(): SeeingPolicy {
  return { name: "idle", start: () => undefined, decide: () => ({ action: 0 }) };
}
