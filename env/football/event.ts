/** @file What happens in a match, for the event list, the banners, rewards and statistics. */

export type FootballEvent = {
  /** Tick at which it happened. */
  tick: number;
  /** Lineup index of who did it, -1 for nobody. */
  player: number;
  team: 0 | 1;
} & EventKind;

export type EventKind =
  | { kind: "kick-off" | "throw-in" | "goal-kick" | "corner" | "penalty" }
  | { kind: "free-kick"; indirect: boolean }
  /** `player` fouled `victim`; `penalty` when it was a direct offence in his own penalty area. */
  | { kind: "foul"; victim: number; penalty: boolean }
  /** The team that was fouled kept the ball, so play went on; `player` is who fouled. */
  | { kind: "advantage" }
  | { kind: "yellow-card"; second: boolean }
  | { kind: "red-card" }
  /** `player` was in an offside position when a teammate played the ball, and played it himself. */
  | { kind: "offside" }
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
  | { kind: "half-time" }
  | { kind: "full-time" };
