/**
 * @file Whatever the schema and the check let through is played: no exception, no NaN, nobody outside.
 * `npm run soak:scenarios` plays more of them.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeEnv, pitchOf, type Scenario } from "../../env/football/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { validateScenario } from "../../scenarios/index.ts";
import { scenarioData } from "./arbitrary.ts";
import { refusalOf } from "./refusal.ts";

const WANTED = Number(process.env.RANDOM_SCENARIOS ?? 60);
const STEPS = 200;
/** Centimetres from the lines to the boards, and by how much a body that is pressed against them sinks in. */
const ROOM = 400;

const isValid = (data: unknown): boolean => refusalOf(() => validateScenario(data)) === undefined;

test("random valid scenarios play 200 steps and end", async () => {
  let [played, ended] = [0, 0];
  await fc.assert(
    fc.asyncProperty(scenarioData.filter(isValid), fc.nat({ max: 1000 }), async (data, seed) => {
      const over = await play(validateScenario(JSON.parse(JSON.stringify(data))), seed);
      played++;
      if (over) ended++;
    }),
    { numRuns: WANTED },
  );
  expect(played).toBeGreaterThanOrEqual(WANTED);
  // Some are longer than the steps that are played, but few.
  expect(ended).toBeGreaterThan(played / 4);
}, 600_000);

async function play(scenario: Scenario, seed: number): Promise<boolean> {
  const env = await makeEnv(scenario);
  try {
    const random = makeRandom(seed);
    let { info } = env.reset({ seed, vary: true });
    let over = false;
    for (let step = 0; step < STEPS && !over; step++) {
      const actions = info.controlled.map(() => integer(random, 19));
      const taken = env.step(info.controlled.length === 0 ? 0 : actions);
      ({ info } = taken);
      expect(Number.isFinite(taken.reward)).toBe(true);
      over = taken.terminated || taken.truncated;
      if (over) expect(["success", "failure"]).toContain(info.result);
      checkPlaces(env.scene(), scenario);
    }
    return over || scenario.steps > STEPS;
  } finally {
    env.close();
  }
}

function checkPlaces(
  { ball, figures }: ReturnType<Awaited<ReturnType<typeof makeEnv>>["scene"]>,
  { pitch }: Scenario,
) {
  const { halfLength, halfWidth } = pitchOf(pitch);
  const [x, y] = [halfLength * 100 + ROOM, halfWidth * 100 + ROOM];
  for (const one of [ball, ...figures.filter(({ sentOff }) => !sentOff)]) {
    expect(Number.isInteger(one.x) && Number.isInteger(one.y)).toBe(true);
    expect(Math.abs(one.x)).toBeLessThanOrEqual(x);
    expect(Math.abs(one.y)).toBeLessThanOrEqual(y);
  }
  expect(ball.z).toBeGreaterThanOrEqual(0);
}
