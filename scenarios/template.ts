/** @file What a new scenario begins as: small files that are played as they stand, to be changed. */

export const TEMPLATES = ["attack", "defend", "keep", "small-sided"] as const;
export type Template = (typeof TEMPLATES)[number];

/** The data of a scenario file, as its author would have written it. */
export function newScenario(
  template: Template,
  name: { id: string; suite: string },
): Record<string, unknown> {
  return { version: 2, ...name, ...BODIES[template] };
}

const keeper = (side: "left" | "right") => ({ role: "GK", position: [side === "left" ? -0.98 : 0.98, 0] });

const BODIES: Readonly<Record<Template, Record<string, unknown>>> = {
  attack: {
    title: "Two against one",
    teaches: "To draw the defender and pass, or to run on when he stays with the mate.",
    goal: "Score; your team attacks to the right.",
    steps: 200,
    ball: [0.5, -0.08],
    left: {
      name: "Navy",
      difficulty: 1,
      players: [
        keeper("left"),
        { role: "CF", position: [0.48, -0.08] },
        { role: "CF", position: [0.5, 0.14] },
      ],
    },
    right: {
      name: "Amber",
      difficulty: 0.6,
      players: [keeper("right"), { role: "CB", position: [0.72, 0] }],
    },
    rules: {},
    ends: [{ when: "goal" }, { when: "out-of-play" }, { when: "possession-lost" }],
    variation: {
      reflect: true,
      shifts: [{ members: ["right.1"], x: [-0.05, 0.05], y: [-0.08, 0.08] }],
    },
  },
  defend: {
    title: "One against one, defending",
    teaches: "To stay between the ball and the goal until the ball can be taken.",
    goal: "Win the ball and keep it for a second; your goal is on the left.",
    steps: 200,
    ball: [-0.45, 0],
    start: { owner: "right.1" },
    left: { name: "Navy", difficulty: 1, players: [keeper("left"), { role: "CB", position: [-0.6, 0] }] },
    right: {
      name: "Amber",
      difficulty: 0.6,
      players: [keeper("right"), { role: "CF", position: [-0.45, 0] }],
    },
    rules: {},
    ends: [
      { when: "goal", by: "right", result: "failure" },
      { when: "possession", by: "left", steps: 10, result: "success" },
      { when: "time", result: "failure" },
    ],
    rewards: { result: 1, scoring: 0 },
    variation: {
      reflect: true,
      shifts: [{ members: ["left.1"], x: [-0.05, 0.05], y: [-0.1, 0.1] }],
    },
    // The keeper saves many a shot for whoever does nothing.
    checks: [
      { policy: "scripted", atLeast: 0.5 },
      { policy: "random", atMost: 0.6 },
    ],
  },
  keep: {
    title: "Keep the ball",
    teaches: "To pass before the chaser is there.",
    goal: "Keep the ball in your team for eight seconds.",
    steps: 300,
    pitch: { length: 50, width: 34 },
    ball: [-0.18, 0],
    left: {
      name: "Navy",
      difficulty: 1,
      players: [
        keeper("left"),
        { role: "CM", position: [-0.2, 0] },
        { role: "CM", position: [0.1, -0.2] },
        { role: "CM", position: [0.1, 0.2] },
        { role: "CM", position: [0.35, 0] },
      ],
    },
    right: {
      name: "Amber",
      difficulty: 0,
      players: [keeper("right"), { role: "CM", position: [0.1, 0] }],
    },
    rules: { offside: false },
    ends: [
      { when: "possession", by: "left", steps: 80, result: "success" },
      { when: "possession-lost", result: "failure" },
      { when: "out-of-play", result: "failure" },
      { when: "time", result: "failure" },
    ],
    rewards: { result: 1, scoring: 0 },
    variation: {
      reflect: true,
      shifts: [{ members: ["right.1"], x: [-0.1, 0.1], y: [-0.1, 0.1] }],
    },
  },
  "small-sided": {
    title: "Five against five",
    teaches: "To play in little room, with everybody attacking and defending.",
    goal: "Score more goals than the other team; your team attacks to the right.",
    steps: 900,
    pitch: { length: 50, width: 34, goalWidth: 4, goalHeight: 2 },
    ball: [0, 0],
    left: { name: "Navy", difficulty: 1, formation: "1-2-1" },
    right: { name: "Amber", difficulty: 0.6, formation: "1-2-1" },
    rules: { offside: false, kickOff: "by-seed" },
    variation: { reflect: true },
  },
};
