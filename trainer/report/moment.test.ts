import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { playEpisode } from "../../agent/match/index.ts";
import { type Decision, parsePolicy, type Policy } from "../../agent/policy/index.ts";
import type { DecisionRecord, EndRecord, Episode, StepRecord } from "../../env/episode/index.ts";
import { FileSink } from "../../agent/match/index.ts";
import type { FootballEvent } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { frameAfter, readMoment } from "./episode.ts";
import { decidingMoment } from "./moment.ts";

const scenario = loadScenario("5_vs_5");

type Told = readonly (readonly [step: number, event: object])[];

/** An episode of so many steps in which that happened; place 0 is of the left side, place 1 of the right. */
function episode(
  length: number,
  told: Told,
  {
    ended = "time",
    said = [],
    score,
  }: { ended?: EndRecord["ended"]; said?: number[]; score?: [number, number] } = {},
): Episode {
  const steps = Array.from({ length }, (_, i): StepRecord => ({
    kind: "step",
    step: i + 1,
    tick: 5 * (i + 1),
    players: [1, 7],
    actions: [i % 19, 0],
    reward: 0,
    terms: {},
    events: told.filter(([step]) => step === i + 1).map(([, event]) => event as FootballEvent),
    state: "",
    ticks: "",
  }));
  const decisions = said.flatMap((step): DecisionRecord[] => [
    { kind: "decision", step, place: 0, action: 5, text: `left ${step}`, ageSteps: 0 },
    { kind: "decision", step, place: 1, action: 5, text: `right ${step}`, ageSteps: 0 },
  ]);
  const header = { scenario: { ...scenario, ...(score && { start: { score } }) } } as Episode["header"];
  return { header: header!, steps, decisions, end: { kind: "end", ended } as EndRecord };
}

const goal = (team: 0 | 1, score: [number, number]): object => ({ kind: "goal", team, score });
const kick = (team: 0 | 1): object => ({ kind: "shot", team });

describe("the deciding moment", () => {
  test("is the goal since which the winner has led", () => {
    const goals: Told = [
      [10, goal(0, [1, 0])],
      [20, goal(1, [1, 1])],
      [30, goal(0, [2, 1])],
      [40, goal(0, [3, 1])],
    ];
    expect(decidingMoment(episode(50, goals))).toMatchObject({ what: "goal", step: 30 });
    expect(decidingMoment(episode(50, goals.slice(0, 2)))).toMatchObject({ what: "goal against", step: 20 });
    const back = episode(50, [[30, goal(0, [1, 1])]], { score: [0, 1] });
    expect(decidingMoment(back)).toMatchObject({ what: "goal", step: 30 });
    const lost = episode(
      50,
      [
        [30, goal(0, [1, 2])],
        [35, goal(1, [1, 3])],
      ],
      { score: [0, 2] },
    );
    expect(decidingMoment(lost)).toMatchObject({ what: "goal against", step: 35 });
  });

  test("is the end where nobody scored", () => {
    const endings = ["possession-lost", "out-of-play", "time"] as const;
    const whats = endings.map((ended) => decidingMoment(episode(12, [], { ended })));
    expect(whats).toMatchObject([
      { what: "ball lost", step: 12 },
      { what: "ball out", step: 12 },
      { what: "time out", step: 12 },
    ]);
    expect(decidingMoment(episode(0, []))).toBeUndefined();
  });

  test("shows the left side's decision before the kick that it came from", () => {
    const said = [1, 6, 11, 16];
    const scored = episode(
      20,
      [
        [8, kick(0)],
        [15, kick(1)],
        [18, goal(0, [1, 0])],
      ],
      { said },
    );
    expect(decidingMoment(scored)).toMatchObject({ seen: 5, decision: { text: "left 6" } });
    const against = episode(
      20,
      [
        [8, kick(0)],
        [18, goal(1, [0, 1])],
      ],
      { said },
    );
    expect(decidingMoment(against)).toMatchObject({ seen: 15, decision: { text: "left 16" } });
    const late = episode(60, [[8, kick(0)]], { said, ended: "possession-lost" });
    expect(decidingMoment(late)).toMatchObject({ seen: 15, decision: { text: "left 16" } });
  });

  test("has what was done where nobody has words", () => {
    expect(decidingMoment(episode(20, [[8, kick(0)]], { ended: "out-of-play" }))).toMatchObject({
      seen: 7,
      decision: undefined,
      action: 7,
    });
  });
});

/** Runs to the right and shoots, and says so with every fifth step. */
const talker: Policy = {
  name: "talker",
  decisionSteps: 5,
  start: () => undefined,
  decide({ step, frame }): Decision {
    frame();
    const action = step < 60 ? "right" : "shot";
    const think = `Step ${step}.`;
    return { action, text: `<think>${think}</think><answer>${action}</answer>`, think, answer: action };
  },
};

describe("of a recorded episode", () => {
  const root = mkdtempSync(join(tmpdir(), "touchline-moment-"));
  afterAll(() => rmSync(root, { recursive: true }));

  test("the frame is the one that the policy looked at, and its thought the one that it had", async () => {
    const directory = join(root, "episodes");
    mkdirSync(directory);
    const drill = loadScenario("academy_empty_goal_close");
    const sink = new FileSink(directory);
    await playEpisode({ scenario: drill, left: talker, sink, hashAll: true }, 3);
    const found = readMoment(root, "academy_empty_goal_close-3.jsonl")!;
    const { decision } = decidingMoment(found.episode)!;
    expect(found.moment.thought).toBe(`Step ${found.moment.seen}.`);
    expect(found.moment.action).toBe(decision!.answer);
    const { data } = await frameAfter(found.episode, found.moment.seen);
    expect((await loadHash()).hash64(data)).toBe(decision!.frameHash);
    const { data: next } = await frameAfter(found.episode, found.moment.seen + 1);
    expect((await loadHash()).hash64(next)).not.toBe(decision!.frameHash);
  });

  test("a policy without words has its button", async () => {
    const sink = new FileSink(join(root, "episodes"));
    const drill = loadScenario("academy_empty_goal_close");
    await playEpisode({ scenario: drill, left: parsePolicy("scripted"), sink, hashAll: true }, 4);
    const { moment } = readMoment(root, "academy_empty_goal_close-4.jsonl")!;
    expect(moment).toMatchObject({ what: "goal", thought: null, answer: null, action: "shot" });
  });

  test("a file that is gone or holds no step has none", () => {
    writeFileSync(join(root, "episodes", "broken.jsonl"), "nothing\n");
    expect(readMoment(root, "gone.jsonl")).toBeUndefined();
    expect(readMoment(root, "broken.jsonl")).toBeUndefined();
  });
});
