import RAPIER from "@dimforge/rapier2d-deterministic-compat";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPhysics, PHYSICS_BUILD, PhysicsWorld } from "../../env/football/physics/world.ts";
import { BOARDS_BEHIND, pitchOf } from "../../env/football/pitch.ts";
import { makeEnv } from "../../env/football/index.ts";
import type { Match } from "../../env/football/state/match.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { listScenarios } from "../../scenarios/load.ts";
import packageJson from "../../node_modules/@dimforge/rapier2d-deterministic-compat/package.json" with { type: "json" };
import { matchOf } from "./situation.ts";

await loadPhysics();

test("the build named in every episode is the one installed", () => {
  expect(`rapier2d-deterministic ${packageJson.version}`).toBe(PHYSICS_BUILD);
});

test("the fast setter and readers do what Rapier's documented ones do", () => {
  const world = new RAPIER.World({ x: 0, y: 0 });
  const documented = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(1, 2));
  const fast = world.createRigidBody(RAPIER.RigidBodyDesc.dynamic().setTranslation(1, 2));
  for (const body of [documented, fast])
    world.createCollider(RAPIER.ColliderDesc.ball(0.4).setSensor(true), body);
  const vector = RAPIER.VectorOps.intoRaw({ x: 3.3, y: -4.7 });
  const read = new Float32Array(4);
  documented.setLinvel({ x: 3.3, y: -4.7 }, true);
  world.bodies.raw.rbSetLinvel(fast.handle, vector, true);
  for (let i = 0; i < 20; i++) world.step();
  world.bodies.raw.rbTranslation(fast.handle, read);
  expect({ x: read[0], y: read[1] }).toEqual(documented.translation());
  world.bodies.raw.rbLinvel(fast.handle, read);
  expect({ x: read[0], y: read[1] }).toEqual(documented.linvel());
  world.bodies.raw.rbSetTranslation(fast.handle, 7, 8, true);
  expect(fast.translation()).toEqual({ x: 7, y: 8 });
  vector.free();
  world.free();
});

const { halfLength, goalHalfWidth, goalDepth } = pitchOf();

/** The ball alone, shot at the right goal in the plane; its path tick by tick. */
function shoot(y: number, z: number, vx: number, vy: number): { x: number; y: number }[] {
  const match: Match = matchOf();
  Object.assign(match.ball, { x: halfLength - 3, y, z, vx, vy });
  const world = new PhysicsWorld(match);
  const path = [];
  for (let i = 0; i < 60; i++) {
    world.step(match);
    path.push({ x: match.ball.x, y: match.ball.y });
  }
  world.free();
  return path;
}

describe("goal posts and nets", () => {
  test("a post throws the ball back", () => {
    expect(shoot(goalHalfWidth + 0.07, 0.5, 28, 0).at(-1)!.x).toBeLessThan(halfLength - 3);
  });

  test("a ball over the bar passes above posts and nets", () => {
    expect(Math.max(...shoot(goalHalfWidth + 0.07, 2.7, 28, 0).map(({ x }) => x))).toBeGreaterThan(
      halfLength + goalDepth,
    );
  });

  test("the net holds every shot between the posts, however fast", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 8, max: 60, noNaN: true }),
        (y, vx) => {
          for (const { x } of shoot(y, 0.5, vx, 0)) expect(x).toBeLessThan(halfLength + goalDepth);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("whatever the actions, every number stays finite and everybody near the pitch, in every scenario", async () => {
  for (const scenario of listScenarios()) {
    const env = await makeEnv(scenario, { control: { left: "all", right: "all" } });
    const random = makeRandom(11);
    let farthest = 0;
    let lowest = 0;
    for (let seed = 1; seed <= 3; seed++) {
      let { info } = env.reset({ seed, vary: seed > 1 });
      for (let step = 0; step < 200; step++) {
        const result = env.step(info.controlled.map(() => integer(random, 19)));
        info = result.info;
        const { ball, figures } = env.scene();
        lowest = Math.min(lowest, ball.z);
        for (const { x, y } of [ball, ...figures]) {
          // In metres beyond the lines; NaN fails the comparison below.
          farthest = Math.max(farthest, Math.abs(x) / 100 - 55, Math.abs(y) / 100 - 36);
        }
        if (result.terminated || result.truncated) break;
      }
    }
    env.close();
    expect(lowest).toBe(0);
    expect(farthest).toBeLessThan(BOARDS_BEHIND);
  }
});
