/** @file What a new scenario begins as. */
import type { Scenario } from "../../../env/football/index.ts";
import { newScenario, TEMPLATES, validateScenario } from "../../../scenarios/index.ts";

export const BLANK = "blank";
export const BEGINNINGS = [BLANK, ...TEMPLATES] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** In a word, and in a sentence. */
export const BEGINNING_NAMES: Readonly<Record<Beginning, readonly [name: string, about: string]>> = {
  blank: ["Blank", "One player, the ball and two keepers."],
  attack: ["Attack", "Two against one before the goal."],
  defend: ["Defend", "One against one; the ball is to be won."],
  keep: ["Keep the ball", "Four pass around one who chases."],
  "small-sided": ["Small-sided", "Five against five on a small pitch."],
};

export function begin(beginning: Beginning, id: string): Scenario {
  const name = { id, suite: "mine" };
  return validateScenario(
    beginning === BLANK ? { version: 2, ...name, ...ALONE } : newScenario(beginning, name),
  );
}

/** Under the first of such ids that is free. */
export function freeId(start: string, taken: (id: string) => boolean): string {
  let number = 1;
  while (taken(number === 1 ? start : `${start}_${number}`)) number++;
  return number === 1 ? start : `${start}_${number}`;
}

const ALONE = {
  title: "My drill",
  teaches: "To be said in one sentence.",
  goal: "Score; your team attacks to the right.",
  steps: 200,
  ball: [0.52, 0],
  left: {
    name: "Navy",
    difficulty: 1,
    players: [
      { role: "GK", position: [-0.98, 0] },
      { role: "CF", position: [0.5, 0] },
    ],
  },
  right: { name: "Amber", difficulty: 0.6, players: [{ role: "GK", position: [0.98, 0] }] },
  rules: {},
  ends: [{ when: "goal" }, { when: "out-of-play" }, { when: "possession-lost" }],
};
