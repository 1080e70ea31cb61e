/** @file The episodes whose hashes are compared: drills, full matches, and the crowd that Rapier finds hardest. */
import type { Scenario } from "../../env/football/index.ts";
import type { Case } from "./trace.ts";

/** All but the drills, which are many: their places among the others would change the seeds of these. */
export function compared(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.filter(({ suite }) => suite !== "drills");
}

/** Random actions in every scenario; full matches with everybody under control of both sides too. */
export function everyCase(scenarios: readonly Scenario[], steps: number, firstSeed = 1000): Case[] {
  const drills = scenarios.map((scenario, i): Case => ({
    scenario,
    seed: firstSeed + i,
    vary: scenario.variation !== undefined,
    steps,
    actions: "random",
  }));
  return [...drills, crowd(eleven(scenarios), firstSeed, steps)];
}

/**
 * All 22 players start in a block around the ball and run to it at full speed: contacts everywhere. Rapier 0.19
 * went on as before after a restore in ordinary play, and not in such a crowd.
 */
export function crowd(eleven: Scenario, seed: number, steps: number): Case {
  const block = (side: "left" | "right") => ({
    ...eleven[side],
    players: eleven[side].players.map((player, i) => ({
      ...player,
      position: [
        (side === "left" ? -1 : 1) * (0.01 + 0.012 * (i % 4)),
        0.025 * (Math.floor(i / 4) - 1),
      ] as const,
    })),
  });
  const scenario: Scenario = {
    ...eleven,
    ball: [0, 0],
    left: block("left"),
    right: block("right"),
    rules: { ...eleven.rules, kickOff: null },
  };
  return { scenario, seed, vary: false, steps, control: { left: "all", right: "all" }, actions: "chase" };
}

/** The largest match there is. */
export function eleven(scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find(({ id }) => id === "11_vs_11_stochastic");
  if (found === undefined) throw new Error("11_vs_11_stochastic is missing");
  return found;
}
