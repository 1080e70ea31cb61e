/** @file Fog, delay, text, several kinds at once, and that all of them go on after a restore. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { contains, whyNotIn } from "../../env/contains.ts";
import {
  type FootballEnv,
  type FootballOptions,
  makeEnv,
  OBSERVATION_KINDS,
  type Observation,
  type ObservationByKind,
} from "../../env/football/index.ts";
import { sightOf } from "../../env/football/observation/index.ts";
import { integer, makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { matchOf } from "./situation.ts";

const open: FootballEnv[] = [];
afterEach(() => {
  for (const env of open.splice(0)) env.close();
});

async function envOf(options: FootballOptions, id = "11_vs_11_stochastic"): Promise<FootballEnv> {
  const env = await makeEnv(loadScenario(id), { frame: { width: 112, height: 84 }, ...options });
  open.push(env);
  return env;
}

/** Plays random actions; the observation of each moment, the start first. */
function play(env: FootballEnv, seed: number, steps: number): Observation[] {
  const random = makeRandom(seed);
  const seen = [env.reset({ seed }).observation];
  for (let i = 0; i < steps; i++) {
    const players = env.placeSpaces.length;
    seen.push(env.step(Array.from({ length: players }, () => integer(random, 19))).observation);
  }
  return seen;
}

/** Bytes as one short text: deep equality of whole pictures takes seconds. */
function digest(observations: readonly Observation[]): unknown {
  return JSON.parse(
    JSON.stringify(observations, (_, value: unknown) =>
      value instanceof Uint8Array ? createHash("sha256").update(value).digest("hex") : value,
    ),
  );
}

const marks = (map: Uint8Array): number => map.reduce((count, value) => count + +(value > 0), 0);

const ALL = OBSERVATION_KINDS.filter((kind) => kind !== "none");
const every = (observation: Observation, place = 0): ObservationByKind =>
  observation![place] as ObservationByKind;

describe("sight", () => {
  const match = matchOf();
  Object.assign(match.players[5]!, { x: 0, y: 0, faceX: 1, faceY: 0 });
  const see = (x: number, y: number, fog: { metres?: number; degrees?: number }): boolean => {
    Object.assign(match.players[6]!, { x, y });
    return sightOf(match, 5, fog).players[6]!;
  };

  test.each([
    ["ahead, near", 19, 0, { metres: 20 }, true],
    ["ahead, far", 21, 0, { metres: 20 }, false],
    ["behind, near, all round", -19, 0, { metres: 20 }, true],
    ["behind", -5, 0, { degrees: 180 }, false],
    ["a little before the shoulder", 1, 9, { degrees: 180 }, true],
    ["a little behind the shoulder", -1, 9, { degrees: 180 }, false],
    ["the same on the other side", -1, -9, { degrees: 180 }, false],
    ["in the corner of a narrow eye", 10, 4, { degrees: 60 }, true],
    ["beside a narrow eye", 10, 8, { degrees: 60 }, false],
    ["ahead but far, in a narrow eye", 50, 0, { degrees: 60, metres: 40 }, false],
  ] as const)("%s", (_, x, y, fog, seen) => {
    expect(see(x, y, fog)).toBe(seen);
  });

  test("he sees himself and the ball that he has, and whoever was sent off nobody sees", () => {
    const here = matchOf();
    Object.assign(here.players[5]!, { x: 0, y: 0, faceX: 1, faceY: 0 });
    Object.assign(here.ball, { x: -1, y: 0, owner: 5 });
    here.players[7]!.sentOff = true;
    const sight = sightOf(here, 5, { degrees: 90 });
    expect(sight).toMatchObject({ ball: true });
    expect(sight.players[5]).toBe(true);
    expect(sightOf(here, 5, undefined).players[7]).toBe(false);
    here.ball.owner = -1;
    expect(sightOf(here, 5, { degrees: 90 }).ball).toBe(false);
  });

  test("less fog never shows less", () => {
    const metres = fc.double({ min: 0.1, max: 60, noNaN: true });
    const degrees = fc.integer({ min: 1, max: 360 });
    fc.assert(
      fc.property(metres, metres, degrees, degrees, (m1, m2, d1, d2) => {
        const less = sightOf(match, 5, { metres: Math.min(m1, m2), degrees: Math.min(d1, d2) });
        const more = sightOf(match, 5, { metres: Math.max(m1, m2), degrees: Math.max(d1, d2) });
        expect(less.players.every((seen, id) => !seen || more.players[id])).toBe(true);
        expect(!less.ball || more.ball).toBe(true);
      }),
    );
  });
});

describe("fog in every kind", () => {
  test("what is beyond it is -1, unmarked, untold and unpainted, and all of it lies in the space", async () => {
    const options = { observation: ALL, control: { left: [3] } } as const;
    const clear = await envOf(options);
    const fogged = await envOf({ ...options, fog: 12 });
    const [all, some] = [play(clear, 5, 12), play(fogged, 5, 12)];
    let hidden = 0;
    some.forEach((observation, i) => {
      const { raw, simple115v2, smm, text, frame } = every(observation);
      const whole = every(all[i]!);
      const [x, y] = whole.raw.left_team[3]!;
      const away = ([atX, atY]: [number, number]): number =>
        Math.hypot((atX - x) * 55, ((atY - y) / 0.42) * 36);
      raw.right_team.forEach((place, id) => {
        const seen = away(whole.raw.right_team[id]!) <= 12;
        expect(place).toEqual(seen ? whole.raw.right_team[id] : [-1, -1]);
        expect(simple115v2[44 + 2 * id]).toBe(Math.fround(place[0]));
        if (seen) return;
        hidden++;
        expect(raw.right_team_direction[id]).toEqual([-1, -1]);
        expect(raw.right_team_tired_factor[id]).toBe(-1);
      });
      const ballSeen = away([whole.raw.ball[0], whole.raw.ball[1]]) <= 12;
      expect(raw.ball).toEqual(ballSeen ? whole.raw.ball : [-1, -1, -1]);
      if (!ballSeen) {
        expect(raw).toMatchObject({ ball_owned_team: -1, ball_owned_player: -1, designated: -1 });
        expect(text).toContain("You do not see the ball.");
      }
      expect(marks(smm)).toBeLessThan(marks(whole.smm));
      expect(Buffer.compare(frame.data, whole.frame.data)).not.toBe(0);
    });
    expect(hidden).toBeGreaterThan(50);
    expect(whyNotIn(fogged.observationSpace, some.at(-1))).toBe(undefined);
  });

  test("the frame of a player who sees nobody and no ball does not depend on them", async () => {
    const env = await envOf({
      observation: "frame",
      fog: 1,
      control: { left: [3] },
      frame: { camera: "ball" },
    });
    const other = await envOf({
      observation: "frame",
      fog: 1,
      control: { left: [3], right: "all" },
      frame: { camera: "ball" },
    });
    env.reset({ seed: 4 });
    other.reset({ seed: 4 });
    // The right team runs another way in the second env, and the left ones answer to it.
    for (let i = 0; i < 5; i++) {
      const alone = env.step("idle").observation;
      const { observation } = other.step([0, ...Array.from({ length: 11 }, () => 3)]);
      expect(digest([observation!.slice(0, 1)])).toEqual(digest([alone]));
    }
  });
});

describe("delay", () => {
  test.each(ALL)("%s comes as many steps late as asked, the start until then", async (kind) => {
    const control = { left: "ball", right: [5] } as const;
    const prompt = play(await envOf({ observation: kind, control }), 8, 20);
    const late = play(await envOf({ observation: kind, control, delaySteps: 3 }), 8, 20);
    expect(digest(late)).toEqual(digest(prompt.map((_, i) => prompt[Math.max(0, i - 3)]!)));
    expect(digest(late)).not.toEqual(digest(prompt));
  });

  test("rewards and info are not late", async () => {
    const env = await envOf({ observation: "raw", delaySteps: 5 });
    env.reset({ seed: 1 });
    const { observation, info } = env.step("right");
    expect(info.step).toBe(1);
    expect(every([{ raw: observation![0] }] as unknown as Observation).raw.steps_left).toBe(3000);
  });
});

describe("restore", () => {
  const options: FootballOptions = {
    observation: ALL,
    control: { left: "ball", right: [5] },
    fog: { metres: 25, degrees: 200 },
    delaySteps: 3,
    stacked: true,
  };

  test.each([0, 1, 2, 5, 17])(
    "from step %i on a restored env observes the same, in an env with another past too",
    async (at) => {
      const env = await envOf(options);
      const random = makeRandom(2);
      const actions = Array.from({ length: 30 }, () => [integer(random, 19), integer(random, 19)]);
      env.reset({ seed: 6 });
      for (const action of actions.slice(0, at)) env.step(action);
      const snapshot = structuredClone(env.snapshot());
      const seen = actions.slice(at).map((action) => env.step(action).observation);
      const other = await envOf(options);
      play(other, 9, 12);
      for (const again of [env, other]) {
        again.restore(snapshot);
        expect(digest(actions.slice(at).map((action) => again.step(action).observation))).toEqual(
          digest(seen),
        );
      }
    },
  );

  test("a snapshot without a past serves an env that looks back, with its own moment as the first", async () => {
    const blind = await envOf({ control: { left: "ball" } });
    blind.reset({ seed: 6 });
    for (let i = 0; i < 4; i++) blind.step("right");
    const late = await envOf({ observation: "raw", delaySteps: 2, control: { left: "ball" } });
    late.reset({ seed: 1 });
    late.restore(blind.snapshot());
    const steps = Array.from({ length: 4 }, () => late.step("right").observation![0]);
    expect(steps.map((raw) => (raw as ObservationByKind["raw"]).steps_left)).toEqual([
      2996, 2996, 2995, 2994,
    ]);
  });
});

describe("text", () => {
  test("the short text has fewer than 80 words, whoever reads it and whatever happens", async () => {
    const env = await envOf({ observation: "text", control: { left: "all", right: "all" } });
    const texts = play(env, 3, 150).flatMap((observation) => observation as string[]);
    const words = texts.map((text) => text.split(" ").length);
    expect(Math.max(...words)).toBeLessThan(80);
    expect(Math.min(...words)).toBeGreaterThan(20);
    expect(new Set(texts).size).toBeGreaterThan(texts.length / 3);
  });

  test("the kick-off, told to its taker, to his mate and to an opponent", async () => {
    const env = await envOf({ observation: "text", control: { left: [1, 9], right: [0] } });
    const { observation } = env.reset({ seed: 2 });
    expect(observation).toMatchInlineSnapshot(`
      [
        "Minute 0, score 0-0 (yours first), 3000 steps left. Kick-off for your team: you take it. You are 2 (RM) at (-0.01, 0.00); you hold no direction. You have the ball. The goal is 56 m right of you. Nearest teammate: 3, 2 m top. Nearest opponent: 2, 10 m right.",
        "Minute 0, score 0-0 (yours first), 3000 steps left. Kick-off for your team. You are 10 (CM) at (-0.18, 0.11); you hold no direction. Teammate 2 has the ball, 14 m top right of you at (0.00, 0.00). The goal is 66 m right of you. Nearest teammate: 9, 10 m top left. Nearest opponent: 11, 14 m bottom right.",
        "Minute 0, score 0-0 (yours first), 3000 steps left. Kick-off for the opponents. You are 1 (GK) at (-1.00, 0.00); you hold no direction. Opponent 2 has the ball, 55 m right of you at (0.00, 0.00). The goal is 110 m right of you. Nearest teammate: 6, 28 m right. Nearest opponent: 3, 55 m right.",
      ]
    `);
  });

  test("the full text names every player whom he sees, with his place", async () => {
    const env = await envOf({ observation: "text", detail: "full", control: { left: [2], right: [4] } });
    const [left, right] = env.reset({ seed: 2 }).observation as readonly string[];
    for (const text of [left!, right!]) {
      const [, mates, opponents] = /Teammates: (.*?)\. Opponents: (.*?)\.(?: |$)(?!\d)/.exec(text)!;
      expect(mates!.split("; ")).toHaveLength(10);
      expect(opponents!.split("; ")).toHaveLength(11);
    }
    expect(left).toContain("Your tiredness is 0 %.");
  });

  test("places are told as the player sees them", async () => {
    const env = await envOf({ observation: ["text", "raw"], control: { left: [2], right: [4] } });
    env.reset({ seed: 2 });
    const { observation } = env.step([0, 0]);
    for (const place of [0, 1]) {
      const { text, raw } = every(observation, place);
      const [x, y] = raw.left_team[raw.active]!;
      const [, atX, atY] = /at \((-?\d\.\d\d), (-?\d\.\d\d)\)/.exec(text)!;
      expect(Number(atX)).toBeCloseTo(x, 1);
      expect(Number(atY)).toBeCloseTo(y, 1);
    }
  });
});

test("a list of kinds gives an object with a key for each, a single kind its value alone", async () => {
  const both = await envOf({ observation: ["raw", "text"] });
  const raw = await envOf({ observation: "raw" });
  const together = play(both, 3, 5);
  expect(Object.keys(every(together[0]!))).toEqual(["raw", "text"]);
  expect(play(raw, 3, 5)).toEqual(together.map((observation) => [every(observation).raw]));
  expect(contains(both.observationSpace, together[5])).toBe(true);
});

describe("a caller's mistakes", () => {
  test.each([
    ["an unknown kind", { observation: "simple115" }, "observation/kind", /"simple115v2"/],
    ["an unknown kind in a list", { observation: ["raw", "pixels"] }, "observation/kind", /"pixels"/],
    ["a fog of 0", { fog: 0 }, "observation/fog", /above 0/],
    ["a fog that is not a number", { fog: Number.NaN }, "observation/fog", /above 0/],
    ["an eye of 400 degrees", { fog: { degrees: 400 } }, "observation/fog", /1 to 360/],
    ["half a step of delay", { delaySteps: 0.5 }, "observation/delay", /0 to 100/],
    ["too long a delay", { delaySteps: 101 }, "observation/delay", /0 to 100/],
    ["an unknown detail", { detail: "long" }, "observation/detail", /short, full/],
  ])("%s is refused", async (_, options, code, message) => {
    await expect(
      makeEnv(loadScenario("academy_empty_goal"), options as FootballOptions),
    ).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
