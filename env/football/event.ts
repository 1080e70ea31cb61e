/** @file What happens in a match, for the event list, the banners, rewards and statistics. */

export type FootballEvent = {
  /** Tick at which it happened. */
  tick: number;
  /** Lineup index of who did it, -1 for nobody. */
  player: number;
  team: 0 | 1;
} & EventKind;

export type EventKind =
  | { kind: "kick-off" | "throw-in" | "goal-kick" | "corner" }
  /** `lofted` passes leave the ground; `receiver` is whom it was meant for, -1 for nobody. */
  | { kind: "pass"; lofted: boolean; receiver: number }
  | { kind: "pass-completed"; from: number }
  | { kind: "shot"; header: boolean }
  | { kind: "clearance" }
  /** The player took the ball from the other team. */
  | { kind: "interception" | "tackle" }
  | { kind: "slide" }
  | { kind: "save"; caught: boolean }
  | { kind: "block" }
  | { kind: "post" | "bar" }
  | { kind: "goal"; ownGoal: boolean; score: readonly [number, number] }
  | { kind: "out-of-play" }
  | { kind: "full-time" };
