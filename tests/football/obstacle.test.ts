/** @file What stands on the pitch: bodies and a low ball are stopped by it, a high ball is not; and it is seen. */
import { expect, test } from "vitest";
import type { Obstacle, Scenario } from "../../env/football/index.ts";
import { makePainter } from "../../env/frame/index.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { envOf } from "./situation.ts";

const { variation: _, ...drill } = loadScenario("academy_empty_goal");
const WALL: Obstacle = { at: [0.3, 0], size: [1, 30] };

function walled(more: object): Scenario {
  return validateScenario({ ...drill, ends: [], obstacles: [WALL], ...more });
}

/** Where the ball is after so many steps in which nobody does anything, in metres along the pitch. */
async function ballAfter(steps: number, scenario: Scenario): Promise<number> {
  const env = await envOf(scenario);
  env.reset({ seed: 1 });
  for (let i = 0; i < steps; i++) env.step("idle");
  return env.scene().ball.x / 100;
}

const kicked = (upwards: number) => ({
  ball: [0.1, 0.05],
  start: { ballVelocity: [25, 0, upwards] },
  left: {
    ...drill.left,
    players: [drill.left.players[0], { role: "CF", position: [-0.5, 0.3], lazy: true }],
  },
});

test("a low ball comes back from a wall, and one that flies higher does not", async () => {
  const wall = 0.3 * 55;
  expect(await ballAfter(15, walled(kicked(0)))).toBeLessThan(wall);
  expect(await ballAfter(15, walled(kicked(9)))).toBeGreaterThan(wall);
  const { obstacles: __, ...free } = walled(kicked(0));
  expect(await ballAfter(15, free)).toBeGreaterThan(wall);
});

test("nobody runs through a wall or a mannequin", async () => {
  for (const obstacle of [WALL, { at: [0.3, 0], radius: 2 }] as const) {
    const players = [drill.left.players[0], { role: "CF", position: [0.2, 0] }];
    const env = await envOf(
      walled({ obstacles: [obstacle], left: { ...drill.left, players }, ball: [-0.5, 0.3] }),
    );
    env.reset({ seed: 1 });
    for (let i = 0; i < 8; i++) env.step("right");
    const touching = 0.3 * 5500 - ("radius" in obstacle ? 200 : 50) - 40;
    const me = env.scene().figures[1]!;
    expect(me.x).toBeLessThanOrEqual(touching + 5);
    expect(me.x).toBeGreaterThan(0.2 * 5500 + 100);
  }
});

test("play goes on from a snapshot bit for bit while the ball flies over a wall", async () => {
  const env = await envOf(walled(kicked(9)));
  env.reset({ seed: 1 });
  for (let i = 0; i < 3; i++) env.step("idle");
  const snapshot = env.snapshot();
  const goOn = () => Array.from({ length: 20 }, () => (env.step("idle"), env.stateHash()));
  const first = goOn();
  env.restore(snapshot);
  expect(goOn()).toEqual(first);
});

test("zones with a colour and obstacles are painted where they lie, turned for whoever attacks to the left", async () => {
  const zones = [
    { name: "seen", from: [0.4, -0.3], to: [0.8, -0.1], colour: "blue" },
    { name: "unseen", from: [-0.8, -0.3], to: [-0.4, -0.1] },
  ];
  const scenario = validateScenario({ ...drill, zones, obstacles: [{ at: [0, 0.3], radius: 3 }] });
  const env = await envOf(scenario);
  env.reset({ seed: 1 });
  const plain = await envOf(drill);
  plain.reset({ seed: 1 });
  expect(env.lineup).toMatchObject({
    zones: [{ name: "seen", x: 3300, colour: "blue" }],
    obstacles: [{ x: 0, radius: 300 }],
  });
  const options = { width: 448, height: 288, hud: false } as const;
  const differs = (turned: boolean) => {
    const look = (one: typeof env) => {
      const scene = one.scene();
      return makePainter(one.lineup, options).paint(turned ? { ...scene, turned: true } : scene).data;
    };
    const [a, b] = [look(env), look(plain)];
    const columns = new Set<number>();
    a.forEach((value, i) => void (value !== b[i] && columns.add(Math.floor(i / 3) % options.width)));
    return [...columns];
  };
  // The zone is on the right half, or on the left one when all is turned; the obstacle is in the middle.
  const middle = options.width / 2;
  expect(differs(false).every((x) => x > middle - 20)).toBe(true);
  expect(differs(true).every((x) => x < middle + 20)).toBe(true);
  expect(differs(false).length).toBeGreaterThan(60);
});
