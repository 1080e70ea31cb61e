/** @file What a start is drawn from: zones in which members are scattered, and constraints that every start keeps. */
import { expect, test } from "vitest";
import { keepsConstraints, type Variation } from "../../env/football/index.ts";
import { startMatch } from "../../env/football/state/start.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";

const drill = loadScenario("academy_3_vs_1_with_keeper");
const ZONE = { name: "box", from: [0.7, -0.2], to: [0.95, 0.2] } as const;
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

function starts(variation: Partial<Variation>) {
  const scenario = validateScenario({
    ...drill,
    zones: [ZONE],
    variation: { reflect: false, shifts: [], ...variation },
  });
  return { scenario, matches: SEEDS.map((seed) => startMatch(scenario, scenario.control, seed, true)) };
}

test("members are scattered in a zone, each for himself, over all of it", () => {
  const { matches } = starts({ scatters: [{ members: ["left.1", "right.1"], zone: "box" }] });
  const places = matches.map(({ players }) => [players[1]!, players[drill.left.players.length + 1]!]);
  for (const { x, y } of places.flat()) {
    expect(x).toBeGreaterThanOrEqual(0.7 * 55);
    expect(x).toBeLessThanOrEqual(0.95 * 55);
    expect(Math.abs(y)).toBeLessThanOrEqual((0.2 / 0.42) * 36);
  }
  const xs = places.map(([one]) => one!.x);
  expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(0.2 * 55);
  expect(places.every(([one, other]) => one!.x !== other!.x)).toBe(true);
});

test("keepers are put on their lines", () => {
  const shifts = [{ members: ["right.0"], x: [-0.3, -0.1], y: [0, 0] }] as const;
  const { matches } = starts({ shifts, constraints: ["keepers-on-line"] });
  for (const { players } of matches) {
    for (const { keeper, team, x } of players)
      if (keeper) expect(x).toBeCloseTo(team === 0 ? -54.45 : 54.45, 2);
  }
});

test.each(["nobody-offside", "left-nearer"] as const)("%s holds in every start", (constraint) => {
  const variation = {
    scatters: [{ members: ["left.1", "left.2", "ball", "right.1"], zone: "box" }],
    constraints: [constraint],
  } as const;
  const { matches, scenario } = starts(variation);
  const free = starts({ ...variation, constraints: [] }).matches;
  const isKept = ({ players, ball }: (typeof matches)[number]) => {
    const sides = [0, 1].map((team) => players.filter((player) => player.team === team));
    const near = sides.map((side) => Math.min(...side.map(({ x, y }) => Math.hypot(x - ball.x, y - ball.y))));
    if (constraint === "left-nearer") return near[0]! < near[1]!;
    const line = Math.max(0, ball.x, sides[1]!.map(({ x }) => x).sort((a, b) => b - a)[1]!);
    return sides[0]!.every(({ x }) => x <= line + 1e-9);
  };
  expect(SEEDS.every((seed) => keepsConstraints(scenario, seed))).toBe(true);
  expect(matches.every(isKept)).toBe(true);
  // It would not hold by itself.
  expect(free.every(isKept)).toBe(false);
});

test("where no start keeps the constraints the fixed positions are played", () => {
  const { scenario, matches } = starts({
    scatters: [{ members: ["left.1", "left.2"], zone: "box" }],
    choices: [[{ member: "ball", position: [-0.9, 0] }]],
    constraints: ["nobody-offside", "left-nearer", "ball-free"].slice(0, 2) as [
      "nobody-offside",
      "left-nearer",
    ],
    shifts: [{ members: ["right.1"], x: [-1.2, -1.2], y: [0, 0] }],
  });
  const fixed = startMatch(scenario, scenario.control, 0, false);
  const lost = SEEDS.filter((seed) => !keepsConstraints(scenario, seed));
  expect(lost.length).toBeGreaterThan(0);
  for (const seed of lost)
    expect(matches[seed]!.players.map(({ x }) => x)).toEqual(fixed.players.map(({ x }) => x));
});
